import Expressions

extension Decision {
    /// Puts every open step aside whose `only_while`, or that of something around it, does not hold now, and brings the others back.
    /// Deadlines run on meanwhile. True when other steps may have to move.
    mutating func updateSuspensions() -> Bool {
        guard state.phase == .open, type.index.hasConditionsOfBeingOpen else { return false }
        var isMoving = false
        var isClosed: [InstanceName: Bool] = [:]
        for instance in openInstances where !instance.isUndo {
            guard let step = state.steps[instance.name], !step.status.isBeingCancelled else { continue }
            let isSuspended = step.isSuspended
            do throws(EvaluationError) {
                let shouldBe = try isPutAside(instance, known: &isClosed)
                guard shouldBe != isSuspended else { continue }
                emit(shouldBe ? .suspended(instance.name) : .resumed(instance.name))
                isMoving = isMoving || !shouldBe
            } catch {
                fail(instance, .evaluation(error.sentence(about: "only_while", of: instance.step)))
                return true
            }
        }
        return isMoving
    }

    private func isPutAside(
        _ instance: StepInstance, known: inout [InstanceName: Bool]
    ) throws(EvaluationError) -> Bool {
        if let answer = known[instance.name] { return answer }
        var answer =
            try instance.parent.map { parent throws(EvaluationError) in
                try isPutAside(parent, known: &known)
            } ?? false
        if !answer, !instance.isElement, let condition = instance.step.onlyWhile {
            answer = try condition.evaluate(in: activation(at: instance)) != .bool(true)
        }
        known[instance.name] = answer
        return answer
    }
}
