import Synchronization

/// Asks whether requests can be served, for those who must have an answer in time.
///
/// A database that hangs refuses nothing: the question waits with it. So whoever asks waits only so long, and those who ask
/// meanwhile wait for the same question instead of asking more of them.
final class ReadinessProbe: Sendable {
    private struct State {
        var isAsking = false
        var lastWaiter = 0
        var waiting: [Int: CheckedContinuation<Readiness, Never>] = [:]
    }

    private let state = Mutex(State())
    private let patience: Duration
    private let question: @Sendable () async -> Readiness

    /// - Parameters:
    ///   - patience: How long an answer may take.
    ///   - question: May take any time; not cancelled.
    init(patience: Duration, question: @escaping @Sendable () async -> Readiness) {
        self.patience = patience
        self.question = question
    }

    /// What the question gives; that the database does not answer, when it takes too long.
    func answer() async -> Readiness {
        await withCheckedContinuation { continuation in
            let (id, asks) = state.withLock { state in
                state.lastWaiter += 1
                state.waiting[state.lastWaiter] = continuation
                defer { state.isAsking = true }
                return (state.lastWaiter, !state.isAsking)
            }
            // Tasks of their own: nobody's cancellation ends the question that others wait for.
            if asks { Task { finish(await question()) } }
            Task {
                // Nobody cancels it; when the answer has come meanwhile there is nobody left to resume.
                try? await Task.sleep(for: patience)
                state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: .noDatabase)
            }
        }
    }

    private func finish(_ answer: Readiness) {
        let waiting = state.withLock { state in
            state.isAsking = false
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume(returning: answer) }
    }
}

extension Readiness {
    static let noDatabase = Readiness(reasons: ["The database does not answer."])
}
