import Expressions
import Glibc

/// This machine's time of day.
enum SystemClock {
    /// UTC, to the nanosecond as far as the machine has it.
    @Sendable static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }
}
