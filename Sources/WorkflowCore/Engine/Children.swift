import Expressions

extension Decision {
    /// Orders a child with what `with` gives now.
    mutating func start(_ step: Step, _ child: ChildStep) throws(EvaluationError) {
        var inputs: [String: Value] = [:]
        for input in child.inputs {
            let value: Value
            switch input.value {
            case .expression(let expression): value = try expression.evaluate(in: activation)
            case .text(let template):
                value = .string(try template.evaluate(in: activation, naming: context.directory.naming))
            }
            inputs[input.field.text] = value.present
        }
        emit(
            .started(
                InstanceName(step.id),
                .request(child: orderChild(), type: child.type, inputs: inputs, wait: child.wait)))
    }

    mutating func childReported(
        _ name: InstanceName, _ child: RequestID, _ report: ChildReport
    ) throws(Rejection) {
        guard name.scopes.isEmpty, let step = type.index[name.step], case .request(let definition) = step.kind,
            case .request(let open)? = state.steps[name]?.status, open.child == child
        else { throw .stale("The step no longer waits for this request.") }
        switch report {
        case .submitted(let number):
            guard open.number == nil else { throw .stale("The request has reported already that it exists.") }
            emit(.childSubmitted(name, number: number))
            if definition.wait == .submitted, !open.isCancelRequested { emit(.done(name, outcome: nil)) }
        case .refused(let reason):
            emit(.childRefused(name, reason: reason))
            if open.isCancelRequested { emit(.cancelled(name)) } else { fail(step, .child(outcome: "refused")) }
        case .closed(let outcome, let outputs):
            emit(.childClosed(name, outcome, outputs: outputs))
            if open.isCancelRequested {
                emit(.cancelled(name))
            } else if !outcome.isGood {
                fail(step, .child(outcome: outcome.id.text))
            }
        }
    }

    /// Whether a child runs that the request has to wait for before it can close.
    var hasOpenChildren: Bool {
        state.steps.values.contains { if case .request = $0.status { true } else { false } }
    }

    /// Cancels one step that has not settled: closes it, or asks its child to end and leaves it open until the child has.
    mutating func cancel(_ step: Step) {
        let name = InstanceName(step.id)
        switch state.steps[name]?.status {
        case .request(let child)? where !ordered.contains(child.child):
            if !child.isCancelRequested { emit(.childCancelRequested(name)) }
        case let status? where status.isFinal: break
        default: emit(.cancelled(name))
        }
    }

    /// Cancels everything in a block that has not settled, what still waits included.
    mutating func cancelInside(_ step: Step) {
        guard case .block(let steps) = step.kind else { return }
        for inner in steps {
            cancel(inner)
            cancelInside(inner)
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
