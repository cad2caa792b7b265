import Expressions

extension Decision {
    /// Takes the first case that holds; the steps of the others are skipped. No case and no `else` is a failure.
    mutating func start(_ instance: StepInstance, _ choose: ChooseStep) throws(EvaluationError) {
        let activation = activation(at: instance)
        for (place, branch) in choose.cases.enumerated() {
            if let condition = branch.when, try condition.evaluate(in: activation) != .bool(true) { continue }
            var gives: [String: Value] = [:]
            for output in branch.gives { gives[output.name] = try output.value.evaluate(in: activation).present }
            let others = inner(of: instance)
            emit(.started(instance.name, .choice(place, gives: gives)))
            let taken = Set(inner(of: instance).map(\.name))
            for other in others where !taken.contains(other.name) { skip(other) }
            return
        }
        fail(instance, .noCase)
    }
}
