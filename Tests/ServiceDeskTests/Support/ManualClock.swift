import Expressions
import Synchronization

/// Time that passes only when a test says so.
final class ManualClock: Sendable {
    private let moment: Mutex<Instant>

    init(_ start: Instant) {
        moment = Mutex(start)
    }

    var now: Instant { moment.withLock { $0 } }

    func advance(by duration: Duration) {
        moment.withLock { $0 = $0 + duration }
    }
}
