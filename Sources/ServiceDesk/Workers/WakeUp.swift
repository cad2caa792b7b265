import Synchronization

/// Wakes the worker of this daemon: a commit says that there is something to deliver. Several calls before it looks wake it once.
final class WakeUp: Sendable {
    private let continuation: AsyncStream<Void>.Continuation
    private let stream: AsyncStream<Void>

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func wake() {
        continuation.yield()
    }

    /// The wakings; one reader at a time.
    var wakings: AsyncStream<Void> { stream }
}
