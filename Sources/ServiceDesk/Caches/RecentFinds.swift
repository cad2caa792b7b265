import Expressions
import Synchronization

/// What was found under digests of secrets, believed for some seconds, so that a busy client does not cost a query a call. What
/// was revoked is refused at once on the daemon that revoked it, on the others when they hear of it, and at the latest when its
/// entry has aged.
final class RecentFinds<Found: Sendable>: Sendable {
    private struct Entry {
        let found: Found
        let fetchedAt: Instant
    }

    private let entries = Mutex<[[UInt8]: Entry]>([:])
    private let maximumAge: Duration
    private let limit = 10_000

    init(maximumAge: Duration) {
        self.maximumAge = maximumAge
    }

    func find(_ digest: [UInt8], at now: Instant) -> Found? {
        entries.withLock { entries in
            guard let entry = entries[digest] else { return nil }
            guard now >= entry.fetchedAt, now - entry.fetchedAt < maximumAge else {
                entries[digest] = nil
                return nil
            }
            return entry.found
        }
    }

    func keep(_ found: Found, under digest: [UInt8], at now: Instant) {
        entries.withLock { entries in
            // Entries live for seconds; starting anew is simpler than choosing whom to forget.
            if entries.count >= limit { entries.removeAll(keepingCapacity: true) }
            entries[digest] = Entry(found: found, fetchedAt: now)
        }
    }

    func forget(where isGone: (Found) -> Bool) {
        entries.withLock { entries in
            entries = entries.filter { !isGone($0.value.found) }
        }
    }
}
