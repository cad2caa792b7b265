import Expressions
import Testing

@testable import WorkflowCore

@Suite("Deputies, stand-ins and added voters")
struct ElectorateTests {
    private static let (a, b, c, d) = (Person.id(1), Person.id(2), Person.id(3), Person.id(4))

    struct Case: CustomTestStringConvertible, Sendable {
        let seats: [[PersonID]]
        let standIns: [PersonID: Set<PersonID>]
        let need: Need
        var rule = RejectionRule.any
        let votes: [(PersonID, VoteDecision)]
        let verdict: Electorate.Verdict?
        var testDescription: String { "\(need) \(rule) \(votes.count) votes" }
    }

    @Test(
        "Whoever stands in fills the seat, and each vote counts once",
        arguments: [
            Case(seats: [[a], [b]], standIns: [a: [c]], need: .each, votes: [(c, .approve)], verdict: nil),
            Case(
                seats: [[a], [b]], standIns: [a: [c]], need: .each, votes: [(c, .approve), (b, .approve)],
                verdict: .approved),
            Case(
                seats: [[a], [b]], standIns: [a: [c], b: [c]], need: .each, votes: [(c, .approve)], verdict: .approved),
            Case(seats: [[a, b]], standIns: [a: [c], b: [c]], need: .all, votes: [(c, .approve)], verdict: .approved),
            Case(
                seats: [[a, b]], standIns: [a: [c]], need: .count(2), votes: [(a, .approve), (c, .approve)],
                verdict: nil),
            Case(seats: [[a, b]], standIns: [a: [c], b: [c]], need: .count(2), votes: [(c, .approve)], verdict: nil),
            Case(
                seats: [[a, b]], standIns: [a: [b], b: [c]], need: .count(2), votes: [(b, .approve), (c, .approve)],
                verdict: .approved),
            Case(
                seats: [[a, b]], standIns: [a: [c, d]], need: .percent(100), votes: [(c, .approve), (d, .approve)],
                verdict: nil),
            Case(seats: [[a]], standIns: [a: [c]], need: .any, votes: [(c, .reject)], verdict: .rejected),
            Case(seats: [[a]], standIns: [a: [c]], need: .any, rule: .unreachable, votes: [(c, .reject)], verdict: nil),
            Case(
                seats: [[a]], standIns: [a: [c]], need: .any, rule: .unreachable, votes: [(c, .reject), (a, .reject)],
                verdict: .rejected),
        ])
    func verdicts(_ example: Case) {
        let electorate = Electorate(
            seats: example.seats, need: example.need, rejection: example.rule, standIns: example.standIns)
        let votes = example.votes.map { Vote(voter: $0.0, decision: $0.1, comment: nil) }
        #expect(electorate.verdict(on: votes) == example.verdict)
    }

    private func started(_ kind: StepKind, world: World, by requester: PersonID = Person.rosa) throws -> Story {
        var story = Story(
            requestType([step("decide", kind, onFailure: .end("rejected"))]), world: world)
        try story.raise(by: requester)
        return story
    }

    @Test("The deputy of the day may vote in a voter's place, on other days not")
    func deputies() throws {
        var world = World()
        world.deputise(Person.mila, by: Person.greta, from: date("2026-11-23"), until: date("2026-11-23"))
        world.deputise(Person.mila, by: Person.hans, from: date("2026-11-24"))
        world.deputise(Person.mila, by: Person.carl)
        var story = try started(approval(people("manager_of(requester)")), world: world)
        #expect(story.journal.map(\.event.line)[1] == "started decide by mila, greta")
        #expect(story.code(.approve("decide", comment: nil), by: Person.hans) == "request.vote.not_a_voter")
        #expect(try story.give(.approve("decide", comment: nil), by: Person.greta).contains("closed done"))
    }

    @Test("An excluded person votes in no seat, also not as a deputy")
    func excluded() throws {
        var world = World()
        world.deputise(Person.mila, by: Person.rosa)
        let story = try started(approval(people("manager_of(requester)"), not: [people("requester")]), world: world)
        #expect(story.journal.map(\.event.line)[1] == "started decide by mila")
    }

    @Test("The seat of somebody who has left passes to the deputy, then to the manager, then to the fallback")
    func leavers() throws {
        func voters(_ world: World, _ kind: StepKind) throws -> String? {
            try started(kind, world: world).journal.map(\.event.line).dropFirst().first
        }
        var deputised = World()
        deputised.deputise(Person.carl, by: Person.hans)
        let kind = approval(.person("carl"), fallback: [.role("hr-lead")])
        #expect(try voters(deputised, kind) == "started decide by hans")
        #expect(try voters(World(), kind) == "started decide by mila")
        #expect(
            try voters(World(), approval(.person("carl"), not: [.person("mila")], fallback: [.role("hr-lead")]))
                == "started decide by greta")
    }

    @Test("An empty seat that a leaver leaves later passes to the deputy first")
    func leavesLater() throws {
        var world = World()
        world.deputise(Person.mila, by: Person.ivo, from: date("2026-11-24"))
        var story = try started(approval(people("manager_of(requester)"), fallback: [.team("hr")]), world: world)
        story.world.leave(Person.mila)
        story.now = moment("2026-11-24T09:00:00Z")
        #expect(try story.give(.comment("Well?"), by: Person.rosa).contains("reoffered decide by ivo"))
    }

    @Test("Escalation asks somebody in the place of each silent voter, and lowers no bar")
    func escalation() throws {
        let kind = approvalStep(.team("hr"), need: .all, rejection: .unreachable) {
            $0.nudges = nudges(escalate: ("1 working day", [people("manager_of(voter)")]))
        }
        var story = try started(kind, world: World())
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        #expect(
            try story.ring("decide") == [
                "alarm_rang decide escalate", "reoffered decide by mila, hans, greta", "told decide mila escalated",
            ])
        #expect(story.outcome == nil)
        #expect(try story.give(.approve("decide", comment: nil), by: Person.mila).contains("done decide approved"))
    }

    @Test("Voters are added by those who may, and sit in a seat of their own")
    func adding() throws {
        let kind = approvalStep(.role("hr-lead"), need: .each, not: [people("requester")]) {
            $0.addVoters = [.team("hr")]
        }
        var story = try started(kind, world: World())
        #expect(story.code(.addVoter("decide", Person.ilse), by: Person.rosa) == "request.vote.not_added")
        #expect(story.code(.addVoter("decide", Person.rosa), by: Person.hans) == "request.vote.excluded")
        #expect(story.code(.addVoter("decide", Person.greta), by: Person.hans) == "request.vote.already_voter")
        #expect(story.code(.addVoter("decide", Person.carl), by: Person.hans) == "request.unknown_person")
        #expect(
            try story.give(.addVoter("decide", Person.ilse), by: Person.hans) == ["voter_added decide ilse by hans"])
        try story.give(.approve("decide", comment: nil), by: Person.greta)
        #expect(story.outcome == nil)
        #expect(try story.give(.approve("decide", comment: nil), by: Person.ilse).contains("closed done"))
    }
}
