import Expressions
import WorkflowCore

/// Approvals have voters whatever happens, and are about fields that exist.
struct ApprovalChecks {
    let findings: Findings

    func check(_ type: DraftRequestType, _ graph: ProcessGraph) {
        for step in graph.steps {
            guard case .approval(let approval) = step.kind else { continue }
            checkVoters(approval, of: step)
            for field in approval.covers ?? [] where !type.fields.contains(where: { $0.id.value == field.value }) {
                findings.error(
                    .unknownField, "There is no field `\(field.value)`.",
                    hint: NearestName.hint(for: field.value, among: type.fields.map(\.id.value)), at: field.location)
            }
        }
    }

    private func checkVoters(_ approval: DraftApproval, of step: DraftStep) {
        guard !approval.from.isEmpty, approval.fallback.isEmpty else { return }
        // With `each`, one empty seat is one too many; otherwise all of them would have to be empty.
        let isLeftAlone =
            approval.need == .each ? approval.from.contains(where: \.isSingle) : approval.from.allSatisfy(\.isSingle)
        if isLeftAlone {
            findings.error(
                .approvalNoFallback, "If that person has left or may not vote, nobody decides `\(step.id.value)`.",
                hint: "Add `fallback: role:…`.", at: step.id.location)
        } else if !approval.excluded.isEmpty {
            findings.error(
                .approvalNoFallback, "If all who decide `\(step.id.value)` may not vote, nobody is left.",
                hint: "Add `fallback: role:…` for whom `not` excludes.", at: step.id.location)
        }
    }
}
