import Expressions

/// `only_while`. While it does not hold, nothing in the step begins, is worked on or settles by itself; what is under way outside goes on,
/// and its end is kept. Deadlines run.
extension Decision {
    /// Puts every open step aside whose `only_while`, or that of something around it, does not hold now, and brings the others back.
    /// True when other steps may have to move.
    @discardableResult
    mutating func updateSuspensions() -> Bool {
        guard state.phase == .open, type.index.hasConditionsOfBeingOpen else { return false }
        var isMoving = false
        var known: [InstanceName: Bool] = [:]
        for instance in openInstances where !instance.isUndo {
            guard let step = state.steps[instance.name], !step.status.isBeingCancelled else { continue }
            let isSuspended = step.isSuspended
            let shouldBe = isPutAside(instance, known: &known)
            guard shouldBe != isSuspended else { continue }
            emit(shouldBe ? .suspended(instance.name) : .resumed(instance.name))
            isMoving = isMoving || !shouldBe
        }
        return isMoving
    }

    /// What cannot be worked out leaves it as it is.
    private mutating func isPutAside(_ instance: StepInstance, known: inout [InstanceName: Bool]) -> Bool {
        if let answer = known[instance.name] { return answer }
        var answer = false
        if let parent = instance.parent { answer = isPutAside(parent, known: &known) }
        if !answer {
            do throws(EvaluationError) {
                answer = try isClosed(instance)
                noteReadable(instance, .onlyWhile)
            } catch {
                answer = state.steps[instance.name]?.isSuspended == true
                keepAsItWas(instance, .onlyWhile, error)
            }
        }
        known[instance.name] = answer
        return answer
    }

    /// Whether an instance that is open or about to begin has an `only_while` that does not hold now. Those who are asked about a failed
    /// step answer at any time.
    func isClosed(_ instance: StepInstance) throws(EvaluationError) -> Bool {
        guard let condition = instance.step.onlyWhile, !instance.isElement else { return false }
        switch status(of: instance) {
        case .asking?, .settled(.done)?: return false
        default: return try condition.evaluate(in: activation(at: instance).moved(to: presence)) != .bool(true)
        }
    }

    /// Whether something around an instance is about to be put aside: then nothing begins in it. What cannot be worked out stays as it is.
    func isInsideOfWhatIsClosed(_ instance: StepInstance) -> Bool {
        guard type.index.hasConditionsOfBeingOpen else { return false }
        for around in instance.ancestors {
            do throws(EvaluationError) {
                if try isClosed(around) { return true }
            } catch {
                if state.steps[around.name]?.isSuspended != false { return true }
            }
        }
        return false
    }
}
