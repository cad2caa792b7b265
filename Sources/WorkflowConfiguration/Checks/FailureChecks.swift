import Expressions
import WorkflowCore

/// What can fail is handled, where it stands or around it.
struct FailureChecks {
    let findings: Findings

    func check(_ graph: ProcessGraph) {
        for (position, step) in graph.steps.enumerated() {
            if case .leave(let scope) = step.onFailure?.action { checkLeave(scope, from: position, graph) }
            // A container that is late may leave itself: it is over then, as if all in it were done.
            if case .leave(let scope) = step.onOverdue?.action, scope.value != step.id.value || step.inner.isEmpty {
                checkLeave(scope, from: position, graph)
            }
            if case .repeat(let loop) = step.kind, case .leave(let scope) = loop.onExhausted?.action {
                checkLeave(scope, from: position, graph)
            }
            if let handler = step.onFailure, case .ask(let people) = handler.action, people.allSatisfy(\.isSingle) {
                findings.error(
                    .stepTellsNobody, "Nobody may be left to say what follows when `\(step.id.value)` fails.",
                    hint: "Ask a role, a group or a team as well.", at: handler.location)
            }
            guard let reason = reasonToFail(step), !isHandled(position, graph) else { continue }
            findings.error(
                .stepUnhandledFailure, "`\(step.id.value)` \(reason), and nothing says what follows.",
                hint: hint(step),
                at: step.id.location)
        }
    }

    private func checkLeave(_ block: Located<String>, from position: Int, _ graph: ProcessGraph) {
        let around = graph.ancestors(of: position).map { graph.steps[$0].id.value }
        guard !around.contains(block.value) else { return }
        if graph.position(of: block.value) == nil {
            findings.error(
                .unknownStep, "There is no step `\(block.value)`.",
                hint: NearestName.hint(for: block.value, among: around),
                at: block.location)
        } else {
            findings.error(
                .stepLeaveScope, "`\(block.value)` is not around `\(graph.steps[position].id.value)`.",
                hint: around.isEmpty ? "There is no step around it." : "Those are \(around.joined(separator: ", ")).",
                at: block.location)
        }
    }

    private func reasonToFail(_ step: DraftStep) -> String? {
        switch step.kind {
        case .approval: return "may be rejected"
        case .request: return "may end badly"
        case .call: return "may get no answer"
        case .repeat(let loop):
            switch loop.onExhausted?.action {
            case nil, .retry: return "may not come to its end"
            case .continue, .end, .leave, .ask: break
            }
        case .each(let each):
            if case .count = each.need { return "may have too few elements" }
        case .task(let task):
            if !task.assign.isEmpty, task.fallback.isEmpty, task.assign.allSatisfy(\.mayBeNobody) {
                return "may find nobody to do it"
            }
        default: break
        }
        if case .fail = step.onOverdue?.action { return "fails when it is late" }
        return nil
    }

    /// Trying again is no end of it: the last failure goes on outward.
    private func isHandled(_ position: Int, _ graph: ProcessGraph) -> Bool {
        ([position] + graph.ancestors(of: position)).contains { scope in
            switch graph.steps[scope].onFailure?.action {
            case .continue, .end, .leave, .ask: true
            case .retry: false
            // What cannot be read has been complained about.
            case nil: graph.steps[scope].saysFailure
            }
        }
    }

    private func hint(_ step: DraftStep) -> String {
        switch step.kind {
        case .approval: return "Add `on_rejected: {end: …}`, or `on_failed` to a block around it."
        case .task where step.onOverdue.map({ if case .fail = $0.action { false } else { true } }) ?? true:
            return "Add `fallback: role:…`, or `on_failed` here or to a block around it."
        case .repeat: return "Add `on_exhausted: {end: …}` or such, or `on_failed` here or to a step around it."
        default: return "Add `on_failed: {ask: …}` or such, here or to a block around it."
        }
    }
}
