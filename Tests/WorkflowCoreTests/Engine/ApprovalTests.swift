import Expressions
import Testing

@testable import WorkflowCore

@Suite("Approvals")
struct ApprovalTests {
    private static let (a, b, c, d, e) = (Person.id(1), Person.id(2), Person.id(3), Person.id(4), Person.id(5))

    /// Voters approve (+) or reject (-) in order; what it comes to.
    struct Case: CustomTestStringConvertible, Sendable {
        let seats: [[PersonID]]
        let need: Need
        var rule = RejectionRule.any
        let votes: [(PersonID, VoteDecision)]
        let verdict: Electorate.Verdict?
        var testDescription: String { "\(need) \(rule) \(votes.count) votes" }
    }

    @Test(
        "Votes come to a verdict as soon as it is certain",
        arguments: [
            Case(seats: [[a, b]], need: .any, votes: [], verdict: nil),
            Case(seats: [[a, b]], need: .any, votes: [(b, .approve)], verdict: .approved),
            Case(seats: [[a, b]], need: .any, votes: [(b, .reject)], verdict: .rejected),
            Case(seats: [[a, b]], need: .any, rule: .unreachable, votes: [(b, .reject)], verdict: nil),
            Case(
                seats: [[a, b]], need: .any, rule: .unreachable, votes: [(b, .reject), (a, .reject)], verdict: .rejected
            ),
            Case(seats: [[a, b], [c]], need: .all, votes: [(a, .approve), (c, .approve)], verdict: nil),
            Case(
                seats: [[a, b], [c]], need: .all, votes: [(a, .approve), (c, .approve), (b, .approve)],
                verdict: .approved),
            Case(seats: [[a, b], [c]], need: .all, rule: .unreachable, votes: [(b, .reject)], verdict: .rejected),
            Case(seats: [[a, b], [c]], need: .each, votes: [(a, .approve), (b, .approve)], verdict: nil),
            Case(seats: [[a, b], [c]], need: .each, votes: [(b, .approve), (c, .approve)], verdict: .approved),
            Case(seats: [[a, b], [b, c]], need: .each, votes: [(b, .approve)], verdict: .approved),
            Case(seats: [[a, b], [c]], need: .each, rule: .unreachable, votes: [(a, .reject)], verdict: nil),
            Case(seats: [[a, b], [c]], need: .each, rule: .unreachable, votes: [(c, .reject)], verdict: .rejected),
            Case(seats: [[a, b, c]], need: .count(2), votes: [(a, .approve)], verdict: nil),
            Case(seats: [[a, b, c]], need: .count(2), votes: [(a, .approve), (c, .approve)], verdict: .approved),
            Case(seats: [[a, b, c]], need: .count(2), rule: .unreachable, votes: [(a, .reject)], verdict: nil),
            Case(
                seats: [[a, b, c]], need: .count(2), rule: .unreachable, votes: [(a, .reject), (b, .reject)],
                verdict: .rejected),
            Case(seats: [[a, b, c, d, e]], need: .percent(60), votes: [(a, .approve), (b, .approve)], verdict: nil),
            Case(
                seats: [[a, b, c, d, e]], need: .percent(60), votes: [(a, .approve), (b, .approve), (c, .approve)],
                verdict: .approved),
            Case(seats: [[a, b, c]], need: .percent(50), votes: [(a, .approve)], verdict: nil),
            Case(seats: [[a, b, c]], need: .percent(1), votes: [(a, .approve)], verdict: .approved),
            Case(seats: [[a, b]], need: .count(0), votes: [], verdict: nil),
            Case(seats: [[a, b]], need: .any, votes: [(c, .approve), (d, .reject)], verdict: nil),
        ])
    func verdicts(_ example: Case) {
        let electorate = Electorate(seats: example.seats, need: example.need, rejection: example.rule)
        let votes = example.votes.map { Vote(voter: $0.0, decision: $0.1, comment: nil) }
        #expect(electorate.verdict(on: votes) == example.verdict)
    }

    private func started(_ kind: StepKind, world: World = World(), by requester: PersonID = Person.rosa) throws -> Story
    {
        var story = Story(requestType([step("decide", kind, onFailure: .end("rejected"))]), world: world)
        try story.raise(by: requester)
        return story
    }

    private func seats(_ story: Story) -> [[PersonID]] {
        if case .approval(let approval)? = story.state?.steps["decide"]?.status {
            approval.electorate.seats
        } else {
            []
        }
    }

