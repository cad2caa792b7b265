import Expressions
import Logging
import Synchronization

/// A clock that tests may move: the machine's time plus the seconds that a file holds. Never for a desk that people use, so the
/// daemon takes one only when its environment allows it, and says so in the log.
final class TestClock: Sendable {
    /// The environment must have this variable, set to `yes`.
    static let permission = "BUREAU_ALLOW_TEST_CLOCK"

    private let path: String
    private let logger: Logger
    private let machine: @Sendable () -> Instant
    private let offset = Mutex<Int64>(0)

    /// - Parameter machine: what it is ahead of.
    /// - Throws: a refusal when the environment does not allow it.
    init(
        path: String, environment: [String: String], logger: Logger,
        machine: @escaping @Sendable () -> Instant = SystemClock.now
    ) throws(Refusal) {
        guard environment[Self.permission] == "yes" else {
            throw Refusal(
                .settings, "A test clock is only for tests.",
                hint:
                    "Set \(Self.permission)=yes if this desk is one: its deadlines will pass whenever the file says so."
            )
        }
        self.path = path
        self.logger = logger
        self.machine = machine
        logger.warning("THE CLOCK OF THIS DESK IS A TEST CLOCK.", metadata: ["file": "\(path)"])
    }

    /// The file is read at every call, so that the clock has moved as soon as it is written. It never goes back, and it stays
    /// where it was when the file holds no whole number of seconds.
    @Sendable func now() -> Instant {
        // Without a file, or while it is being replaced, the last offset holds.
        let text = try? Files.text(of: path)
        let read = text.flatMap { Int64($0.filter { !$0.isWhitespace }) }
        let seconds = offset.withLock { offset in
            if let read, read > offset, read <= Self.furthest {
                logger.notice("the test clock moves", metadata: ["seconds": "\(read - offset)"])
                offset = read
            }
            return offset
        }
        return machine() + .seconds(seconds)
    }

    /// A hundred years.
    private static let furthest: Int64 = 36_525 * 86_400
}
