import Expressions

extension Decision {
    mutating func vote(_ decision: VoteDecision, on name: InstanceName, _ comment: String?) throws(Rejection) {
        let person = try actor()
        let (instance, status) = try openStep(name)
        guard case .approval(let approval) = status else { throw .stepNotOpen }
        guard approval.electorate.voters.contains(person) else { throw .notAVoter }
        guard !approval.votes.contains(where: { $0.voter == person }) else {
            throw Rejection(.conflict, code: "request.vote.already_cast", message: "You have voted on this already.")
        }
        emit(.voted(name, by: person, decision, comment: try TextRules.checked(comment)))
        switch approval.electorate.verdict(on: approval.votes + [Vote(voter: person, decision: decision, comment: nil)])
        {
        case .approved: emit(.done(name, outcome: ApprovalOutcome.approved))
        case .rejected: fail(instance, .rejected)
        case nil: break
        }
    }

    /// Freezes the electorate and opens the vote. Fails when a seat stays empty, or when there are too few voters for what is needed.
    mutating func start(_ instance: StepInstance, _ approval: ApprovalStep) throws(EvaluationError) {
        let people = people(at: instance)
        let excluded = try people.members(of: approval.excluded)
        let fallback = try people.members(of: approval.fallback).subtracting(excluded)
        var seats: [[PersonID]] = []
        for source in approval.from {
            let members = try people.members(of: [source]).subtracting(excluded)
            seats.append((members.isEmpty ? fallback : members).sorted())
        }
        guard !seats.isEmpty, !seats.contains(where: \.isEmpty) else { return fail(instance, .nobody) }
        let electorate = Electorate(seats: seats, need: approval.need, rejection: approval.rejection)
        guard electorate.canBeMet(after: []) else { return fail(instance, .rejected) }
        emit(.started(instance.name, .approval(electorate)))
    }
}

/// What an approval's step is called to have come to; expressions read it as `decide.outcome`.
package enum ApprovalOutcome {
    package static let approved = "approved"
    package static let rejected = "rejected"
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
        if case .percent = need { .count(needed(of: voters.count)) } else { need }
    }

    private func isMet(approvers: Set<PersonID>) -> Bool {
        if case .each = need { return seats.allSatisfy { seat in seat.contains { approvers.contains($0) } } }
        let voters = voters
        let approvals = voters.count { approvers.contains($0) }
        return approvals >= needed(of: voters.count)
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

    private func isVoter(_ person: PersonID) -> Bool { seats.contains { $0.contains(person) } }
}

extension Rejection {
    static var notAVoter: Rejection {
        Rejection(.forbidden, code: "request.vote.not_a_voter", message: "You have no vote on this.")
    }
}
