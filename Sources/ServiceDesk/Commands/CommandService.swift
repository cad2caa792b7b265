import Expressions
import Logging
import Synchronization
import WorkflowCore

/// The one way in which requests come into being and change.
///
/// Commands that wait at the same moment commit together. An error of a group never reaches the innocent: each of its commands
/// then runs singly. A command whose fate is unknown (the connection died during COMMIT) is looked up by its idempotency key
/// before anybody is told.
final class CommandService: Sendable {
    typealias Answer = Result<CommandOutcome, DeskError>

    /// A command and who waits for it; resumed exactly once, by the group that takes it.
    struct Waiting: Sendable {
        let order: CommandOrder
        let continuation: CheckedContinuation<Answer, Never>
    }

    let storage: any RequestStorage
    let directories: DirectoryCache
    let configurations: ConfigurationCache
    let numbers: NumberSource
    let clock: @Sendable () -> Instant
    let random: RandomBytes
    let logger: Logger
    let settings: DeskSettings
    /// Called after commits that left something for the workers.
    let wake: @Sendable () -> Void
    /// Called after commits with what has changed.
    let changed: @Sendable ([RequestID]) -> Void
    private let queues = Mutex<Queues?>(nil)

    /// Raising and changing differ in round trips, so they are grouped apart.
    private struct Queues {
        let raises: GroupingQueue<Waiting>
        let changes: GroupingQueue<Waiting>
    }

    init(
        storage: any RequestStorage, directories: DirectoryCache, configurations: ConfigurationCache,
        clock: @escaping @Sendable () -> Instant, random: @escaping RandomBytes, logger: Logger,
        settings: DeskSettings, wake: @escaping @Sendable () -> Void,
        changed: @escaping @Sendable ([RequestID]) -> Void
    ) {
        self.storage = storage
        self.directories = directories
        self.configurations = configurations
        numbers = NumberSource(storage: storage, blockSize: settings.numberBlock)
        self.clock = clock
        self.random = random
        self.logger = logger
        self.settings = settings
        self.wake = wake
        self.changed = changed
    }

    /// Carries a command out, or says why not.
    func perform(_ order: CommandOrder) async throws(DeskError) -> CommandOutcome {
        let queue = queue(for: order)
        let answer = await withCheckedContinuation { continuation in
            if !queue.add(Waiting(order: order, continuation: continuation)) {
                continuation.resume(returning: .failure(.unavailable(retryAfterSeconds: 1)))
            }
        }
        return try answer.get()
    }

    /// How many commands wait for a group.
    var waitingCount: Int { both.raises.waitingCount + both.changes.waitingCount }

    private func queue(for order: CommandOrder) -> GroupingQueue<Waiting> {
        order.request == nil ? both.raises : both.changes
    }

    /// Made on first use, since they run this service's own functions; a desk keeps its service for its whole life.
    private var both: Queues {
        queues.withLock { queues in
            if let queues { return queues }
            let made = Queues(
                raises: makeQueue(lanes: settings.raiseLanes) { service, orders throws(StorageError) in
                    try await service.raise(orders)
                },
                changes: makeQueue(lanes: settings.changeLanes) { service, orders throws(StorageError) in
                    try await service.change(orders)
                })
            queues = made
            return made
        }
    }

    private func makeQueue(
        lanes: Int,
        _ attempt: @escaping @Sendable (CommandService, [CommandOrder]) async throws(StorageError) -> [Answer]
    ) -> GroupingQueue<Waiting> {
        GroupingQueue(
            lanes: lanes, maximumGroup: settings.maximumGroup, capacity: settings.maximumWaiting,
            request: { $0.order.request },
            run: { [weak self] group in
                guard let self else {
                    for waiting in group {
                        waiting.continuation.resume(returning: .failure(.unavailable(retryAfterSeconds: 1)))
                    }
                    return
                }
                let runner = GroupRunner(service: self) { orders throws(StorageError) in try await attempt(self, orders)
                }
                await runner.run(group)
            })
    }

