package import Expressions
package import Logging
import WorkflowCore

/// Everything that the application needs from a database.
package typealias DeskStorage = AccountStorage & AttachmentStorage & AuditStorage & BreakGlassStorage
    & ConfigurationStorage & DashboardStorage & DeputyStorage & DraftStorage
    & ErasureStorage
    & EventStorage & IdentityStorage & JournalStorage & NotificationStorage & OpenWorkStorage
    & PeopleStorage & PreferenceStorage
    & QueryStorage
    & RequestStorage & SearchStorage
    & SessionStorage
    & TokenStorage
    & WorkerStorage

/// The application: what people, programs and Bureau itself can ask of the service desk, behind no particular protocol.
///
/// A value that holds its parts; copies share them. Nothing here is localised but what views say, in the viewer's language.
package struct ServiceDesk: Sendable {
    let storage: any DeskStorage
    let clock: @Sendable () -> Instant
    let random: RandomBytes
    let logger: Logger
    let compiler: ConfigurationCompiler
    let directories: DirectoryCache
    let configurations: ConfigurationCache
    let tokens: RecentFinds<StoredToken>
    let sessions: RecentFinds<StoredSession>
    let passwords: PasswordHashes
    let settings: DeskSettings
    let anonymousThrottle = AnonymousThrottle()
    let commands: CommandService
    let queries: QueryService
    /// Nil where nobody signs in elsewhere.
    let identityProvider: (any IdentityProvider)?
    let worker: Worker
    let peopleWorker: PeopleWorker
    let retention: RetentionWorker
    /// Looks at every upload; nil takes them unseen.
    let scanner: (any AttachmentScanner)?
    /// The names of time zones that people are offered to choose from, in the order of the letters. They may choose others.
    package let zoneNames: [String]
    let textWorker: TextWorker
    /// Nil in a process that calls nobody.
    let callWorker: CallWorker?
    /// Tells open streams what changed.
    package let live: LiveFeed
    private let readiness: ReadinessProbe

    /// - Parameters:
    ///   - compiler: Turns configuration files into a configuration.
    ///   - checker: Says what compiling these files would; gives nothing unless said.
    ///   - clock: The present moment. What is stored is truncated to microseconds.
    ///   - random: Unpredictable bytes; tests give their own.
    ///   - caller: What carries calls to other systems; nil leaves them to other daemons.
    ///   - identityProvider: Where people sign in outside of Bureau; nil for nowhere.
    ///   - scanner: What looks at every upload; nil takes them unseen.
    ///   - zones: The rules of an IANA time zone; nil when the system does not know it.
    ///   - zoneNames: Those that people are offered to choose from.
    package init(
        storage: any DeskStorage, compiler: @escaping ConfigurationCompiler,
        clock: @escaping @Sendable () -> Instant, random: @escaping RandomBytes = SystemRandom.bytes,
        caller: (any ServiceCaller)? = nil, identityProvider: (any IdentityProvider)? = nil,
        scanner: (any AttachmentScanner)? = nil,
        zones: @escaping @Sendable (String) -> ZoneRules?, zoneNames: [String] = [], logger: Logger,
        settings: DeskSettings = DeskSettings()
    ) {
        self.storage = storage
        self.clock = clock
        self.random = random
        self.logger = logger
        self.compiler = compiler
        self.identityProvider = identityProvider
        self.scanner = scanner
        self.zoneNames = zoneNames
        directories = DirectoryCache(storage: storage, clock: clock, maximumAge: settings.directoryAge)
        configurations = ConfigurationCache(
            storage: storage, compiler: compiler, zones: zones, clock: clock, settings: settings)
        let tokens = RecentFinds<StoredToken>(maximumAge: settings.tokenAge)
        let sessions = RecentFinds<StoredSession>(maximumAge: settings.tokenAge)
        (self.tokens, self.sessions) = (tokens, sessions)
        passwords = PasswordHashes(
            cost: settings.passwordCost, threads: settings.passwordThreads, waiting: settings.passwordsWaiting,
            random: random)
        self.settings = settings
        let wakeUp = WakeUp()
        let callWakeUp = WakeUp()
        let live = LiveFeed(
            storage: storage, directories: directories, configurations: configurations, clock: clock, random: random,
            logger: logger,
            forget: { ended in
                tokens.forget { ended?.isDisjoint(with: [$0.id, $0.person.id]) != true }
                sessions.forget { ended?.isDisjoint(with: [$0.id, $0.person.id]) != true }
            })
        self.live = live
        commands = CommandService(
            storage: storage, directories: directories, configurations: configurations, clock: clock, random: random,
            logger: logger, settings: settings,
            wake: {
                wakeUp.wake()
                callWakeUp.wake()
            },
            changed: { live.changed($0) })
        queries = QueryService(
            storage: storage, directories: directories, configurations: configurations, clock: clock,
            reads: ReadRecorder(random: random) { entry throws(StorageError) in try await storage.append([entry]) },
            logger: logger)
        worker = Worker(
            storage: storage, commands: commands, clock: clock, random: random, logger: logger, settings: settings,
            wakeUp: wakeUp)
        peopleWorker = PeopleWorker(
            storage: storage, commands: commands, directories: directories, configurations: configurations,
            clock: clock, random: random, logger: logger, settings: settings)
        retention = RetentionWorker(
            eraser: Eraser(storage: storage, configurations: configurations, random: random), clock: clock,
            random: random, logger: logger, settings: settings)
        textWorker = TextWorker(
            storage: storage, configurations: configurations, random: random, logger: logger, settings: settings)
        let (commands, configurations) = (commands, configurations)
        callWorker = caller.map { caller in
            CallWorker(
                storage: storage, commands: commands, configurations: configurations, caller: caller, clock: clock,
                random: random, logger: logger, settings: settings, wakeUp: callWakeUp)
        }
        readiness = ReadinessProbe(patience: settings.readinessPatience) {
            do throws(StorageError) {
                try await storage.ping()
            } catch {
                return .noDatabase
            }
            do throws(StorageError) {
                _ = try await configurations.current()
            } catch {
                return Readiness(reasons: ["There is no usable configuration."])
            }
            return Readiness(reasons: [])
        }
    }

    /// Delivers timers that are due at `now` and all messages, until nothing is left that may be claimed.
    package func runOnce(now: Instant) async throws(DeskError) -> WorkReport {
        var report = try await worker.runOnce(now: now)
        guard let callWorker else { return report }
        while true {
            let calls = try await callWorker.runOnce(now: now)
            if calls == WorkReport() { return report }
            // Answers lead to further deliveries.
            report = report + calls
            report = report + (try await worker.runOnce(now: now))
        }
    }

    /// Passes work on that nobody can do any more, unless people and files are those of this daemon's last look; how many requests may
    /// have been concerned.
    package func passWorkOn() async throws(DeskError) -> Int {
        try await peopleWorker.runOnce()
    }

    /// Gives requests words by which they are found, which have none; how many.
    package func indexTexts() async throws(DeskError) -> Int {
        try await textWorker.runOnce()
    }

    /// Delivers as work arises, until the task is cancelled. Once in the life of a desk.
    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await worker.run() }
            group.addTask { await peopleWorker.run() }
            group.addTask { await retention.run() }
            group.addTask { await textWorker.run() }
            group.addTask { await live.run() }
            if let callWorker { group.addTask { await callWorker.run() } }
        }
    }

    /// Whether requests can be served: the database answers, and does so soon, and there is a configuration.
    package func isReady() async -> Readiness {
        await readiness.answer()
    }

    /// What storage gives, or the desk's error for why not.
    func asking<T: Sendable>(_ body: () async throws(StorageError) -> T) async throws(DeskError) -> T {
        try await queries.asking(body)
    }
}
