import Expressions
import WorkflowCore

/// What an approval needs can be met by those who may vote.
struct ElectorateChecks {
    let findings: Findings
    /// Of the request.
    let fields: [DraftField]

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
        if case .count(let count) = approval.need, let voters = mostVoters(approval.from), count > voters {
            findings.error(
                .approvalNeed,
                "\(count) approvals are needed, and there \(voters == 1 ? "is" : "are at most") \(voters) to decide.",
                hint: "Ask a group, or need fewer.", at: step.location)
        }
    }

    /// How many people there can be at most; nil where the files set no bound.
    private func mostVoters(_ sources: [PeopleSource]) -> Int? {
        var counts: [String: Int] = [:]
        for source in sources {
            guard let count = mostPeople(source) else { return nil }
            counts[Self.name(source)] = count
        }
        return counts.values.reduce(0, +)
    }

    private func mostPeople(_ source: PeopleSource) -> Int? {
        switch source {
        case .person: return 1
        case .role, .group, .team: return nil
        case .expression(let expression):
            if expression.type == .person || expression.type == .optional(.person) { return 1 }
            let field = fields.first { $0.id.value == expression.source }
            if case .list(_, _, let maximum, _)? = field?.kind { return maximum }
            return nil
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
