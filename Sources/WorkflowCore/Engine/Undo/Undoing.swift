import Expressions

/// Taking back. What is done is prepared for it at once, with what it needs frozen; a scope that is cancelled makes what was done in it
/// due; and due undos run one after the other, last done first, once the children that were cancelled have ended. Nothing cancels them.
extension Decision {
    /// Freezes what the undo of a step needs that has just been done. What cannot be computed is missing: then the undo is refused, and
    /// people see to it.
    mutating func prepareUndo(of name: InstanceName) {
        guard let step = state.steps[name], step.isDone, step.undo == nil, !name.isUndo,
            let instance = type.index.instance(name), !instance.isElement, instance.step.canBeUndone
        else { return }
        emit(.undoPrepared(name, inputs: undoInputs(of: instance)))
    }

    private func undoInputs(of instance: StepInstance) -> [String: Value] {
        var inputs: [String: Value] = [:]
        if case .call(let call)? = instance.step.undo {
            do throws(EvaluationError) {
                return try entered(into: call, at: instance)
            } catch {
                return [:]
            }
        }
        for (input, value) in instance.step.undo?.inputs ?? [] {
            do throws(EvaluationError) {
                inputs[input] = try self.value(of: value, at: instance)
            } catch {
                continue
            }
        }
        return inputs
    }

    /// Makes due what turned out to be done after it was cancelled; unless the request ends well.
    mutating func takeBackLate(_ instance: StepInstance) {
        if case .ending(let outcome) = state.phase, outcome.isGood { return }
        if state.steps[instance.name]?.undo?.isDue == false { emit(.undoDue(instance.name)) }
    }

    /// Makes due what was done in an instance, or by it, and was not taken back yet.
    mutating func takeBack(inside scope: StepInstance) {
        guard type.index.hasUndos else { return }
        takeBack { $0.name == scope.name || $0.isInside(scope) }
    }

    /// Makes due all that was done and was not taken back yet.
    mutating func takeBackEverything() {
        guard type.index.hasUndos else { return }
        takeBack { _ in true }
    }

    private mutating func takeBack(where isMeant: (StepInstance) -> Bool) {
        let prepared = state.steps.filter { $0.value.undo?.isDue == false }
        for (name, _) in prepared.sorted(by: { Self.order($0.value) > Self.order($1.value) }) {
            guard let instance = type.index.instance(name), isMeant(instance) else { continue }
            emit(.undoDue(name))
        }
    }

    private static func order(_ step: StepState) -> Int { step.undo?.order ?? 0 }

    /// Whether something is still to be taken back.
    var hasOpenUndos: Bool {
        guard type.index.hasUndos else { return false }
        return state.steps.contains { name, step in
            step.undo?.isDue == true && type.index.instance(name).map { !isFinal($0.undo) } ?? false
        }
    }

    /// Starts the undo whose turn it is, unless one runs already or a child that was to be cancelled has not ended.
    mutating func runUndos() {
        guard type.index.hasUndos, !isTakingBack else { return }
        let waiting = state.steps.compactMap { name, step -> (instance: StepInstance, order: Int)? in
            guard let undo = step.undo, undo.isDue, let instance = type.index.instance(name),
                !isFinal(instance.undo)
            else { return nil }
            return (instance, undo.order)
        }
        guard let last = waiting.max(by: { $0.order < $1.order })?.instance else { return }
        startUndo(of: last)
    }

    /// Whether an undo runs or has failed and waits for people, or a child that was to be cancelled still runs.
    private var isTakingBack: Bool {
        state.steps.contains { name, step in
            if name.isUndo, step.status.isOpen { return true }
            switch step.status {
            case .request(let child): return child.isCancelRequested
            case .call(let call): return call.isCancelRequested
            default: return false
            }
        }
    }

    private mutating func startUndo(of instance: StepInstance) {
        let inputs = state.steps[instance.name]?.undo?.inputs ?? [:]
        guard keepsRules(instance.undo) else { return }
        switch instance.step.undo {
        case .request(let child)?: order(instance.undo, child, inputs: inputs)
        case .call(let call)?:
            if inputs[FrozenCall.pathName] == nil {
                failUndo(
                    instance.undo, .evaluation("The path of the call that undoes `\(instance.step.id)` is not known."))
            } else {
                order(instance.undo, call, entered: inputs)
            }
        case Undo.none?, nil: emit(.done(instance.undo.name, outcome: nil))
        }
    }

    /// A failed undo is never passed over in silence: the department's agents try it again, or accept that it stays as it is.
    mutating func failUndo(_ instance: StepInstance, _ failure: Failure) {
        let agents = departmentAgents
        let handling: FailureHandling = agents.isEmpty ? .continued : .asked(agents)
        emit(.failed(instance.name, failure, handling: handling))
    }

    /// The agents' answer to a failed undo: it stays as it is, the others go on.
    mutating func accept(_ name: InstanceName) throws(Rejection) {
        let (instance, failure) = try askingStep(name)
        guard instance.isUndo else {
            throw Rejection(
                .conflict, code: "request.step.not_accepted", message: "Only an undo that failed can be accepted.")
        }
        emit(.failed(name, failure, handling: .continued))
    }
}

extension Undo {
    /// What its request or call is given.
    fileprivate var inputs: [(String, PassedValue)] {
        switch self {
        case .none: []
        case .request(let child): child.inputs.map { ($0.field.text, $0.value) }
        case .call: []
        }
    }
}
