import Expressions
import Testing

@testable import WorkflowCore

@Suite("Fields that change")
struct ChangeTests {
    private static let form = [
        field("name"), field("start", .date, check: "start >= today", message: "That day is over."),
        field("until", .date, optional: true, check: "until >= start"),
        field("count", .integer(minimum: nil, maximum: nil), default: "1"),
        field("cost", .integer(minimum: nil, maximum: nil), computed: "count * 10"),
    ]
    private static let entries: [FieldID: JSONValue] = ["name": .string("Ann"), "start": .string("2026-12-01")]

    private func raised(
        _ steps: [Step], amend: [Amendment]? = nil, offeredTo: Offer = .nobody, world: World = World()
    ) throws -> Story {
        var type = requestType(form: Self.form, offeredTo: offeredTo, steps)
        type.amendments =
            amend
            ?? ["name", "start", "until", "count"].map {
                Amendment(field: FieldID($0), by: [people("requester"), .team("hr")], until: nil)
            }
        return try Story(type, world: world, raisedWith: Self.entries)
    }

    private func amend(_ name: FieldID, _ value: String) -> Command {
        .amend(entries: [name: .raw(.string(value))])
    }

    // MARK: amend

    @Test(
        "Those whom the type names change a field until its step has started; its check runs, and what follows is computed"
    )
    func amending() throws {
        let until = [
            Amendment(field: "count", by: [people("requester")], until: "work"),
            Amendment(field: "start", by: [.team("hr")], until: nil),
        ]
        var story = try raised(
            [step("first", task(.team("it"))), step("work", task(.team("it")), after: ["first"])], amend: until)
        #expect(try story.give(amend("count", "3"), by: Person.rosa) == ["changed cost, count"])
        #expect(story.state?.values["cost"] == .int(30))
        #expect(story.code(amend("count", "x"), by: Person.rosa) == "form.invalid")
        #expect(story.code(amend("count", "3"), by: Person.rosa) == "request.amend.nothing")
        #expect(story.code(amend("name", "Bo"), by: Person.rosa) == "request.amend.not_allowed")
        #expect(story.code(amend("start", "2026-12-02"), by: Person.rosa) == "request.amend.not_allowed")
        #expect(story.code(amend("nmae", "Bo"), by: Person.rosa) == "request.amend.unknown_field")
        #expect(story.code(amend("start", "2026-11-01"), by: Person.hans) == "form.invalid")
        try story.give(amend("start", "2026-12-02"), by: Person.hans)
        try story.give(.complete("first", entries: [:]), by: Person.ilse)
        #expect(story.code(amend("count", "4"), by: Person.rosa) == "request.amend.too_late")
        try story.give(.complete("work", entries: [:]), by: Person.ilse)
        #expect(story.code(amend("start", "2026-12-03"), by: Person.hans) == "request.closed")
    }

    @Test("A check runs again when a field that it reads has changed; others do not")
    func checks() throws {
        var story = try raised([step("work", task(.team("it")))])
        try story.give(amend("until", "2026-12-04"), by: Person.rosa)
        #expect(story.code(amend("start", "2026-12-24"), by: Person.rosa) == "form.invalid")
        // By now the start lies in the past, and nobody touches it.
        story.now = moment("2026-12-02T09:00:00Z")
        #expect(try story.give(amend("until", "2026-12-05"), by: Person.rosa) == ["changed until"])
        #expect(try story.give(amend("until", ""), by: Person.rosa) == ["changed -until"])
    }

    // MARK: on_change

    @Test("A step that has read the field keeps what it took, unless it says otherwise")
    func keep() throws {
        let work = step("work", child("it.account", with: [("name", "name")]))
            .with { $0.onChange = ["name": .keep] }
        var story = try raised([work])
        #expect(try story.give(amend("name", "Bo"), by: Person.rosa) == ["changed name"])
    }

