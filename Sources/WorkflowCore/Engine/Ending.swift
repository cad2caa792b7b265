import Expressions

extension Decision {
    /// Decides the outcome and cancels everything that has not settled, at once. Children that run are waited for; a bad end takes back
    /// what was done before it closes.
    mutating func end(_ outcome: Outcome) {
        guard state.phase == .open else { return }
        dropHeldChanges()
        for instance in rootInstances {
            cancel(instance)
            cancelInside(instance)
        }
        if !outcome.isGood { takeBackEverything() }
        if isHeldOpen { emit(.ending(outcome)) } else { close(outcome) }
    }

    /// Ends the request when all has settled, and closes an ending one when the last child has reported and the last undo is over.
    mutating func conclude() {
        switch state.phase {
        case .open:
            if isAlive || isHeldOpen { return }
            let roots = rootInstances
            if roots.allSatisfy({ isSettledEnough($0) }) {
                closeAdhocs(among: roots)
                end(type.regularOutcome ?? type.failedOutcome)
            } else if !isAddingOver {
                isAddingOver = true
                settle()
            } else {
                // The checker lets no process come here. One that does all the same ends badly instead of standing still for ever.
                end(type.failedOutcome)
            }
        case .ending(let outcome):
            if !isHeldOpen { close(outcome) }
        case .closed: break
        }
    }

    /// Whether somebody or something outside can still move the request: an open step that is no container, or a container that is put aside
    /// and may come back. A held change moves nothing: when all else has settled it comes too late.
    private var isAlive: Bool {
        state.steps.contains { name, step in
            step.status.isOpen && (step.status != .block || step.isSuspended) && name.confirmedChange == nil
        }
    }

    /// Whether it has to wait before it can close: for a child, or for something that is still to be taken back.
    private var isHeldOpen: Bool { hasOpenChildren || hasOpenUndos }

    private mutating func close(_ outcome: Outcome) {
        emit(.closed(outcome, outputs: outcome.isGood ? outputs() : [:]))
        if state.parent == nil { emit(.told([state.requester.party], .closed, about: nil)) }
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
