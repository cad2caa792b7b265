import Expressions

extension Decision {
    /// Asserts the type's rules at the start of an instance, undos included. False when one is violated: the step has not started then, and
    /// the department's agents are asked.
    ///
    /// The checker proves rules beforehand; this is for what it could not know, and for definitions that nobody checked.
    mutating func keepsRules(_ instance: StepInstance) -> Bool {
        guard !type.rules.isEmpty, let rule = violatedRule(at: instance) else { return true }
        let failure = Failure.rule(rule.never.text)
        let agents = departmentAgents
        if agents.isEmpty {
            emit(.failed(instance.name, failure, handling: .ending))
            end(type.failedOutcome)
        } else {
            emit(.failed(instance.name, failure, handling: .asked(agents)))
            emit(.told(agents, .ruleViolated, about: instance.name))
        }
        return false
    }

    /// A condition that cannot be evaluated does not hold.
    private func violatedRule(at instance: StepInstance) -> Rule? {
        type.rules.first { rule in
            guard rule.never.isAbout(instance) else { return false }
            do throws(EvaluationError) {
                return try rule.unless.evaluate(in: activation(at: instance)) != .bool(true)
            } catch {
                return true
            }
        }
    }
}

extension Rule.Subject {
    /// The step or type as the file names it.
    var text: String {
        switch self {
        case .step(let step): step.text
        case .type(let type): type.text
        }
    }

    func isAbout(_ instance: StepInstance) -> Bool {
        switch self {
        case .step(let step): return instance.step.id == step && !instance.isUndo && !instance.isElement
        case .type(let type):
            if instance.isUndo {
                guard case .request(let child)? = instance.step.undo else { return false }
                return child.type == type
            }
            guard case .request(let child) = instance.step.kind else { return false }
            return child.type == type
        }
    }
}