    @Test("`forward` passes the new inputs to the running child")
    func forward() throws {
        let work = step("work", child("it.account", with: [("name", "name"), ("by", "start"), ("count", "count")]))
            .with { $0.onChange = ["name": .forward, "start": .forward, "count": .keep] }
        var story = try raised([work])
        try story.report("work", .submitted(number: "IT-1"))
        #expect(
            try story.give(
                .amend(entries: [
                    "name": .raw(.string("Bo")), "start": .raw(.string("2026-12-02")), "count": .raw(.number("2")),
                ]), by: Person.rosa) == ["changed cost, count, name, start", "change_forwarded work by, name"])
        let amended = try #require(story.ledger.amended.first)
        #expect(amended.child == story.ledger.children["work"])
        #expect(amended.fields == ["name": .string("Bo"), "by": .date(date("2026-12-02"))])
        #expect(
            try story.report("work", .changeRefused(reason: "Too late.")) == [
                "child_change_refused work", "told work team:hr change_refused",
            ])
        try story.report("work", .closed(.done, outputs: [:]))
        #expect(story.outcome == "done")
    }

    @Test("A child takes what its parent passes on where its own type lets the field change, else it says why not")
    func child_() throws {
        let until = [Amendment(field: "start", by: [.team("hr")], until: "work")]
        let parent = Parent(request: RequestID(UniqueID(high: 1, low: 1)), instance: "work")
        var type = requestType(
            form: Self.form, offeredTo: .everyone,
            [step("first", task(.team("it"))), step("work", task(.team("it")), after: ["first"])])
        type.amendments = until
        var story = Story(type)
        try story.raise(Self.entries, parent: parent)
        func pass(_ name: FieldID, _ value: Value, _ version: Int) throws -> [String] {
            try story.give(.amendFromParent([name: value], version: version), as: .system(.parent))
        }
        #expect(try pass("start", .date(date("2026-12-02")), 5) == ["parent_changed", "changed start"])
        #expect(rejectionCode { _ = try pass("start", .date(date("2026-12-01")), 4) } == "request.stale")
        #expect(try pass("name", .string("Bo"), 6) == ["parent_changed", "parent_change_refused"])
        #expect(
            story.ledger.reports.last == .changeRefused(reason: "The field `name` can no longer be changed."))
        #expect(try pass("start", .date(date("2026-11-01")), 7) == ["parent_changed", "parent_change_refused"])
        try story.give(.complete("first", entries: [:]), by: Person.ilse)
        #expect(try pass("start", .date(date("2026-12-09")), 8) == ["parent_changed", "parent_change_refused"])
        #expect(story.state?.values["start"] == .date(date("2026-12-02")))
    }

    @Test("`restart` begins an open step again, with its deadline, and asks its old child to end")
    func restart() throws {
        let work = step("work", child("it.account", with: [("name", "name")]))
            .with { $0.onChange = ["name": .restart] }
        let decide = step("decide", task(people("requester")), due: "1 day", onOverdue: .tell([.team("hr")]))
            .with { $0.onChange = ["name": .restart] }
        var story = try raised([work, decide])
        try story.report("work", .submitted(number: "IT-1"))
        story.now = moment("2026-11-23T11:00:00Z")
        #expect(
            try story.give(amend("name", "Bo"), by: Person.rosa) == [
                "changed name", "child_cancel_requested work", "failed work changed -> retried",
                "retried work for attempt 2", "failed decide changed -> retried", "retried decide for attempt 2",
                "started work as it.account", "started decide for rosa (assigned)",
                "deadline_set decide 2026-11-24T11:00:00Z",
            ])
    }

    @Test("A step that begins again twice at once calls its old child off once, and raises only the last one")
    func restartTwice() throws {
        let work = step("work", child("it.account", with: [("name", "name")]))
            .with { $0.onChange = ["name": .restart] }
        var story = try raised([
            step("go", task(.team("it"))), step("first", set(("name", "\"Bo\"")), after: ["go"]), work,
            step("second", set(("name", "\"Cy\"")), after: ["first"]),
        ])
        try story.report("work", .submitted(number: "IT-1"))
        let old = try #require(story.ledger.children["work"])
        let lines = try story.give(.complete("go", entries: [:]), by: Person.ilse)
        #expect(lines.filter { $0 == "child_cancel_requested work" }.count == 1, "\(lines)")
        #expect(story.ledger.cancelled == [old])
        #expect(story.ledger.raised.count == 2)
        let last = try #require(story.ledger.children["work"].flatMap { story.ledger.raised[$0] })
        #expect(last.inputs["name"] == .string("Cy"))
    }

    @Test("A task or an approval that is done begins again while its surroundings run; a done request does not")
    func restartDone() throws {
        let first = step("first", task(.team("it")))
            .with { $0.onChange = ["name": .restart] }
        let second = step("second", child("it.account", with: [("name", "name")]))
            .with { $0.onChange = ["name": .restart] }
        var story = try raised([first, second, step("work", task(.team("hr")), after: ["first", "second"])])
        try story.give(.complete("first", entries: [:]), by: Person.ilse)
        try story.report("second", .submitted(number: "IT-1"))
        try story.report("second", .closed(.done, outputs: [:]))
        #expect(
            try story.give(amend("name", "Bo"), by: Person.rosa) == [
                "changed name", "failed first changed -> retried", "retried first for attempt 2",
                "started first for team:it",
            ])
        try story.give(.complete("work", entries: [:]), by: Person.hans)
        #expect(story.outcome == nil, "it waits for the step that began again")
        try story.give(.complete("first", entries: [:]), by: Person.ilse)
        #expect(story.outcome == "done")
    }

    // MARK: covers

    private func covered(_ kind: StepKind, world: World = World()) throws -> Story {
        try raised(
            [step("decide", kind, onFailure: .end("rejected")), step("work", task(.team("it")), after: ["decide"])],
            world: world)
    }

    @Test("A change of what was approved is held until those who approved confirm it")
    func held() throws {
        var story = try covered(approvalStep(.team("hr"), need: .all, covers: ["count"]))
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        try story.give(.approve("decide", comment: nil), by: Person.greta)
        #expect(try story.give(amend("name", "Bo"), by: Person.rosa) == ["changed name"], "not covered")
        #expect(
            try story.give(amend("count", "3"), by: Person.rosa) == [
                "change_held 1 cost, count for decide", "started decide!change1 by hans, greta",
            ])
        #expect(story.state?.values["count"] == .int(1))
        #expect(story.state?.workItems["decide!change1"]?.offeredTo == [.person(Person.hans), .person(Person.greta)])
        #expect(story.code(.approve("decide!change1", comment: nil), by: Person.ilse) == "request.vote.not_a_voter")
        #expect(story.code(.approve("decide!change2", comment: nil), by: Person.hans) == "request.step.unknown")
        try story.give(.approve("decide!change1", comment: "Fine."), by: Person.hans)
        #expect(
            try story.give(.approve("decide!change1", comment: nil), by: Person.greta) == [
                "voted decide!change1 approve by greta", "done decide!change1 approved", "change_confirmed 1",
                "told decide rosa change_confirmed", "changed cost, count",
            ])
        #expect(story.state?.values["cost"] == .int(30))
        #expect(story.code(.approve("decide!change1", comment: nil), by: Person.hans) == "request.step.not_open")
        try story.give(.complete("work", entries: [:]), by: Person.ilse)
        #expect(story.outcome == "done")
    }

    @Test("Somebody who does not confirm drops it, and its author is told")
    func dropped() throws {
        var story = try covered(approval(people("manager_of(requester)")))
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        try story.give(amend("count", "3"), by: Person.rosa)
        #expect(
            try story.give(.reject("decide!change1", comment: "No."), by: Person.mila) == [
                "voted decide!change1 reject by mila", "failed decide!change1 rejected -> continued",
                "change_dropped 1", "told decide rosa change_dropped",
            ])
        #expect(story.state?.values["count"] == .int(1))
        #expect(story.status("decide") == "done")
        #expect(try story.give(amend("count", "4"), by: Person.rosa).first == "change_held 2 cost, count for decide")
    }

    @Test("What is held when the request ends is dropped")
    func ends() throws {
        var story = try covered(approval(people("manager_of(requester)")))
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        try story.give(amend("count", "3"), by: Person.rosa)
        #expect(
            try story.give(.complete("work", entries: [:]), by: Person.ilse).dropFirst() == [
                "cancelled decide!change1", "change_dropped 1", "told decide rosa change_dropped", "closed done",
                "told rosa closed",
            ])
    }

    @Test("An approver's own change is confirmed by that, and the seat of one who has left passes on")
    func authors() throws {
        var own = try covered(approval(.team("hr")))
        try own.give(.approve("decide", comment: nil), by: Person.hans)
        #expect(try own.give(amend("count", "3"), by: Person.hans) == ["changed cost, count"])
        var left = try covered(approval(.role("hr-lead")))
        try left.give(.approve("decide", comment: nil), by: Person.greta)
        left.world.leave(Person.greta)
        #expect(try left.give(amend("count", "3"), by: Person.rosa).last == "started decide!change1 by mila")
    }

    @Test("An approval on which somebody has voted begins again when what it is about changes")
    func open() throws {
        var story = try covered(approval(.team("hr"), need: .all))
        #expect(try story.give(amend("count", "2"), by: Person.rosa) == ["changed cost, count"], "nobody has voted")
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        #expect(
            try story.give(amend("count", "3"), by: Person.rosa) == [
                "changed cost, count", "failed decide changed -> retried", "retried decide for attempt 2",
                "started decide by hans, greta",
            ])
    }

    @Test("Of a loop the last round is what was approved, and an edit is held like an amendment")
    func loops() throws {
        let loop = RepeatStep(
            steps: [
                step("decide", approval(people("manager_of(requester)")), onFailure: .continue)
            ], until: expression("decide.outcome == \"approved\" and intake.round > 1"), maximum: 3, onExhausted: nil)
        let edit = taskStep(people("requester")) { $0.edit = ["count"] }
        var story = try raised([
            step("intake", .repeat(loop)), step("correct", edit, after: ["intake"]),
            step("work", task(.team("it")), after: ["correct"]),
        ])
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        try story.give(.approve("decide#2", comment: nil), by: Person.mila)
        #expect(
            try story.give(.complete("correct", entries: ["count": .raw(.number("5"))]), by: Person.rosa) == [
                "completed correct by rosa", "change_held 1 cost, count for decide#2",
                "started decide#2!change1 by mila", "started work for team:it",
            ])
        #expect(
            try story.give(.approve("decide#2!change1", comment: nil), by: Person.mila).last
                == "changed correct cost, count")
    }
}
