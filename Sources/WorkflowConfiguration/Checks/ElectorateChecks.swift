import Expressions
import WorkflowCore

/// What an approval needs can be met by those who may vote.
struct ElectorateChecks {
    let findings: Findings

    func check(_ approval: ApprovalStep, of step: Located<String>) {
        let excluded = Set(approval.excluded.map(Self.name))
        for source in approval.from.map(Self.name) where excluded.contains(source) {
            findings.error(
                .approvalNeed, "`\(source)` is asked to decide `\(step.value)` and may not vote on it.",
                hint: "Take it out of `from` or out of `not`.", at: step.location)
        }
        if !approval.fallback.isEmpty, approval.fallback.allSatisfy({ excluded.contains(Self.name($0)) }) {
            findings.error(
                .approvalNoFallback, "The fallback of `\(step.value)` may not vote on it either.",
                hint: "Name another one in `fallback`.", at: step.location)
        }
        // A fallback may be more people than those it stands in for, but nobody should have to hope for that.
        if case .count(let count) = approval.need, approval.from.allSatisfy(Self.isOnePerson) {
            let voters = Set(approval.from.map(Self.name)).count
            if count > voters {
                findings.error(
                    .approvalNeed,
                    "\(count) approvals are needed, and there \(voters == 1 ? "is" : "are") \(voters) to decide.",
                    hint: "Ask a group, or need fewer.", at: step.location)
            }
        }
    }

    private static func isOnePerson(_ source: PeopleSource) -> Bool {
        switch source {
        case .person: true
        case .expression(let expression): expression.type == .person || expression.type == .optional(.person)
        case .role, .group, .team: false
        }
    }

    /// As the file writes it.
    private static func name(_ source: PeopleSource) -> String {
        switch source {
        case .role(let id): "role:\(id)"
        case .group(let id): "group:\(id)"
        case .team(let id): "team:\(id)"
        case .person(let handle): "person:\(handle)"
        case .expression(let expression): expression.source
        }
    }
}
