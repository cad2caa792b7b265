import Expressions
import Logging
import Synchronization
import WorkflowCore

/// Tells open streams what changed, in this daemon and in the others.
///
/// Changes are gathered for a moment and read once, however many listen; the rules then say who may know of each. Nothing that listens
/// holds a connection or asks anything by itself.
package final class LiveFeed: Sendable {
    private struct Waiting {
        var streams: LiveStreams
        /// To be told to those who listen here.
        var changed: Set<RequestID> = []
        var isReset = false
        var outgoing = Announcements()

        mutating func add(_ requests: [RequestID]) {
            changed.formUnion(requests)
            // So many are no single changes any more.
            if changed.count > 1_000 { (changed, isReset) = ([], true) }
        }
    }

    private let storage: any JournalStorage
    private let directories: DirectoryCache
    private let configurations: ConfigurationCache
    private let clock: @Sendable () -> Instant
    private let logger: Logger
    /// Forgets how people came in: by those sessions, tokens or people, or by any (nil).
    private let forget: @Sendable (Set<UniqueID>?) -> Void
    private let waiting: Mutex<Waiting>
    private let wakeUp = WakeUp()
    private let outgoingWakeUp = WakeUp()

    /// How long changes are gathered.
    private static let gathering = Duration.milliseconds(100)
    private static let beatInterval = Duration.seconds(15)

    init(
        storage: any JournalStorage, directories: DirectoryCache, configurations: ConfigurationCache,
        clock: @escaping @Sendable () -> Instant, random: RandomBytes, logger: Logger,
        forget: @escaping @Sendable (Set<UniqueID>?) -> Void
    ) {
        self.storage = storage
        self.directories = directories
        self.configurations = configurations
        self.clock = clock
        self.logger = logger
        self.forget = forget
        waiting = Mutex(Waiting(streams: LiveStreams(epoch: random(8).word(at: 0))))
    }

    // MARK: What listens

    /// What the person may know of, from now on; nil when there are too many streams. It ends when its reader goes, when what showed who
    /// they are ends, and after a few minutes.
    func listen(as viewer: Viewer) -> AsyncStream<LiveEvent>? {
        let (stream, continuation) = AsyncStream.makeStream(
            of: LiveEvent.self, bufferingPolicy: .bufferingOldest(LiveStreams.mostMissed * 2))
        let listener = LiveStreams.Listener(
            person: viewer.person.id, credential: viewer.credential, continuation: continuation)
        guard let id = waiting.withLock({ $0.streams.add(listener) }) else { return nil }
        continuation.onTermination = { [weak self] termination in
            // What was ended here is forgotten already, under the very lock.
            guard case .cancelled = termination else { return }
            self?.waiting.withLock { $0.streams.remove(id) }
        }
        return stream
    }

    func missed(since position: String) -> LiveStreams.Missed {
        waiting.withLock { $0.streams.missed(since: position) }
    }

    var position: LivePosition { waiting.withLock { $0.streams.position } }

    // MARK: What happens

    /// Requests have changed here; the other daemons hear of it, too.
    func changed(_ requests: [RequestID]) {
        guard !requests.isEmpty else { return }
        waiting.withLock { waiting in
            waiting.add(requests)
            waiting.outgoing.add(requests)
        }
        wakeUp.wake()
        outgoingWakeUp.wake()
    }

    /// Sessions or tokens are over: whatever listens with them ends.
    func end(credentials ids: [UniqueID]) {
        waiting.withLock { waiting in
            waiting.streams.end { $0.credential.id.map(ids.contains) == true }
            waiting.outgoing.end(ids)
        }
        outgoingWakeUp.wake()
    }

    /// All of a person's streams end; those who still may come back.
    func end(person: PersonID) {
        waiting.withLock { waiting in
            waiting.streams.end { $0.person == person }
            waiting.outgoing.end([person.id])
        }
        outgoingWakeUp.wake()
    }

    /// Something may have been missed.
    func reset() {
        waiting.withLock { $0.isReset = true }
        wakeUp.wake()
    }

    // MARK: The other daemons

    /// The daemon hears the others from now on, and they it: what happened before may have been missed on both sides.
    package func join() {
        forget(nil)
        waiting.withLock { waiting in
            waiting.isReset = true
            waiting.outgoing.addEverything()
        }
        wakeUp.wake()
        outgoingWakeUp.wake()
    }

    /// The next announcements for the other daemons, less than 8,000 octets each: waits until there is something and gathers for a moment.
    ///
    /// For one reader, which cannot come back after its task was cancelled.
    package func announcements() async throws -> [String] {
        for await _ in outgoingWakeUp.wakings { break }
        try await Task.sleep(for: Self.gathering)
        return waiting.withLock { $0.outgoing.take(from: $0.streams.epoch) }
    }

    /// What another daemon announced; one's own means nothing. Whom it has shut out, this one does not know any more when their streams
    /// end, so that none of them comes back.
    package func hear(_ text: String) {
        switch waiting.withLock({ Announcements.read(text, unlessFrom: $0.streams.epoch) }) {
        case .own: return
        case .changed(let requests): waiting.withLock { $0.add(requests) }
        case .ended(let ids):
            let ended = Set(ids)
            forget(ended)
            waiting.withLock { waiting in
                waiting.streams.end { $0.credential.id.map(ended.contains) == true || ended.contains($0.person.id) }
            }
        case .unreadable:
            forget(nil)
            waiting.withLock { $0.isReset = true }
        }
        wakeUp.wake()
    }

    // MARK: Work

    /// Tells until the task is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in self.wakeUp.wakings {
                    // Cancelled: the stream of wakings ends as well.
                    try? await Task.sleep(for: Self.gathering)
                    await self.deliver()
                }
            }
            group.addTask {
                while !Task.isCancelled {
                    // Cancelled: the loop ends.
                    try? await Task.sleep(for: Self.beatInterval)
                    self.waiting.withLock { $0.streams.beat() }
                }
            }
        }
    }

    /// Tells what waits to be told.
    func deliver() async {
        let (requests, isReset, people) = waiting.withLock { waiting in
            defer { (waiting.changed, waiting.isReset) = ([], false) }
            return (waiting.changed, waiting.isReset, Set(waiting.streams.listeners.values.map(\.person)))
        }
        if isReset {
            waiting.withLock { $0.streams.reset() }
            return
        }
        guard !requests.isEmpty else { return }
        do throws(StorageError) {
            let told =
                people.isEmpty
                ? [:] : try await readers(of: try await storage.requests(requests.sorted()), among: people)
            waiting.withLock { waiting in
                for request in requests.sorted() {
                    waiting.streams.tell(request, as: told[request]?.changed, to: told[request]?.readers ?? [])
                }
            }
        } catch {
            // Whoever looks again finds out by themselves that the database is away.
            logger.debug("changes were not told one by one", metadata: ["error": "\(error)"])
            waiting.withLock { $0.streams.reset() }
        }
    }

    /// Who of the people may know of each request.
    func readers(
        of requests: [StoredRequest], among people: Set<PersonID>
    ) async throws(StorageError) -> [RequestID: (changed: ChangedRequest, readers: Set<PersonID>)] {
        let directory = try await directories.current()
        var told: [RequestID: (changed: ChangedRequest, readers: Set<PersonID>)] = [:]
        for stored in requests {
            let compiled = try await configurations.version(stored.configuration)
            guard let type = compiled.configuration.requestTypes[stored.type] else { continue }
            let state = try StateCodec.decode(stored)
            let context = DecisionContext(
                now: clock(), principal: .system(.timer), configuration: compiled.configuration, type: type,
                directory: directory, time: compiled.time, seed: (0, 0))
            let readers = people.filter { Rules.reason(for: $0, toSee: state, in: context) != nil }
            told[state.id] = (ChangedRequest(id: state.id, number: state.number, version: state.version), readers)
        }
        return told
    }
}

extension Credential {
    /// Of the session or the token.
    fileprivate var id: UniqueID? {
        switch self {
        case .session(let id), .token(let id, _): id
        case .process: nil
        }
    }
}
