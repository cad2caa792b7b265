import Expressions
import Testing

@testable import WorkflowCore

/// Changes of what was approved wait for the same voters, and never for ever.
@Suite("Confirmations of changes")
struct ConfirmationTests {
    /// Hans and Greta have approved the count 1; Rosa makes it 3.
    private func held(
        by kind: StepKind = approvalStep(.team("hr"), need: .all, covers: ["count"]), due: String? = nil,
        onOverdue: OverdueAction? = nil
    ) throws -> Story {
        var type = requestType(
            form: [field("count", .integer(minimum: nil, maximum: nil), default: "1")],
            [
                step("decide", kind, due: due, onOverdue: onOverdue, onFailure: .end("rejected")),
                step("work", task(.team("it")), after: ["decide"]),
            ])
        type.amendments = [Amendment(field: "count", by: [people("requester")], until: nil)]
        var story = try Story(type, raisedWith: [:])
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        try story.give(.approve("decide", comment: nil), by: Person.greta)
        try story.give(.amend(entries: ["count": .raw(.string("3"))]), by: Person.rosa)
        try #require(story.state?.held.count == 1)
        return story
    }

    private static let dropped = ["change_dropped 1", "told decide rosa change_dropped"]

    @Test("The seat of one who leaves passes on, as in the approval")
    func leavers() throws {
        var story = try held()
        story.world.leave(Person.hans)
        // Hans reports to Greta, who votes for both.
        #expect(
            try story.give(.comment("Well?"), by: Person.rosa).contains("reoffered decide!change1 by greta"))
        #expect(
            try story.give(.approve("decide!change1", comment: nil), by: Person.greta).contains("change_confirmed 1"))
        #expect(story.state?.values["count"] == .int(3))
        #expect(story.state?.held == [])
    }

    @Test("When all who are left have confirmed it already, it is carried out")
    func lastVote() throws {
        var story = try held()
        try story.give(.approve("decide!change1", comment: nil), by: Person.greta)
        story.world.leave(Person.hans)
        #expect(
            try story.give(.comment("Well?"), by: Person.rosa).suffix(5) == [
                "reoffered decide!change1 by greta", "done decide!change1 approved", "change_confirmed 1",
                "told decide rosa change_confirmed", "changed count",
            ])
    }

    @Test("A change that nobody is left to confirm is dropped")
    func nobody() throws {
        var story = try held()
        for person in [Person.hans, Person.greta, Person.mila] { story.world.leave(person) }
        #expect(
            try story.give(.comment("Well?"), by: Person.rosa).suffix(3)
                == ["failed decide!change1 nobody -> continued"] + Self.dropped)
        #expect(story.state?.values["count"] == .int(1))
        #expect(story.status("decide") == "done")
    }

    @Test(
        "It is due as the approval was; what would have ended or left the approval drops the change alone",
        arguments: [
            (OverdueAction.reject, "rejected"), (.fail, "overdue"), (.end("rejected"), "overdue"),
            (.leave("decide"), "overdue"),
        ])
    func deadline(_ action: OverdueAction, _ failure: String) throws {
        var story = try held(due: "2 days", onOverdue: action)
        #expect(
            try story.ring("decide!change1")
                == ["deadline_passed decide!change1", "failed decide!change1 \(failure) -> continued"] + Self.dropped)
        #expect(story.outcome == nil)
        #expect(story.state?.values["count"] == .int(1))
        #expect(story.state?.timers == [:])
    }

    @Test("It is not given up when nobody can say by when it is due")
    func unreadableDeadline() throws {
        var type = requestType(
            form: [
                field("count", .integer(minimum: nil, maximum: nil), default: "1"),
                field("pace", .integer(minimum: nil, maximum: nil), default: "1"),
            ],
            [
                step(
                    "decide", approvalStep(.team("hr"), need: .any, covers: ["count"]),
                    due: "today + (9 / pace) * 1 day", onOverdue: .reject, onFailure: .end("rejected")),
                step("work", task(.team("it")), after: ["decide"]),
            ])
        type.amendments = ["count", "pace"].map { Amendment(field: $0, by: [people("requester")], until: nil) }
        var story = try Story(type, raisedWith: [:])
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        try story.give(.amend(entries: ["pace": .raw(.string("0"))]), by: Person.rosa)
        try story.give(.amend(entries: ["count": .raw(.string("3"))]), by: Person.rosa)
        #expect(story.state?.held.count == 1)
        #expect(story.state?.timers == [:])
        try story.give(.approve("decide!change1", comment: nil), by: Person.hans)
        #expect(story.state?.values["count"] == .int(3))
    }

    @Test("Somebody is told that it is late, and it can still be confirmed")
    func late() throws {
        var story = try held(due: "2 days", onOverdue: .tell([.role("hr-lead")]))
        #expect(
            try story.ring("decide!change1") == [
                "deadline_passed decide!change1", "told decide!change1 role:hr-lead overdue",
            ])
        try story.give(.approve("decide!change1", comment: nil), by: Person.hans)
        try story.give(.approve("decide!change1", comment: nil), by: Person.greta)
        #expect(story.state?.values["count"] == .int(3))
    }

    @Test("Those who keep silent are reminded, then others are asked in their place")
    func nudged() throws {
        let kind = approvalStep(.team("hr"), need: .all, covers: ["count"]) {
            $0.nudges = nudges(remind: "1 day", escalate: ("36 hours", [people("manager_of(voter)")]))
        }
        var story = try held(by: kind)
        try story.give(.approve("decide!change1", comment: nil), by: Person.hans)
        #expect(try story.ring("decide!change1").contains("told decide!change1 greta reminder"))
        #expect(try story.ring("decide!change1").contains("told decide!change1 mila escalated"))
        #expect(
            try story.give(.approve("decide!change1", comment: nil), by: Person.mila).contains("change_confirmed 1"))
        #expect(story.state?.timers == [:])
    }

    @Test("One that was held before it had a deadline gets one with the next thing that happens")
    func earlier() throws {
        let story = try held(due: "2 days", onOverdue: .reject)
        let without = story.journal.filter {
            if case .deadlineSet("decide!change1", _) = $0.event { false } else { true }
        }
        let state = try #require(Engine.replay(without))
        #expect(state.timers["decide!change1"] == nil)
        let context = story.world.context(.person(Person.rosa), story.type, at: story.now)
        let events = try Engine.decide(state, .comment("Well?"), context)
        #expect(events.map(\.line).contains { $0.hasPrefix("deadline_set decide!change1 2026-11-25") })
    }
}
