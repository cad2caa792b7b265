import Expressions

extension Decision {
    /// The resource that a step would hold now; nil for none.
    func resource(of instance: StepInstance) throws(EvaluationError) -> String? {
        guard let hold = instance.step.hold else { return nil }
        switch try hold.evaluate(in: activation(at: instance)).present {
        case nil: return nil
        case .string(let text)?, .person(let text)?: return text
        default: throw EvaluationError(code: "evaluation.type", message: "What a step holds is a text.")
        }
    }

    /// Whether another step holds it already. What holds a thing around a step shares it with that step.
    func isHeld(_ resource: String, before instance: StepInstance) -> Bool {
        state.steps.contains { name, step in
            guard step.held == resource, step.status.isOpen, let holder = type.index.instance(name) else {
                return false
            }
            return !instance.isInside(holder)
        }
    }
}