    @Test("Nobody approves what they ask for, unless the step asks them in so many words")
    func ownRequests() throws {
        let kind = approval(.team("hr"), fallback: [.role("hr-lead")])
        #expect(seats(try started(kind)) == [[Person.hans, Person.greta]])
        #expect(seats(try started(kind, by: Person.hans)) == [[Person.greta]])
        // A manager of their own has no seat either: it is the fallback's.
        let mine = approval(.person("hans"), fallback: [.role("hr-lead")])
        #expect(seats(try started(mine, by: Person.hans)) == [[Person.greta]])
        #expect(seats(try started(approval(people("requester")), by: Person.hans)) == [[Person.hans]])
        // Nor is a vote of their own given to them later.
        var story = try started(approvalStep(.role("hr-lead")) { $0.addVoters = [.role("employee")] }, by: Person.hans)
        #expect(story.code(.addVoter("decide", Person.hans), by: Person.greta) == "request.vote.excluded")
        try story.give(.approve("decide", comment: nil), by: Person.greta)
    }

    @Test("Leavers fill no seat, and who is in two seats counts in both")
    func leavers() throws {
        let story = try started(approval(.team("hr"), .role("hr-lead"), need: .each))
        #expect(seats(story) == [[Person.hans, Person.greta], [Person.greta]])
    }

    @Test("An excluded person votes in no seat, and the fallback fills what they leave empty, without them")
    func exclusions() throws {
        let kind = approval(
            .role("hr-lead"), .team("hr"), need: .each, not: [people("requester")], fallback: [.team("hr")])
        #expect(try seats(started(kind, by: Person.greta)) == [[Person.hans], [Person.hans]])
    }

    @Test("A seat that stays empty is never passed over: the agents are asked, and nobody has rejected anything")
    func empty() throws {
        var story = Story(
            requestType([
                step("decide", approval(.team("hr"), .role("vacant"), need: .any), onFailure: .end("rejected"))
            ]))
        #expect(try story.raise()[1] == "failed decide nobody -> asked team:hr")
        #expect(story.outcome == nil)
    }

    @Test("Where more approvals are needed than voters can give, the agents are asked")
    func infeasible() throws {
        var story = Story(
            requestType([step("decide", approval(.team("hr"), need: .count(3)), onFailure: .end("rejected"))]))
        #expect(try story.raise()[1] == "failed decide nobody -> asked team:hr")
    }

    @Test("One person, one vote; after the decision there are none")
    func oneVote() throws {
        var story = try started(approval(.team("hr"), .role("hr-lead"), need: .all, rejection: .unreachable))
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        #expect(story.state?.workItems["decide"]?.offeredTo == [.person(Person.greta)])
        #expect(story.code(.reject("decide", comment: nil), by: Person.hans) == "request.vote.already_cast")
        #expect(story.code(.approve("decide", comment: nil), by: Person.rosa) == "request.vote.not_a_voter")
        try story.give(.approve("decide", comment: nil), by: Person.greta)
        #expect(story.outcome == "done")
        #expect(story.code(.approve("decide", comment: nil), by: Person.hans) == "request.closed")
    }

    @Test("A leaver's vote stands")
    func leaversVote() throws {
        var story = try started(approval(.team("hr"), need: .all))
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        story.world.leave(Person.hans)
        try story.give(.approve("decide", comment: nil), by: Person.greta)
        #expect(story.outcome == "done")
    }

    @Test("A rejection that is continued leaves its outcome to later expressions")
    func continued() throws {
        var story = Story(
            requestType([
                step("decide", approval(.team("hr")), onFailure: .continue),
                step("appeal", task(people("requester")), when: "decide.outcome == \"rejected\"", after: ["decide"]),
            ]))
        try story.raise()
        #expect(
            try story.give(.reject("decide", comment: nil), by: Person.hans).suffix(2) == [
                "failed decide rejected -> continued", "started appeal for rosa (assigned)",
            ])
    }

    @Test("Comments have bounds")
    func comments() throws {
        var story = try started(approval(.team("hr")))
        let long = String(repeating: "x", count: 10_001)
        #expect(story.code(.approve("decide", comment: long), by: Person.hans) == "comment.too_long")
        #expect(story.code(.approve("decide", comment: "\u{0}"), by: Person.hans) == "comment.unreadable")
        #expect(story.code(.comment("  \n"), by: Person.hans) == "comment.empty")
    }
}
