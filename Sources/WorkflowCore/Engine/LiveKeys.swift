import Expressions

/// A key of a step that is worked out again at every change while the step runs.
public enum LiveKey: String, Hashable, Sendable, Codable, CaseIterable {
    /// When it is due.
    case due
    /// Whether it is open or put aside.
    case onlyWhile = "only_while"
}

/// What a step that runs was told by a live key holds when the key cannot be worked out any more: work that is under way is not given up
/// for that, nor what stands in a container. People learn it once and put right what it reads, and then the key counts again.
extension Decision {
    /// Leaves the step as it was, and tells those whom its `on_failed` asks, else the department's agents.
    mutating func keepAsItWas(_ instance: StepInstance, _ key: LiveKey, _ error: EvaluationError) {
        guard let step = state.steps[instance.name], !step.unreadable.contains(key) else { return }
        emit(.unreadable(instance.name, key, reason: error.sentence(about: key.rawValue, of: instance.step)))
        let parties = guardians(of: instance)
        if !parties.isEmpty { emit(.told(parties, .unreadable, about: instance.name)) }
    }

    /// The key counts again.
    mutating func noteReadable(_ instance: StepInstance, _ key: LiveKey) {
        guard state.steps[instance.name]?.unreadable.contains(key) == true else { return }
        emit(.readable(instance.name, key))
    }

    /// Whether this very decision has started it or put it aside before it began: nothing is lost then when it fails.
    func hasBegunNow(_ name: InstanceName) -> Bool {
        events.contains { event in
            switch event {
            case .started(name, _), .postponed(name): true
            default: false
            }
        }
    }

    private func guardians(of instance: StepInstance) -> [Party] {
        guard case .ask(let sources)? = instance.step.onFailure else { return departmentAgents }
        do throws(EvaluationError) {
            let parties = try people(at: instance).reachable(sources).filter { $0 != .anonymous }
            return parties.isEmpty ? departmentAgents : parties
        } catch {
            return departmentAgents
        }
    }
}
