import Expressions
import Testing

@testable import WorkflowCore

/// People leave while a request waits for them: their work passes on, and nothing is approved by their absence.
@Suite("Leavers")
struct LeaverTests {
    private func approving(_ kind: StepKind) throws -> Story {
        let type = requestType([
            step("decide", kind, due: "1 day", onOverdue: .tell([.role("hr-lead")]), onFailure: .end("rejected"))
        ])
        return try Story(type, raisedWith: [:])
    }

    @Test("An empty seat passes to the manager when the deadline rings")
    func manager() throws {
        var story = try approving(approval(people("manager_of(requester)"), .role("hr-lead"), need: .each))
        // Greta leads HR and reports to Mila.
        story.world.leave(Person.greta)
        #expect(
            try story.ring("decide") == [
                "deadline_passed decide", "told decide role:hr-lead overdue", "reoffered decide by mila",
            ])
        // One person, one vote, in both seats.
        #expect(try story.give(.approve("decide", comment: nil), by: Person.mila).contains("closed done"))
    }

    @Test("Without a manager it passes to the fallback, excluded people left out")
    func fallback() throws {
        var story = try approving(
            approval(people("manager_of(requester)"), not: [.person("hans")], fallback: [.team("hr")]))
        story.world.leave(Person.mila)
        #expect(try story.give(.comment("Hello?"), by: Person.rosa).contains("reoffered decide by greta"))
        #expect(story.code(.approve("decide", comment: nil), by: Person.hans) == "request.vote.not_a_voter")
        #expect(try story.give(.approve("decide", comment: nil), by: Person.greta).contains("closed done"))
    }

    @Test("A seat that nobody can take over stays as it is, and says nothing")
    func nobody() throws {
        var story = try approving(approval(people("manager_of(requester)")))
        story.world.leave(Person.mila)
        #expect(try story.ring("decide") == ["deadline_passed decide", "told decide role:hr-lead overdue"])
        #expect(story.status("decide") == "approval")
    }

    @Test("A leaver's vote stands, and all means all who are left")
    func all() throws {
        var story = try approving(approval(.team("hr"), need: .all))
        try story.give(.approve("decide", comment: nil), by: Person.greta)
        story.world.leave(Person.greta)
        try story.give(.comment("Well?"), by: Person.rosa)
        #expect(story.outcome == nil)
        #expect(try story.give(.approve("decide", comment: nil), by: Person.hans).contains("closed done"))
    }

    @Test("Whoever has left is waited for no longer")
    func lastVote() throws {
        var story = try approving(approval(.team("hr"), need: .all))
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        story.world.leave(Person.greta)
        #expect(
            try story.ring("decide").suffix(4) == [
                "reoffered decide by hans", "done decide approved", "closed done", "told rosa closed",
            ])
    }

    @Test("Leaving lowers no number and no share: managers come in", arguments: [Need.count(2), .percent(100)])
    func numbers(_ need: Need) throws {
        var story = try approving(approval(.team("hr"), need: need))
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        story.world.leave(Person.greta)
        let moved = try story.give(.comment("Well?"), by: Person.rosa)
        #expect(moved.contains("reoffered decide by mila, hans"))
        #expect(story.outcome == nil)
        #expect(try story.give(.approve("decide", comment: nil), by: Person.mila).contains("closed done"))
    }

    @Test("Nothing is approved without a vote")
    func silence() throws {
        var story = try approving(approval(.team("hr"), need: .all))
        for person in [Person.hans, Person.greta, Person.mila] { story.world.leave(person) }
        try story.give(.comment("Is anybody there?"), by: Person.rosa)
        #expect(story.status("decide") == "approval")
    }

    @Test("A task passes to whom its `assign` gives now, else to its fallback")
    func task() throws {
        let kind = WorkflowCoreTests.task(people("manager_of(requester)"), fallback: [.team("hr")])
        var story = try Story(requestType([step("work", kind)]), raisedWith: [:])
        story.world.leave(Person.mila)
        #expect(try story.give(.comment("Well?"), by: Person.rosa).contains("reoffered work for team:hr"))
        #expect(try story.give(.complete("work", entries: [:]), by: Person.hans).contains("closed done"))
    }

    @Test("What nobody takes over goes to the department's agents: a task of somebody without a manager")
    func agents() throws {
        let kind = WorkflowCoreTests.task(people("requester"))
        var story = try Story(requestType([step("work", kind)]), raisedWith: [:])
        story.world.leave(Person.rosa)
        story.world.leave(Person.mila)
        #expect(try story.give(.comment("Well?"), by: Person.hans).contains("reoffered work for team:hr"))
        #expect(try story.give(.complete("work", entries: [:]), by: Person.greta).contains("closed done"))
    }

    @Test("A task whose only person has left before it starts asks the agents what follows, unless a handler says so")
    func leftBefore() throws {
        let steps = [
            step("first", WorkflowCoreTests.task(.team("hr"))),
            step("work", WorkflowCoreTests.task(people("requester")), after: ["first"]),
        ]
        var story = try Story(requestType(steps), raisedWith: [:])
        story.world.leave(Person.rosa)
        let events = try story.give(.complete("first", entries: [:]), by: Person.hans)
        #expect(events.contains { $0.contains("work") && $0.contains("asked team:hr") }, "\(events)")
        #expect(story.outcome == nil)

        var handled = try Story(
            requestType([steps[0], steps[1].with { $0.onFailure = .end("rejected") }]), raisedWith: [:])
        handled.world.leave(Person.rosa)
        #expect(try handled.give(.complete("first", entries: [:]), by: Person.hans).contains("closed rejected"))
    }

    @Test("A task in a queue that has members stays there, claimed or not")
    func queue() throws {
        var story = try Story(
            requestType([step("work", WorkflowCoreTests.task(.team("hr"), fallback: [.team("it")]))]), raisedWith: [:])
        try story.give(.claim("work"), by: Person.greta)
        story.world.leave(Person.greta)
        #expect(try story.give(.comment("Well?"), by: Person.rosa).allSatisfy { !$0.hasPrefix("reoffered") })
        #expect(try story.give(.complete("work", entries: [:]), by: Person.hans).contains("closed done"))
    }

    /// Ilse administers people and, with Ivo, is IT.
    private func keptStory(_ kind: StepKind, confidential: [PeopleSource]) throws -> Story {
        var type = requestType([
            step("first", WorkflowCoreTests.task(.group("hr-leads"))),
            step("work", kind, after: ["first"], onFailure: .ask([.group("hr-leads")])),
        ])
        type.confidential = confidential
        var story = Story(type)
        story.world.organisation.administrators = [.person(Person.ilse), .group("empty")]
        try story.raise()
        return story
    }

    @Test(
        "Whoever administers people inherits by `fallback` nothing confidential that is not theirs to see anyway",
        arguments: [false, true])
    func administrators(isConfidant: Bool) throws {
        let confidential: [PeopleSource] = [.group("hr-leads")] + (isConfidant ? [.person("ilse")] : [])
        let kind = WorkflowCoreTests.task(people("manager_of(requester)"), fallback: [.team("it")])
        // Before the step starts …
        var late = try keptStory(kind, confidential: confidential)
        late.world.leave(Person.mila)
        let started = try late.give(.complete("first", entries: [:]), by: Person.greta)
        #expect(
            started.contains(isConfidant ? "started work for team:it" : "started work for ivo (assigned)"), "\(started)"
        )
        // … and when it waits for somebody who leaves.
        var story = try keptStory(kind, confidential: confidential)
        try story.give(.complete("first", entries: [:]), by: Person.greta)
        story.world.leave(Person.mila)
        let moved = try story.give(.comment("Well?"), by: Person.rosa)
        #expect(
            moved.contains(isConfidant ? "reoffered work for team:it" : "reoffered work for ivo (assigned)"), "\(moved)"
        )
        let expected = isConfidant ? nil : "request.not_found"
        #expect(story.code(.complete("work", entries: [:]), by: Person.ilse) == expected)
    }

    @Test("Nor do they vote, and where nobody else is left, those are asked whom the file says")
    func administratorsVotes() throws {
        let kind = approval(people("manager_of(requester)"), need: .any, fallback: [.team("it")])
        var story = try keptStory(kind, confidential: [.group("hr-leads")])
        try story.give(.complete("first", entries: [:]), by: Person.greta)
        story.world.leave(Person.mila)
        #expect(try story.give(.comment("Well?"), by: Person.rosa).contains("reoffered work by ivo"))
        #expect(story.code(.approve("work", comment: nil), by: Person.ilse) == "request.not_found")

        var alone = try keptStory(kind, confidential: [.group("hr-leads")])
        alone.world.leave(Person.mila)
        alone.world.leave(Person.ivo)
        let lines = try alone.give(.complete("first", entries: [:]), by: Person.greta)
        #expect(lines.contains { $0.hasPrefix("failed work") && $0.contains("asked group:hr-leads") }, "\(lines)")
    }

    @Test("What is not confidential passes to them as the file says")
    func administratorsOfTheRest() throws {
        var story = Story(
            requestType([
                step("work", WorkflowCoreTests.task(people("manager_of(requester)"), fallback: [.team("it")]))
            ]))
        story.world.organisation.administrators = [.person(Person.ilse)]
        try story.raise()
        story.world.leave(Person.mila)
        #expect(try story.give(.comment("Well?"), by: Person.rosa).contains("reoffered work for team:it"))
    }
}
