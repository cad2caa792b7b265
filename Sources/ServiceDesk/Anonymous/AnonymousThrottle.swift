import Expressions
import Synchronization
import WorkflowCore

/// How much the desk takes from people of whom it knows nothing, not even an address: so many requests and so many uses of receipts a
/// minute from all of them together, and so many of one receipt. Counted anew every minute, by each daemon.
///
/// Receipts cannot be guessed, so this is no defence of theirs: it keeps a flood from filling the database.
final class AnonymousThrottle: Sendable {
    private struct Counts {
        var minute: Int64 = 0
        var raised = 0
        var looks = 0
        /// By the beginning of a receipt's digest.
        var byReceipt: [UInt64: Int] = [:]
    }

    static let raisedAMinute = 120
    static let looksAMinute = 6000
    static let looksAMinuteByReceipt = 120

    private let counts = Mutex(Counts())

    /// Whether one more request may be raised.
    func mayRaise(at now: Instant) -> Bool {
        counting(at: now) { counts in
            counts.raised += 1
            return counts.raised <= Self.raisedAMinute
        }
    }

    /// Whether one more receipt may be looked up.
    func mayLook(with digest: [UInt8], at now: Instant) -> Bool {
        counting(at: now) { counts in
            counts.looks += 1
            guard counts.looks <= Self.looksAMinute else { return false }
            counts.byReceipt[digest.word(at: 0), default: 0] += 1
            return counts.byReceipt[digest.word(at: 0), default: 0] <= Self.looksAMinuteByReceipt
        }
    }

    private func counting(at now: Instant, _ body: (inout Counts) -> Bool) -> Bool {
        counts.withLock { counts in
            let minute = now.seconds / 60
            if counts.minute != minute {
                counts = Counts()
                counts.minute = minute
            }
            return body(&counts)
        }
    }
}
