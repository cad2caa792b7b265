import Expressions
import Synchronization
import WorkflowCore

/// The newest snapshot of the people that this daemon has seen.
///
/// Reads take it as it is while it is young; then one caller asks for the revision and the others go on with what is there.
/// Writes name the revision that they decided on, and storage refuses an old one: then `reload` is called.
final class DirectoryCache: Sendable {
    private struct Entry {
        var directory: Directory?
        var checkedAt: Instant = .earliest
        var isChecking = false
    }

    private let entry = Mutex(Entry())
    private let storage: any PeopleStorage
    private let clock: @Sendable () -> Instant
    private let maximumAge: Duration

    init(storage: any PeopleStorage, clock: @escaping @Sendable () -> Instant, maximumAge: Duration) {
        self.storage = storage
        self.clock = clock
        self.maximumAge = maximumAge
    }

    /// A snapshot that was the newest one at most the maximum age ago, or is being checked at this moment.
    func current() async throws(StorageError) -> Directory {
        let now = clock()
        let (cached, mustCheck) = entry.withLock { entry -> (Directory?, Bool) in
            guard let directory = entry.directory else { return (nil, true) }
            let isYoung = now >= entry.checkedAt && now - entry.checkedAt < maximumAge
            if isYoung || entry.isChecking { return (directory, false) }
            entry.isChecking = true
            return (directory, true)
        }
        guard let cached else { return try await reload() }
        guard mustCheck else { return cached }
        defer { entry.withLock { $0.isChecking = false } }
        return try await newest()
    }

    /// The snapshot that storage has now, loaded only when it is another one.
    func newest() async throws(StorageError) -> Directory {
        guard let cached = entry.withLock({ $0.directory }) else { return try await reload() }
        let now = clock()
        guard try await storage.directoryRevision() == cached.revision else { return try await reload() }
        entry.withLock { $0.checkedAt = now }
        return cached
    }

    /// The snapshot that storage has now.
    @discardableResult
    func reload() async throws(StorageError) -> Directory {
        let now = clock()
        let directory = try await storage.directory()
        return entry.withLock { entry in
            // Two loads may overtake each other; the later revision stays.
            if let known = entry.directory, known.revision > directory.revision { return known }
            entry.directory = directory
            entry.checkedAt = now
            return directory
        }
    }
}
