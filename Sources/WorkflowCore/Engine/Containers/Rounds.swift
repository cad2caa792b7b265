import Expressions

extension Decision {
    /// Asks `until` when a round is over: the loop is done, goes on with new instances, or has exhausted its rounds.
    mutating func nextRound(of instance: StepInstance, _ loop: RepeatStep) {
        guard case .rounds(let round)? = state.steps[instance.name]?.parts else { return }
        let place = StepInstance(instance.node, path: instance.path + [.round(round)])
        do throws(EvaluationError) {
            if try loop.until.evaluate(in: activation(at: place)) == .bool(true) { return finish(instance) }
        } catch {
            return fail(instance, .evaluation(error.sentence(about: "until", of: instance.step)))
        }
        guard round < loop.maximum else { return fail(instance, .exhausted) }
        closeAdhocs(among: inner(of: instance))
        emit(.roundStarted(instance.name, round: round + 1))
    }
}
