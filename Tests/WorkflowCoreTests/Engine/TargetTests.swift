import Expressions
import Testing

@testable import WorkflowCore

@Suite("Targets")
struct TargetTests {
    private func raised(
        _ targets: Target..., form: [Field] = [], _ entries: [FieldID: JSONValue] = [:], steps: [Step]? = nil
    ) throws -> Story {
        var type = requestType(
            form: form,
            steps ?? [
                step("decide", approval(people("manager_of(requester)")), onFailure: .continue),
                step("ask", task(people("requester")), after: ["decide"]),
                step("work", task(.team("it")), after: ["ask"]),
            ])
        type.targets = targets
        return try Story(type, raisedWith: entries)
    }

    @Test("A target is met when its step settles in time, and no alarm is left")
    func met() throws {
        var story = try raised(target("first", of: "decide", within: "4 working hours"))
        #expect(story.state?.timers == ["target:first": moment("2026-11-23T13:00:00Z")])
        #expect(try story.give(.reject("decide", comment: nil), by: Person.mila).last == "target_met first")
        #expect(story.state?.targets["first"]?.status == .met)
        #expect(story.state?.timers == [:])
    }

    @Test("It warns once at each part of its time, and is missed once, with those told who should be")
    func missed() throws {
        var story = try raised(
            target("ready", of: "work", within: "10 hours", warn: [50, 80], onBreach: [.role("hr-lead")]))
        #expect(
            try story.ring(target: "ready") == [
                "target_warned ready 50%", "told work team:hr target_warning", "target_set ready 2026-11-23T19:00:00Z",
            ])
        #expect(story.now == moment("2026-11-23T14:00:00Z"))
        #expect(
            try story.ring(target: "ready").prefix(2) == [
                "target_warned ready 80%", "told work team:hr target_warning",
            ])
        #expect(story.now == moment("2026-11-23T17:00:00Z"))
        #expect(try story.ring(target: "ready") == ["target_missed ready", "told work role:hr-lead target_missed"])
        #expect(story.state?.timers == [:])
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        #expect(story.state?.targets["ready"]?.status == .missed)
    }

    @Test("Late settling is missed although no alarm has rung")
    func late() throws {
        var story = try raised(target("first", of: "decide", within: "4 hours"))
        story.now = moment("2026-11-23T14:00:00Z")
        #expect(try story.give(.approve("decide", comment: nil), by: Person.mila).last == "target_missed first")
    }

    @Test("Warnings that were slept through come together, and a breach makes them needless")
    func slept() throws {
        var story = try raised(target("ready", of: "work", within: "10 hours", warn: [10, 50, 80]))
        let due = try #require(story.state?.timers["target:ready"])
        story.now = moment("2026-11-23T15:00:00Z")
        #expect(
            try story.give(.deadlinePassed(InstanceName(target: "ready"), due: due), as: .system(.timer)).prefix(3) == [
                "target_warned ready 10%", "target_warned ready 50%", "told work team:hr target_warning",
            ])
        let next = try #require(story.state?.timers["target:ready"])
        story.now = moment("2026-11-24T15:00:00Z")
        #expect(
            try story.give(.deadlinePassed(InstanceName(target: "ready"), due: next), as: .system(.timer)) == [
                "target_missed ready"
            ])
        #expect(
            story.code(.deadlinePassed(InstanceName(target: "ready"), due: next), as: .system(.timer))
                == "request.stale")
    }

    @Test("The clock of `within` stands still while a pausing step is open, and goes on with what is left")
    func pauses() throws {
        var story = try raised(target("ready", of: "work", within: "6 working hours", pause: ["ask"]))
        // Monday 10:00; after three hours the requester is asked.
        story.now = moment("2026-11-23T12:00:00Z")
        #expect(try story.give(.approve("decide", comment: nil), by: Person.mila).last == "target_set ready paused")
        #expect(story.state?.timers == [:])
        // On Wednesday at 16:00 three working hours are left: one today, two tomorrow.
        story.now = moment("2026-11-25T15:00:00Z")
        #expect(
            try story.give(.complete("ask", entries: [:]), by: Person.rosa).last
                == "target_set ready 2026-11-26T10:00:00Z")
    }

    @Test(
        "Spans of every kind are counted",
        arguments: [
            ("30 minutes", "2026-11-23T09:30:00Z"), ("2 days", "2026-11-25T09:00:00Z"),
            ("1 week", "2026-11-30T09:00:00Z"), ("10 working hours", "2026-11-24T11:00:00Z"),
            ("2 working days", "2026-11-25T09:00:00Z"), ("90 working minutes", "2026-11-23T10:30:00Z"),
        ])
    func spans(_ span: String, _ due: String) throws {
        let story = try raised(target("ready", of: "work", within: span))
        #expect(story.state?.timers == ["target:ready": moment(due)])
    }

    @Test("`by` is live and does not pause; a date means close of business")
    func by() throws {
        var type = requestType(
            form: [field("start", .date)],
            [step("ask", task(people("requester"))), step("work", task(.team("it")), after: ["ask"])])
        type.targets = [target("ready", of: "work", by: "start - 1 working day", pause: ["ask"], warn: [50])]
        type.amendments = [Amendment(field: "start", by: [people("requester")], until: nil)]
        var story = try Story(type, raisedWith: ["start": .string("2026-12-01")])
        #expect(story.state?.targets["ready"]?.clock.due == moment("2026-11-30T16:00:00Z"))
        try story.give(.amend(entries: ["start": .raw(.string("2026-12-02"))]), by: Person.rosa)
        #expect(story.state?.targets["ready"]?.clock.due == moment("2026-12-01T16:00:00Z"))
        #expect(story.state?.timers["target:ready"] == moment("2026-11-27T12:30:00Z"))
    }

    @Test("A step that is not needed, or a request that ends before, leaves it dropped")
    func dropped() throws {
        let steps = [
            step("work", task(.team("it")), when: "false"), step("more", task(.team("it"))),
            step("never", .end("done"), after: ["more"]),
            step("last", task(.team("it")), after: ["never"]),
        ]
        var story = try raised(
            target("a", of: "work", within: "1 day"), target("b", of: "last", within: "1 day"), steps: steps)
        #expect(story.state?.targets["a"]?.status == .dropped)
        #expect(story.state?.targets["b"]?.status == .running)
        try story.give(.complete("more", entries: [:]), by: Person.ilse)
        #expect(story.state?.targets["b"]?.status == .dropped)
    }

    @Test("In a loop the first answer counts")
    func loop() throws {
        let loop = RepeatStep(
            steps: [step("decide", approval(people("manager_of(requester)")), onFailure: .continue)],
            until: expression("decide.outcome == \"approved\""), maximum: 3, onExhausted: nil)
        var story = try raised(
            target("first", of: "decide", within: "1 day"), steps: [step("intake", .repeat(loop))])
        #expect(try story.give(.reject("decide", comment: nil), by: Person.mila).last == "target_met first")
    }
}
