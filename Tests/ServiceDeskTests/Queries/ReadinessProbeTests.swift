import Synchronization
import Testing

@testable import ServiceDesk

@Suite("Readiness")
struct ReadinessProbeTests {
    /// A database that hangs until the test lets it go.
    private final class Hanging: Sendable {
        private struct State {
            var questions = 0
            var isThawed = false
            var held: [CheckedContinuation<Void, Never>] = []
        }

        private let state = Mutex(State())

        func ask() async -> Readiness {
            await withCheckedContinuation { continuation in
                let isThawed = state.withLock { state in
                    state.questions += 1
                    if !state.isThawed { state.held.append(continuation) }
                    return state.isThawed
                }
                if isThawed { continuation.resume() }
            }
            return Readiness(reasons: [])
        }

        var questions: Int { state.withLock { $0.questions } }

        func thaw() {
            let held = state.withLock { state in
                state.isThawed = true
                defer { state.held = [] }
                return state.held
            }
            for continuation in held { continuation.resume() }
        }
    }

    @Test("A database that hangs is told in time, by one question however many ask, and its return is noticed")
    func hangs() async {
        let database = Hanging()
        let probe = ReadinessProbe(patience: .milliseconds(1)) { await database.ask() }
        for _ in 0..<5 { #expect(await probe.answer() == .noDatabase) }
        #expect(database.questions == 1)
        database.thaw()
        while await !probe.answer().isReady { await Task.yield() }
    }

    @Test("What the database answers is what is told")
    func answers() async {
        let probe = ReadinessProbe(patience: .seconds(60)) { Readiness(reasons: ["There is no configuration."]) }
        #expect(await probe.answer().reasons == ["There is no configuration."])
    }
}
