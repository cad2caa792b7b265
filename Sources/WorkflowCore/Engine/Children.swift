import Expressions

extension Decision {
    /// Orders a child with what `with` gives now.
    mutating func start(_ instance: StepInstance, _ child: ChildStep) throws(EvaluationError) {
        order(instance, child, inputs: try inputs(of: child, at: instance))
    }

    /// Orders the child of an instance, with those inputs.
    mutating func order(_ instance: StepInstance, _ child: ChildStep, inputs: [String: Value]) {
        emit(
            .started(
                instance.name, .request(child: orderChild(), type: child.type, inputs: inputs, wait: child.wait)))
    }

    /// What `with` gives now.
    func inputs(of child: ChildStep, at instance: StepInstance) throws(EvaluationError) -> [String: Value] {
        var inputs: [String: Value] = [:]
        for input in child.inputs {
            inputs[input.field.text] = try value(of: input.value, at: instance)
        }
        return inputs
    }

    /// What a passed value is now; nil when there is none.
    func value(of passed: PassedValue, at instance: StepInstance) throws(EvaluationError) -> Value? {
        try value(of: passed, in: activation(at: instance))
    }

    /// The same for expressions that see more than the instance does.
    func value(of passed: PassedValue, in activation: RequestActivation) throws(EvaluationError) -> Value? {
        switch passed {
        case .expression(let expression): return try expression.evaluate(in: activation).present
        case .text(let template):
            return .string(try template.evaluate(in: activation, naming: context.directory.naming))
        }
    }

    mutating func childReported(
        _ name: InstanceName, _ child: RequestID, _ report: ChildReport
    ) throws(Rejection) {
        guard let instance = type.index.instance(name), let definition = instance.child,
            case .request(let open)? = state.steps[name]?.status, open.child == child,
            state.steps[name]?.keptEnd == nil
        else { throw .stale("The step no longer waits for this request.") }
        switch report {
        case .submitted(let number):
            guard open.number == nil else { throw .stale("The request has reported already that it exists.") }
            emit(.childSubmitted(name, number: number))
            if definition.wait == .submitted, !open.isCancelRequested, state.steps[name]?.isSuspended == false {
                emit(.done(name, outcome: nil))
            }
        case .refused(let reason):
            take(.refused(reason: reason), of: instance, isCancelRequested: open.isCancelRequested)
        case .closed(let outcome, let outputs):
            take(.closed(outcome, outputs: outputs), of: instance, isCancelRequested: open.isCancelRequested)
        case .changeRefused(let reason):
            emit(.childChangeRefused(name, reason: reason))
            let agents = departmentAgents
            if !agents.isEmpty { emit(.told(agents, .changeRefused, about: name)) }
        }
    }

    /// Whether a child runs, or a call is under way, that the request has to wait for before it can close.
    var hasOpenChildren: Bool {
        state.steps.values.contains { step in
            switch step.status {
            case .request, .call: true
            default: false
            }
        }
    }

    /// Cancels one step that has not settled: closes it, or asks its child to end and leaves it open until the child has. A call that is
    /// under way may have its effect: its answer is waited for.
    mutating func cancel(_ instance: StepInstance) {
        let name = instance.name
        if let kept = state.steps[name]?.keptEnd {
            return carryOut(kept.end, of: instance, isCancelRequested: true)
        }
        switch status(of: instance) {
        case .request(let child)? where !ordered.contains(child.child):
            if !child.isCancelRequested { emit(.childCancelRequested(name)) }
        case .call(let call)? where !orderedCalls.contains(call.id):
            if !call.isCancelRequested { emit(.callCancelRequested(name)) }
        case let status? where status.isFinal: break
        default: emit(.cancelled(name))
        }
    }

    /// Cancels everything in a container that has not settled, what still waits included.
    mutating func cancelInside(_ instance: StepInstance) {
        for inner in inner(of: instance) {
            cancel(inner)
            cancelInside(inner)
        }
    }
}

extension StepInstance {
    /// The child that it raises: the step's own, or the one that undoes it.
    fileprivate var child: ChildStep? {
        if isUndo {
            if case .request(let child)? = step.undo { child } else { nil }
        } else {
            if case .request(let child) = step.kind { child } else { nil }
        }
    }
}

extension Value {
    /// The value without the shell of an optional; nil when there is none.
    var present: Value? {
        switch self {
        case .null, .optional(nil): nil
        case .optional(let value?): value.present
        default: self
        }
    }
}
