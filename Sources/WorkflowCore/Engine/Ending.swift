import Expressions

extension Decision {
    /// Decides the outcome and cancels everything that has not settled, at once. Children that run are waited for.
    mutating func end(_ outcome: Outcome) {
        guard state.phase == .open else { return }
        for step in type.steps {
            cancel(step)
            cancelInside(step)
        }
        if hasOpenChildren { emit(.ending(outcome)) } else { close(outcome) }
    }

    /// Ends the request when all has settled, and closes an ending one when the last child has reported.
    mutating func conclude() {
        switch state.phase {
        case .open:
            if type.steps.allSatisfy({ isFinal($0) }) {
                end(type.regularOutcome ?? type.failedOutcome)
            } else if !isAlive {
                // The checker lets no process come here. One that does all the same ends badly instead of standing still for ever.
                end(type.failedOutcome)
            }
        case .ending(let outcome):
            if !hasOpenChildren { close(outcome) }
        case .closed: break
        }
    }

    /// Whether somebody or something outside can still move the request: an open step that is no block.
    private var isAlive: Bool {
        state.steps.values.contains { step in
            switch step.status {
            case .task, .approval, .request, .asking: true
            case .block, .settled: false
            }
        }
    }

    private mutating func close(_ outcome: Outcome) {
        emit(.closed(outcome, outputs: outcome.isGood ? outputs() : [:]))
        if state.parent == nil { emit(.told([.person(state.requester)], .closed, about: nil)) }
    }

    /// What a parent learns. An output that cannot be computed is left out: it must not keep a request from ending.
    private func outputs() -> [String: Value] {
        var outputs: [String: Value] = [:]
        for output in type.outputs {
            do throws(EvaluationError) {
                outputs[output.name] = try output.value.evaluate(in: activation).present
            } catch {
                continue
            }
        }
        return outputs
    }
}
