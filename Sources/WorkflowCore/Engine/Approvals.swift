package import Expressions

extension Decision {
    mutating func vote(_ decision: VoteDecision, on name: InstanceName, _ comment: String?) throws(Rejection) {
        if let number = name.confirmedChange { return try confirm(decision, on: name, number, comment) }
        let person = try actor()
        let (instance, status) = try openStep(name)
        guard case .approval(let approval) = status else { throw .stepNotOpen }
        try cast(decision, by: person, on: name, approval, comment)
        switch approval.electorate.verdict(on: approval.votes + [Vote(voter: person, decision: decision, comment: nil)])
        {
        case .approved: emit(.done(name, outcome: ApprovalOutcome.approved))
        case .rejected: fail(instance, .rejected)
        case nil: break
        }
    }

    /// One person, one vote.
    mutating func cast(
        _ decision: VoteDecision, by person: PersonID, on name: InstanceName, _ approval: OpenApproval,
        _ comment: String?
    ) throws(Rejection) {
        guard approval.electorate.voters.contains(person) else { throw .notAVoter }
        guard !approval.votes.contains(where: { $0.voter == person }) else {
            throw Rejection(
                .conflict, code: "request.vote.already_cast", message: "You have voted on this already.")
        }
        emit(.voted(name, by: person, decision, comment: try TextRules.checked(comment)))
    }

    /// Freezes the electorate and opens the vote. Where a seat stays empty, or there are too few voters for what is needed, nobody can
    /// decide.
    mutating func start(_ instance: StepInstance, _ approval: ApprovalStep) throws(EvaluationError) {
        guard let electorate = try electorate(of: approval, at: instance) else { return fail(instance, .nobody) }
        guard electorate.canBeMet(after: []) else { return fail(instance, .nobody) }
        emit(.started(instance.name, .approval(electorate)))
    }
}

/// What an approval's step is called to have come to; expressions read it as `decide.outcome`.
package enum ApprovalOutcome {
    package static let approved = "approved"
    package static let rejected = "rejected"
    /// The output that holds what the voters wrote, in the order of their votes.
    package static let comments = "comments"
    /// Expressions read no more than that, so that what they cost has a bound: so many comments, of each so many characters.
    package static let commentsSize = SizeBound.list(25, of: .text(2_000))

    static func comments(of votes: [Vote]) -> Value {
        let (count, length) = (commentsSize.count ?? 0, commentsSize.element?.count ?? 0)
        let texts = votes.compactMap(\.comment).prefix(count)
        return .list(texts.map { .string(String(String.UnicodeScalarView($0.unicodeScalars.prefix(length)))) })
    }
}

extension Electorate {
    /// What the votes come to.
    public enum Verdict: Hashable, Sendable {
        case approved
        case rejected
    }

    /// What these votes come to; nil while it is open. Votes of people without a seat do not count.
    public func verdict(on votes: [Vote]) -> Verdict? {
        let rejected = votes.contains { $0.decision == .reject && isVoter($0.voter) }
        if rejection == .any, rejected { return .rejected }
        if isMet(approvers: Set(votes.lazy.filter { $0.decision == .approve }.map(\.voter))) { return .approved }
        return canBeMet(after: votes) ? nil : .rejected
    }

    /// Whether approval is still possible: it is if everybody who has not voted approved.
    func canBeMet(after votes: [Vote]) -> Bool {
        let rejecters = Set(votes.lazy.filter { $0.decision == .reject }.map(\.voter))
        return isMet(approvers: Set(voters).subtracting(rejecters))
    }

    /// What is needed of these voters, also when there are fewer of them: a share becomes a number, so that leaving lowers no bar. All
    /// stays all of those who are left.
    var frozenNeed: Need {
        if case .percent = need { .count(needed(of: members.count)) } else { need }
    }

    private func isMet(approvers: Set<PersonID>) -> Bool {
        switch need {
        case .each: return seats.allSatisfy { seat in seat.contains { isFilled($0, by: approvers) } }
        case .all:
            let members = members
            return !members.isEmpty && members.allSatisfy { isFilled($0, by: approvers) }
        case .any, .count, .percent: return approvals(by: approvers) >= needed(of: members.count)
        }
    }

    /// How many approvals `need` asks of so many voters; never less than one.
    private func needed(of voters: Int) -> Int {
        switch need {
        case .any, .each: 1
        case .all: max(1, voters)
        case .count(let count): max(1, count)
        case .percent(let percent): max(1, (voters * max(0, percent) + 99) / 100)
        }
    }

    private func isVoter(_ person: PersonID) -> Bool {
        seats.contains { $0.contains(person) } || standIns.contains { $0.value.contains(person) }
    }
}

extension Rejection {
    static var notAVoter: Rejection {
        Rejection(.forbidden, code: "request.vote.not_a_voter", message: "You have no vote on this.")
    }
}
