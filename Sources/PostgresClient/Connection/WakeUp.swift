internal import CLibPQ
internal import Glibc

/// An `eventfd`: anybody may signal it, one thread polls it next to its socket.
final class WakeUp: Sendable {
    let descriptor: Int32

    /// Nil when the process has no file descriptor left.
    init?() {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        if descriptor < 0 { return nil }
    }

    deinit { _ = Glibc.close(descriptor) }

    /// Makes the descriptor readable. A full counter (the only failure) is readable already.
    func signal() {
        var one: UInt64 = 1
        _ = Glibc.write(descriptor, &one, 8)
    }

    /// Makes it unreadable until the next signal.
    func clear() {
        var count: UInt64 = 0
        _ = Glibc.read(descriptor, &count, 8)
    }
}
