import Expressions
import WorkflowCore

/// Every outcome that is declared can come about.
struct ReachChecks {
    let findings: Findings
    let type: DraftRequestType
    let graph: ProcessGraph

    /// Asks only types that are sound otherwise: in others, what gives an outcome may be what could not be read.
    func check() {
        let reached = reached()
        for outcome in type.outcomes where !reached.contains(outcome.id.text) {
            let name = outcome.id.text
            findings.warning(
                .outcomeUnreached, "No request ever ends as `\(name)`.",
                hint: outcome.isGood ? goodHint(name) : badHint(name),
                at: type.places["outcomes.\(name)"] ?? type.location)
        }
    }

    private func reached() -> Set<String> {
        var reached: Set<String> = []
        let bad = type.outcomes.filter { !$0.isGood }.map(\.id.text)
        // Whatever goes wrong unforeseen ends with the first bad one, and so does what a parent calls off.
        if let first = bad.first { reached.insert(first) }
        if let outcome = type.cancellation?.outcome { reached.insert(outcome.value) }
        if alwaysEnding == nil, let regular = type.outcomes.first(where: \.isGood) { reached.insert(regular.id.text) }
        for step in graph.steps {
            if case .end(let outcome?) = step.kind { reached.insert(outcome.value) }
            if case .end(let outcome) = step.onOverdue?.action { reached.insert(outcome.value) }
            var handlers = [step.onFailure]
            if case .repeat(let loop) = step.kind { handlers.append(loop.onExhausted) }
            for handler in handlers {
                switch handler?.action {
                case .end(let outcome): reached.insert(outcome.value)
                // Who is asked takes any of them.
                case .ask: reached.formUnion(bad)
                case .continue, .leave, .retry, nil: break
                }
            }
        }
        return reached
    }

    /// Where every request ends that goes well, so that its last step never settles.
    private var alwaysEnding: DraftStep? { graph.certainEnds.first.map { graph.steps[$0] } }

    private func goodHint(_ name: String) -> String {
        if let end = alwaysEnding, type.outcomes.first(where: \.isGood)?.id.text == name {
            return
                "Every request that goes well ends at `\(end.id.value)`: let that say `outcome: \(name)`, or take it out."
        }
        return "A step such as `end: as_\(name)` with `outcome: \(name)` would give it; or take it out."
    }

    private func badHint(_ name: String) -> String {
        let rejecting = graph.steps.first { step in
            guard case .approval = step.kind else { return false }
            if case .end = step.onFailure?.action { return false }
            return true
        }
        if let rejecting {
            return
                "`on_rejected: {end: \(name)}` at `\(rejecting.id.value)` would give it, or an `end`; or take it out."
        }
        if type.cancellation == nil {
            return "`cancel: {by: requester, outcome: \(name)}` would give it, or an `end`; or take it out."
        }
        return "`{end: \(name)}` at an `on_failed` or `on_overdue` would give it, or an `end`; or take it out."
    }
}
