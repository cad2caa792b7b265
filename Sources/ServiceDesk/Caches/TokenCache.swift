import Expressions
import Synchronization
import WorkflowCore

/// Valid tokens, believed for some seconds, so that a busy client does not cost a query a call. A revoked token is refused when
/// its entry has aged; on the daemon that revoked it, at once.
final class TokenCache: Sendable {
    private struct Entry {
        let token: StoredToken
        let fetchedAt: Instant
    }

    private let entries = Mutex<[[UInt8]: Entry]>([:])
    private let maximumAge: Duration
    private let limit = 10_000

    init(maximumAge: Duration) {
        self.maximumAge = maximumAge
    }

    func token(digest: [UInt8], at now: Instant) -> StoredToken? {
        entries.withLock { entries in
            guard let entry = entries[digest] else { return nil }
            guard now >= entry.fetchedAt, now - entry.fetchedAt < maximumAge else {
                entries[digest] = nil
                return nil
            }
            return entry.token
        }
    }

    func keep(_ token: StoredToken, at now: Instant) {
        entries.withLock { entries in
            // Entries live for seconds; starting anew is simpler than choosing whom to forget.
            if entries.count >= limit { entries.removeAll(keepingCapacity: true) }
            entries[token.digest] = Entry(token: token, fetchedAt: now)
        }
    }

    func forget(_ id: UniqueID) {
        entries.withLock { entries in
            entries = entries.filter { $0.value.token.id != id }
        }
    }
}
