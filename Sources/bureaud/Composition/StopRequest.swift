/// The wish that the daemon stops, which may come before anybody listens to it.
struct StopRequest: Sendable {
    private let wishes: AsyncStream<Void>
    private let source: AsyncStream<Void>.Continuation

    init() {
        (wishes, source) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(1))
    }

    func request() { source.yield() }

    /// Returns once somebody wished for it, or when the task is cancelled. For one waiter.
    func wait() async {
        for await _ in wishes { return }
    }
}
