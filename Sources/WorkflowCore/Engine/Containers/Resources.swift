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

    /// Whether a step holds it already.
    func isHeld(_ resource: String) -> Bool {
        state.steps.values.contains { $0.held == resource && $0.status.isOpen }
    }
}
