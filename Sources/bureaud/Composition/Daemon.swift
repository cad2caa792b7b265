import HTTPAPI
import Hummingbird
import Logging
import Portal
import PostgresClient
import PostgresStorage
import ServiceDesk
import ServiceLifecycle
import WorkflowCore

/// The daemon that serves: database, desk, workers and HTTP server, started in this order and stopped in the reverse.
struct Daemon: Sendable {
    let settings: Settings
    /// What to apply at the start; nil: serve what was applied last.
    let configuration: ConfigurationFolder.Checked?
    /// Nil: the machine's.
    let testClock: TestClock?
    let stop: StopRequest
    let logger: Logger

    /// Runs until a stop is requested.
    ///
    /// - Throws: a refusal when the database or the settings do not allow to serve.
    func run() async throws {
        try await DatabaseAccess(settings: settings, logger: logger).using(mayJoin: false) { target in
            try await DatabaseMigration(target: target, logger: logger).runOrCheck()
            if target.administrator == nil {
                // Only now are there tables that somebody owns.
                for connection in Set([target.write, target.read]) {
                    try await ServingRole(connectionString: connection, logger: logger).check()
                }
            }
            try await prepare(target)
            let caller = HTTPCaller(secrets: settings.secrets, logger: logger)
            if caller == nil { logger.error("libcurl cannot be set up, so this daemon makes no calls.") }
            defer { caller?.stop() }
            let assembly = DeskAssembly(
                target: target, settings: settings, logger: logger, testClock: testClock, caller: caller)
            try await serve(assembly)
        }
    }

    /// Applies the configuration, and makes sure that there is a usable one afterwards, if any.
    private func prepare(_ target: DatabaseTarget) async throws {
        // Pools of its own, which end here: those that serve live as services do.
        let assembly = DeskAssembly(target: target, settings: settings, logger: logger)
        try await assembly.whilePooled {
            if let configuration, try await assembly.applyAtStart(configuration) {
                logger.notice("Applied a configuration.", metadata: ["version": "\(configuration.version)"])
                return
            }
            let current = try await assembly.storage.currentVersion()
            if let configuration, let current {
                if configuration.version == current { return }
                logger.notice(
                    "The configuration folder was not applied: it has not changed since, and owners have applied theirs.",
                    metadata: ["version": "\(current)", "folder": "\(configuration.version)"])
            }
            guard let version = current,
                let files = try await assembly.storage.files(of: version)
            else {
                logger.warning("No configuration was applied yet; use config_directory or `bureaud config apply`.")
                return
            }
            let compilation = ConfigurationFolder.compile(files: files, version: version)
            let faults = ConfigurationFaults(diagnostics: compilation.errors)
            guard compilation.runnable != nil else {
                throw Refusal(
                    .configurationInvalid, "The configuration that was applied last has errors.\n\(faults)",
                    hint: "Apply another one with `bureaud config apply`.")
            }
            if !faults.diagnostics.isEmpty {
                logger.warning(
                    "This release finds errors in the configuration that is applied; it runs, and the next one has to be without them.",
                    metadata: ["errors": "\(faults)"])
            }
        }
    }

    private func serve(_ assembly: DeskAssembly) async throws {
        var api = APISettings()
        api.publicURL = settings.publicURL
        api.personRate = settings.personRate
        api.trustedProxies = settings.trustedProxies
        // The rest is for the database, calls and files.
        api.maximumConnections = max(64, min(api.maximumConnections, DescriptorLimit.raise() - 256))
        api.maximumUpload = settings.maximumUpload
        api.offersDemoSignIn = settings.demoSignIn
        api.offersProviderSignIn = settings.provider != nil && settings.publicURL != nil
        if settings.demoSignIn { logger.warning("ANYBODY ON THIS MACHINE MAY SIGN IN AS ANYBODY.") }
        let host = settings.listen.host
        let server = API(desk: assembly.desk, settings: api)
        let router = server.router()
        try Portal(desk: assembly.desk, settings: api).add(to: router)
        let application = server.application(
            router: router, address: .hostname(host, port: settings.listen.port), logger: logger
        ) { port in
            Console.print("Bureau listens on http://\(ListenAddress(host: host, port: port ?? 0))")
        }
        // A group stops its services in the reverse order: first no new requests, last no sessions.
        var configuration = ServiceGroupConfiguration(
            services: [
                BackgroundService { try await assembly.writePool.run() },
                BackgroundService { try await assembly.readPool.run() },
                BackgroundService { try await assembly.desk.run() },
                BackgroundService { await assembly.changes.run() },
                application,
            ], logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.shutdownGrace
        let group = ServiceGroup(configuration: configuration)
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                try await group.run()
                return true
            }
            tasks.addTask {
                await stop.wait()
                await group.triggerGracefulShutdown()
                return false
            }
            // The group ends because it was asked to, or with an error, which ends everything.
            while let isOver = try await tasks.next() {
                if isOver { tasks.cancelAll() }
            }
        }
        logger.notice("Stopped.")
    }
}
