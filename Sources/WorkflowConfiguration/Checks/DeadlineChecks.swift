import WorkflowCore

/// Whoever waits for people is due at some time, and something follows when it is late.
struct DeadlineChecks {
    let findings: Findings

    func check(_ graph: ProcessGraph) {
        for (position, step) in graph.steps.enumerated() {
            if step.isDue, !step.saysOverdue, !step.hasUnreadKeys {
                findings.error(
                    .stepDueWithoutAction, "`\(step.id.value)` is due, but nothing follows when it is late.",
                    hint: "Add `on_overdue: {tell: …}`, or what else shall follow.", at: step.id.location)
            }
            if let overdue = step.onOverdue, !step.isDue, !step.hasUnreadKeys {
                findings.error(
                    .stepActionWithoutDue, "`\(step.id.value)` is never due.",
                    hint: "Add `due: 3 working days` or such.",
                    at: overdue.location)
            }
            if let overdue = step.onOverdue, case .reject = overdue.action, !isApproval(step) {
                findings.error(
                    .stepRejectWithoutApproval, "`\(step.id.value)` is no approval, so it cannot be rejected.",
                    hint: "Write `fail`.", at: overdue.location)
            }
            if let overdue = step.onOverdue, case .tell(let people) = overdue.action, people.allSatisfy(\.isSingle) {
                findings.error(
                    .stepTellsNobody, "Nobody may be left to hear that `\(step.id.value)` is late.",
                    hint: "Tell a role, a group or a team as well.", at: overdue.location)
            }
            if step.waitsForever, step.isDue {
                findings.error(
                    .stepDueWithoutAction, "`\(step.id.value)` is due and waits forever.",
                    hint: "Take one of them out.",
                    at: step.id.location)
            }
            guard !step.isDue, !step.waitsForever, !step.hasUnreadKeys else { continue }
            let waitsForPeople = waitsForPeople(step)
            guard waitsForPeople || step.onlyWhile != nil else { continue }
            if graph.ancestors(of: position).contains(where: { graph.steps[$0].isDue }) { continue }
            if waitsForPeople {
                findings.error(
                    .stepNoDue, "`\(step.id.value)` may wait forever, and nobody would notice.",
                    hint: "Add `due` and `on_overdue`; if that is meant, `forever: true`.", at: step.id.location)
            } else {
                findings.error(
                    .stepNoDue, "`\(step.id.value)` may be put aside forever, and nobody would notice.",
                    hint: "Add `due` and `on_overdue`, here or to a step around it.", at: step.id.location)
            }
        }
    }

    private func waitsForPeople(_ step: DraftStep) -> Bool {
        switch step.kind {
        case .task, .approval, .wait(.event): true
        default: false
        }
    }

    private func isApproval(_ step: DraftStep) -> Bool {
        if case .approval = step.kind { true } else { false }
    }
}
