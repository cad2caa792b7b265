import Synchronization

extension CallThread {
    /// Sends a request and waits for what becomes of it; a cancelled task gives it up.
    func exchange(_ request: WireRequest) async -> WireAttempt {
        let cancelling = Cancelling(self)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                cancelling.begin(send(request) { continuation.resume(returning: $0) })
            }
        } onCancel: {
            cancelling.cancel()
        }
    }
}

/// Hands a cancellation, which may come before the request has its number, to the thread.
private final class Cancelling: Sendable {
    private let thread: CallThread
    private let state = Mutex<(id: UInt64?, isCancelled: Bool)>((nil, false))

    init(_ thread: CallThread) { self.thread = thread }

    func begin(_ id: UInt64) {
        let isCancelled = state.withLock { state in
            state.id = id
            return state.isCancelled
        }
        if isCancelled { thread.cancel(id) }
    }

    func cancel() {
        let id = state.withLock { state in
            state.isCancelled = true
            return state.id
        }
        if let id { thread.cancel(id) }
    }
}
