package import Expressions

/// How often a password was tried in vain, for one handle or for all together.
package struct AttemptCount: Sendable, Hashable {
    /// Those on their way included: an attempt counts as failed until it has succeeded.
    package var failures: Int
    /// When the counting began.
    package var since: Instant
    /// Nothing is tried before this.
    package var blockedUntil: Instant

    package init(failures: Int, since: Instant, blockedUntil: Instant) {
        self.failures = failures
        self.since = since
        self.blockedUntil = blockedUntil
    }

    static func none(at now: Instant) -> AttemptCount { AttemptCount(failures: 0, since: now, blockedUntil: now) }
}

/// Whether an attempt may be made.
package enum AttemptVerdict: Sendable, Hashable {
    /// It may; then this is counted.
    case go(own: AttemptCount, all: AttemptCount)
    /// Not before that time has passed; nothing is counted.
    case wait(Duration)
}

/// How guessing is slowed down, as a value that knows no clock: for a handle with growing delays and then a lock, whether somebody
/// has that handle or not; for all handles together with growing delays.
struct AttemptRules: Sendable {
    /// Failures of a handle that cost no time.
    var freeFailures = 3
    /// The failure of a handle with which it is locked; each further one doubles the time.
    var lockingFailure = 10
    var lock: Duration = .seconds(900)
    var longestLock: Duration = .seconds(4 * 3600)
    /// How long a handle must be left alone for its failures to be forgotten.
    var memory: Duration = .seconds(86_400)
    /// Failures of all handles in a minute that cost no time.
    var freeFailuresOfAll = 300
    var longestDelayOfAll: Duration = .seconds(30)

    /// - Parameters:
    ///   - handle: Nil when nothing was counted before.
    ///   - all: Nil likewise.
    func verdict(handle: AttemptCount?, all: AttemptCount?, at now: Instant) -> AttemptVerdict {
        var (handle, all) = (handle ?? .none(at: now), all ?? .none(at: now))
        if now < handle.blockedUntil { return .wait(handle.blockedUntil - now) }
        if now < all.blockedUntil { return .wait(all.blockedUntil - now) }

        if now - handle.blockedUntil >= memory { handle = .none(at: now) }
        handle.failures += 1
        handle.blockedUntil = now + delay(ofHandleAfter: handle.failures)

        if now - all.since >= .seconds(60) { all = .none(at: now) }
        all.failures += 1
        all.blockedUntil = now + delay(ofAllAfter: all.failures)
        return .go(own: handle, all: all)
    }

    /// Whether so many failures lock a handle.
    func isLocked(after failures: Int) -> Bool { failures >= lockingFailure }

    private func delay(ofHandleAfter failures: Int) -> Duration {
        if isLocked(after: failures) {
            return min(lock * (1 << min(failures - lockingFailure, 10)), longestLock)
        }
        return failures > freeFailures ? .seconds(1 << min(failures - freeFailures - 1, 10)) : .zero
    }

    private func delay(ofAllAfter failures: Int) -> Duration {
        failures > freeFailuresOfAll
            ? min(.seconds(1 << min(failures - freeFailuresOfAll - 1, 10)), longestDelayOfAll) : .zero
    }
}
