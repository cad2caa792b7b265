internal import Synchronization

/// Where tasks leave work for a connection's thread.
final class Inbox: Sendable {
    enum Next {
        case work(Work, Job)
        case nothing
        case end
    }

    private struct State {
        var queue: [(work: Work, job: Job)] = []
        var current: Job?
        var isClosing = false
        /// Set when the thread takes nothing more.
        var end: PostgresError?
        var whenEnded: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    let wakeUp: WakeUp

    init(wakeUp: WakeUp) {
        self.wakeUp = wakeUp
    }

    /// Queues the work, or completes the job at once when the connection has ended.
    func submit(_ work: Work, _ job: Job) {
        let refusal: PostgresError? = state.withLock { state in
            if let end = state.end { return end }
            if state.isClosing { return .closed }
            state.queue.append((work, job))
            return nil
        }
        if let refusal {
            job.complete(JobOutcome(result: .failure(refusal), state: .unusable))
        } else {
            wakeUp.signal()
        }
    }

    /// What the thread does next. After `end` it calls `terminate`.
    func next() -> Next {
        state.withLock { state in
            state.current = nil
            if !state.queue.isEmpty {
                let (work, job) = state.queue.removeFirst()
                state.current = job
                return .work(work, job)
            }
            return state.isClosing ? .end : .nothing
        }
    }

    /// Ends the thread after the work that is queued.
    func close() {
        state.withLock { $0.isClosing = true }
        wakeUp.signal()
    }

    /// Ends the thread after cancelling all work.
    func abort() {
        state.withLock { state in
            state.isClosing = true
            state.current?.requestCancellation()
            for (_, job) in state.queue { job.requestCancellation() }
        }
        wakeUp.signal()
    }

    /// Calls `body` when the thread has ended, at once if it has already.
    func whenEnded(_ body: @escaping @Sendable () -> Void) {
        let hasEnded = state.withLock { state in
            if state.end == nil { state.whenEnded.append(body) }
            return state.end != nil
        }
        if hasEnded { body() }
    }

    /// Refuses all work from now on, also the queued; the thread has ended.
    func terminate(_ reason: PostgresError) {
        let (left, waiting) = state.withLock { state in
            let open = (state.queue, state.whenEnded)
            state.end = reason
            state.current = nil
            state.queue = []
            state.whenEnded = []
            return open
        }
        for (_, job) in left {
            job.complete(JobOutcome(result: .failure(reason), state: .unusable))
        }
        for body in waiting { body() }
    }
}
