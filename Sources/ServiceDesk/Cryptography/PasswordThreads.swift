import Synchronization
import Threads

/// Computes hashes of passwords on a few threads of its own: the cooperative pool never waits for them, and however many sign in
/// at once, they take no more processors and memory than that. Threads end when there is nothing to do.
final class PasswordThreads: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var threads = 0
    }

    private let state = Mutex(State())
    private let maximumThreads: Int
    private let maximumWaiting: Int

    init(maximumThreads: Int, maximumWaiting: Int) {
        self.maximumThreads = maximumThreads
        self.maximumWaiting = maximumWaiting
    }

    /// What the body gives; nil, and the body is not run, when too many wait already or the system has no thread left.
    func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
        await withCheckedContinuation { continuation in
            if !add({ continuation.resume(returning: body()) }) { continuation.resume(returning: nil) }
        }
    }

    /// Whether the job will be done.
    private func add(_ job: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.waiting.count < maximumWaiting else { return false }
            if state.threads < maximumThreads {
                if startThread({ self.work() }) {
                    state.threads += 1
                } else if state.threads == 0 {
                    return false
                }
            }
            state.waiting.append(job)
            return true
        }
    }

    private func work() {
        while let job = next() { job() }
    }

    /// The job that waits longest; nil ends the thread.
    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            if state.waiting.isEmpty {
                state.threads -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
