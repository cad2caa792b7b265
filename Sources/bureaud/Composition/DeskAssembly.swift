import Expressions
import Logging
import OpenIDConnect
import PostgresClient
import PostgresStorage
import ServiceDesk
import WorkflowCore

/// The application put together on a database: pools of sessions, storage, and the desk on top.
struct DeskAssembly: Sendable {
    let writePool: PostgresPool
    let readPool: PostgresPool
    let storage: PostgresStorage
    let desk: ServiceDesk
    let changes: ChangeChannel

    /// - Parameters:
    ///   - testClock: Nil: the machine's.
    ///   - caller: Nil leaves the calls of requests to those who serve.
    init(
        target: DatabaseTarget, settings: Settings, logger: Logger, testClock: TestClock? = nil,
        caller: HTTPCaller? = nil
    ) {
        func session(_ connectionString: String, _ name: String) -> ConnectionConfiguration {
            var session = ConnectionConfiguration(connectionString: connectionString, applicationName: name)
            // Statements of the service take milliseconds. Nobody waits for a database that hangs longer than a person would.
            session.statementTimeout = .seconds(15)
            session.longestSilence = .seconds(20)
            session.idleInTransactionTimeout = .seconds(15)
            return session
        }
        func pool(_ connectionString: String, _ name: String, _ connections: Int) -> PostgresPool {
            var configuration = PoolConfiguration(connection: session(connectionString, name))
            configuration.maximumConnections = connections
            return PostgresPool(configuration: configuration, logger: logger)
        }
        writePool = pool(target.write, "bureaud write", settings.writeConnections)
        readPool = pool(target.read, "bureaud read", settings.readConnections)
        storage = PostgresStorage(write: writePool, read: readPool)
        let zones = SystemZones()
        var desk = DeskSettings()
        // At most three quarters of the sessions for groups of commands; the rest for timers, people and tokens.
        desk.raiseLanes = max(1, min(desk.raiseLanes, settings.writeConnections / 4))
        desk.changeLanes = max(1, min(desk.changeLanes, settings.writeConnections / 2))
        desk.sessionIdle = settings.sessionIdle
        desk.sessionLifetime = settings.sessionLifetime
        desk.maximumUpload = settings.maximumUpload
        // Nobody says when a test clock has moved.
        if testClock != nil { desk.pollInterval = .milliseconds(50) }
        let clock = testClock.map { $0.now } ?? SystemClock.now
        self.desk = ServiceDesk(
            storage: storage, compiler: ConfigurationFolder.compile, clock: clock, caller: caller,
            identityProvider: Self.provider(settings, clock: clock, caller: caller, logger: logger),
            scanner: settings.attachmentScanner.map { ScannerProgram(path: $0) },
            zones: { zones.rules(of: $0) }, zoneNames: zones.names, logger: logger, settings: desk)
        changes = ChangeChannel(
            configuration: session(target.write, "bureaud changes"), feed: self.desk.live, logger: logger)
    }

    /// Where people sign in, for a desk that reaches other systems.
    private static func provider(
        _ settings: Settings, clock: @escaping @Sendable () -> Instant, caller: HTTPCaller?, logger: Logger
    ) -> OpenIDProvider? {
        guard let caller, let provider = settings.provider, let publicURL = settings.publicURL else { return nil }
        let secrets = settings.secrets
        return OpenIDProvider(
            provider.registration(publicURL: "\(publicURL)"),
            secret: { secrets.token(Service.signInSecret) },
            transport: ProviderConnection(thread: caller.thread, logger: logger), clock: clock)
    }

    /// Runs the body while the pools are kept; for commands of the operator, which serve nobody.
    func whilePooled<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { [writePool] in
                try await writePool.run()
                return nil
            }
            group.addTask { [readPool] in
                try await readPool.run()
                return nil
            }
            group.addTask { try await body() }
            while let value = try await group.next() {
                if let value {
                    group.cancelAll()
                    return value
                }
            }
            throw CancellationError()
        }
    }
}