    /// Tries to raise all; one answer for each, in their order. Throws when nothing was stored.
    private func raise(_ orders: [CommandOrder]) async throws(StorageError) -> [Answer] {
        // A parent was decided on by a daemon that may have seen more than this one, and a child that is refused is refused
        // for good.
        let isDelivery = orders.contains { $0.consumed != nil }
        let directory = try await isDelivery ? directories.newest() : directories.current()
        let compiled = try await isDelivery ? configurations.newest() : configurations.current(with: directory)
        let decider = CommandDecider(
            now: clock().truncatedToMicroseconds, directory: directory, random: random, logger: logger)
        var answers: [Answer?] = Array(repeating: nil, count: orders.count)
        var decided: [CommandDecider.Decided] = []
        var taken: [(number: String, prefix: String)] = []
        for (index, order) in orders.enumerated() {
            guard case .new(let new) = order.subject else { continue }
            let prefix = compiled.configuration.requestTypes[new.type]
                .flatMap { compiled.configuration.departments[$0.department]?.prefix }
            guard let prefix else {
                answers[index] = try await previousAnswer(to: order) ?? .failure(.rejected(.unknownType(new.type)))
                continue
            }
            let number = try await numbers.next(prefix: prefix)
            do throws(DeskError) {
                let result = try decider.raise(new, order, number: number, under: compiled)
                decided.append(result)
                taken.append((number, prefix))
                answers[index] = .success(.done(result.request))
            } catch {
                numbers.giveBack(number, prefix: prefix)
                // What is refused now may have been done already under the same key, before the rules said no.
                answers[index] = try await previousAnswer(to: order) ?? .failure(error)
            }
        }
        if !decided.isEmpty {
            do throws(StorageError) {
                try await storage.create(decided.map(\.write), directoryRevision: directory.revision, at: decider.now)
            } catch {
                switch error {
                case .stale, .unavailable:
                    for taken in taken.reversed() { numbers.giveBack(taken.number, prefix: taken.prefix) }
                // Stored perhaps, or the very number is the trouble.
                case .unknownOutcome, .duplicateKey, .defect: break
                }
                throw error
            }
            wakeWorkers(for: decided, at: decider.now)
        }
        return answers.map { $0 ?? .failure(.rejected(.unknownRequest)) }
    }

    private func previousAnswer(to order: CommandOrder) async throws(StorageError) -> Answer? {
        guard order.isClientKey, let key = order.key, let answer = try await storage.answer(to: key) else { return nil }
        return Self.answer(answer, to: order, isReplay: true)
    }

    /// Tries to change all; one answer for each, in their order. Throws when nothing was stored.
    private func change(_ orders: [CommandOrder]) async throws(StorageError) -> [Answer] {
        var answers: [Answer?] = Array(repeating: nil, count: orders.count)
        // A second round is for those whose configuration had to be compiled.
        for _ in 0..<3 {
            let open = answers.indices.filter { answers[$0] == nil }
            if open.isEmpty { break }
            for (index, change) in zip(open, try await changeOnce(open.map { orders[$0] })) {
                switch change {
                case .write(let decided): answers[index] = .success(.done(decided.request))
                case .nothing(let request): answers[index] = .success(.done(request))
                case .before(let answer): answers[index] = Self.answer(answer, to: orders[index], isReplay: true)
                case .refused(let error): answers[index] = .failure(error)
                case .needs(let version):
                    do throws(StorageError) {
                        _ = try await configurations.version(version)
                    } catch {
                        answers[index] = .failure(report(error))
                    }
                }
            }
        }
        return answers.map { $0 ?? .failure(.unavailable(retryAfterSeconds: 1)) }
    }

    private func changeOnce(_ orders: [CommandOrder]) async throws(StorageError) -> [CommandDecider.Change] {
        let directory = try await directories.current()
        // Storage refuses what was decided at another revision, so nobody commands by files that are not current any more.
        let current = try await configurations.current(with: directory)
        let decider = CommandDecider(
            now: clock().truncatedToMicroseconds, directory: directory, random: random, logger: logger)
        let loads = orders.compactMap { order in order.request.map { CommandLoad(request: $0, key: order.key) } }
        let made = Mutex<[CommandDecider.Change]>([])
        let configurations = configurations
        try await storage.change(loads, at: decider.now) { loaded, revision throws(StorageError) in
            guard revision == directory.revision else { throw .stale(.directory) }
            var changes: [CommandDecider.Change] = []
            for (order, found) in zip(orders, loaded) {
                guard case .existing(_, let command) = order.subject else { continue }
                changes.append(
                    decider.change(order, command, found, configurations: configurations, under: current))
            }
            made.withLock { $0 = changes }
            return changes.map(\.write)
        }
        let changes = made.withLock { $0 }
        let decided = changes.compactMap { change in
            if case .write(let decided) = change { decided } else { nil }
        }
        wakeWorkers(for: decided, at: decider.now)
        return changes
    }

    private func wakeWorkers(for decided: [CommandDecider.Decided], at now: Instant) {
        let hasWork = decided.contains { decided in
            !decided.write.messages.isEmpty || decided.write.timers.contains { ($0.due ?? .latest) <= now }
        }
        if hasWork { wake() }
        changed(decided.map(\.request.state.id))
    }

    /// What a recorded answer means for a command with the same key.
    static func answer(_ recorded: RecordedAnswer, to order: CommandOrder, isReplay: Bool) -> Answer {
        guard Digest.areEqual(recorded.fingerprint, order.fingerprint) else { return .failure(.keyReused) }
        return .success(.before(recorded.request, isReplay: isReplay))
    }

    /// The error for callers; a defect is logged under a reference that they get.
    func report(_ error: StorageError) -> DeskError {
        DeskError(error, logger: logger)
    }
}
