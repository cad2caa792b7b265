import Expressions
import Testing

@testable import WorkflowCore

@Suite("Expressions that fail")
struct FailingExpressionTests {
    private static let work = task(.team("hr"))
    /// `10 / count` fails while `count` is nothing.
    private static let form = [
        field("count", .integer(minimum: nil, maximum: nil)), field("note", optional: true),
        field("missing", .date, optional: true),
    ]

    private func type(_ steps: [Step]) -> RequestType {
        var type = requestType(form: Self.form, steps)
        type.amendments = ["count", "note"].map {
            Amendment(field: $0, by: [people("requester"), .team("hr")], until: nil)
        }
        return type
    }

    private func raised(_ steps: [Step], count: String = "0") throws -> Story {
        try Story(type(steps), raisedWith: ["count": .number(count)])
    }

    private func amend(_ story: inout Story, _ count: String) throws -> [String] {
        try story.give(.amend(entries: ["count": .raw(.number(count))]), by: Person.rosa)
    }

    /// A step of which one part cannot be evaluated.
    struct Part: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let step: Step

        init(_ name: String, _ kind: StepKind, _ change: (inout StepParts) -> Void = { _ in }) {
            testDescription = name
            step = WorkflowCoreTests.step("a", kind).with(change)
        }
    }

    static let parts: [Part] = [
        Part("when", work) { $0.when = expression("10 / count > 1") },
        Part("hold", work) { $0.hold = expression("string(10 / count)") },
        Part("only_while", work) { $0.onlyWhile = expression("10 / count > 1") },
        Part("due", work) { $0.due = expression("today + (10 / count) * 1 day") },
        Part("assign", task(people("lost.x"))),
        Part("fallback", task(.role("vacant"), fallback: [people("lost.x")])),
        Part("remind", taskStep(.team("hr")) { $0.nudges = nudges(remind: "lost.x") }),
        Part("from", approval(people("lost.x"))),
        Part("not", approval(.team("hr"), not: [people("lost.x")])),
        Part("with", child("it.account", with: [("x", "10 / count")])),
        Part("path", .call(call(.get, "/x/{{ lost.x }}"))), Part("body", .call(call(with: [("x", "10 / count")]))),
        Part("message", notify(.team("it"), message: "{{ lost.x }}")),
        Part("to", notify(people("lost.x"), message: "x")),
        Part("set", set(("note", "string(10 / count)"))),
        Part("a value that the form refuses", set(("count", "\"x\""))),
        Part("wait until", wait(until: "missing")), Part("wait for", wait(for: "lost.x")),
        Part("key of an event", wait(event: "signed", key: "lost.x")),
        Part("a case", choose(branch(when: "10 / count > 1", [step("x", work)]))),
        Part("what a case gives", choose(branch(gives: [("level", "10 / count")], [step("x", work)]))),
        Part("elements", each("item", of: "[10 / count]", [step("x", work)])),
        Part("key of an element", each("item", of: "[\"a\"]", key: "lost.x", [step("x", work)])),
        Part("two elements of one key", each("item", of: "[\"a\", \"a\"]", [step("x", work)])),
        Part("until of a loop", loop(until: "10 / count > 1", [step("x", set(("note", "\"x\"")))])),
        Part("until of a loop that nothing runs in", loop(until: "10 / count > 1", [])),
        Part("only_while of a block", .block([step("x", work)])) { $0.onlyWhile = expression("10 / count > 1") },
        Part("when of a block", .block([step("x", work)])) { $0.when = expression("10 / count > 1") },
    ]

    @Test("Where nothing handles it, the department's agents are asked, and the request goes on", arguments: parts)
    func asked(_ part: Part) throws {
        var story = try raised([part.step, step("b", Self.work, after: ["a"])])
        guard case .asking(.evaluation(let sentence), let parties)? = story.state?.steps["a"]?.status else {
            Issue.record("not asking: \(story.journal.map(\.event.line))")
            return
        }
        #expect(parties == [.team("hr")] && sentence.contains("`a`"))
        #expect(story.outcome == nil && story.status("b") == "waiting")
        #expect(story.state?.workItems["a"]?.kind == .decision)
        // What has not been mended fails again, and asks again.
        let again = try story.give(.retry("a"), by: Person.hans)
        #expect(again.first == "retried a for attempt 2")
        #expect(again.contains("failed a evaluation -> asked team:hr"))
        try story.give(.giveUp("a", outcome: "rejected"), by: Person.hans)
        #expect(story.outcome == "rejected")
    }

    @Test("What the file says about its failure is obeyed", arguments: parts.filter { !$0.step.kind.isApproval })
    func handled(_ part: Part) throws {
        let story = try raised([part.step.with { $0.onFailure = .continue }, step("b", Self.work, after: ["a"])])
        #expect(story.status("a") == "failed" && story.status("b") == "task")
    }

    @Test("`when` is asked again when the step starts again", arguments: [("5", "task"), ("10", "skipped")])
    func asksWhenAgain(_ count: String, _ status: String) throws {
        var story = try raised([
            step("a", Self.work, when: "10 / count > 1"), step("b", Self.work),
        ])
        _ = try amend(&story, count)
        #expect(story.status("a") == "asking")
        try story.give(.retry("a"), by: Person.greta)
        #expect(story.status("a") == status)
    }

    @Test(
        "A step that starts again because of a change asks `when` again", arguments: [("5", "task"), ("0", "skipped")])
    func asksWhenAfterChange(_ count: String, _ status: String) throws {
        let work = step("a", Self.work, when: "count > 1").with { $0.onChange = ["count": .restart] }
        var story = try raised([work, step("b", Self.work, after: ["a"]), step("c", Self.work)], count: "3")
        _ = try amend(&story, count)
        #expect(story.status("a") == status)
        #expect(story.status("b") == (status == "skipped" ? "task" : "waiting"))
    }

    @Test("An approval that nobody has to give after a change is skipped, as if it started then")
    func skipsAfterVotes() throws {
        let decide = step("a", approval(.team("hr"), need: .all), when: "count > 1", onFailure: .end("rejected"))
        var story = try raised([decide, step("b", Self.work)], count: "5")
        try story.give(.approve("a", comment: nil), by: Person.hans)
        _ = try amend(&story, "0")
        #expect(story.status("a") == "skipped")
    }

    @Test("A step that starts again for any other reason does not ask `when` again")
    func keepsWhen() throws {
        let decide = step("a", approval(.team("hr")), when: "count > 1", onFailure: .ask([.team("hr")]))
        var story = try raised([decide, step("b", Self.work)], count: "5")
        try story.give(.reject("a", comment: nil), by: Person.hans)
        _ = try amend(&story, "0")
        try story.give(.retry("a"), by: Person.greta)
        #expect(story.status("a") == "approval")
    }

    @Test("A step that starts again holds its resource again")
    func holdsAgain() throws {
        let decide = step("a", approval(.team("hr")), onFailure: .retry(1)).with { $0.hold = expression("\"van\"") }
        var story = try raised([decide, step("b", Self.work).with { $0.hold = expression("\"van\"") }])
        #expect(
            try story.give(.reject("a", comment: nil), by: Person.hans).suffix(4) == [
                "failed a rejected -> retried", "retried a for attempt 2", "started a by hans, greta", "held a van",
            ])
        #expect(story.status("b") == "waiting")
    }

    @Test("It goes outward to the nearest handler, before anybody is asked")
    func outward() throws {
        let broken = step("x", Self.work, when: "10 / count > 1")
        let continued = try raised([step("a", .block([broken]), onFailure: .continue), step("b", Self.work)])
        #expect(continued.status("a") == "failed")
        let asked = try raised([step("a", .block([broken, step("y", Self.work)])), step("b", Self.work)])
        #expect(asked.status("x") == "asking" && asked.status("y") == "task")
    }

    @Test("A handler that is used up, or has nobody to ask, leaves it to the agents")
    func usedUp() throws {
        let broken = step("x", Self.work, when: "10 / count > 1")
        let retried = try raised([step("a", .block([broken]), onFailure: .retry(2)), step("b", Self.work)])
        #expect(retried.status("a") == "asking" && retried.state?.steps["a"]?.attempt == 3)
        let nobody = try raised([broken.with { $0.onFailure = .ask([.role("vacant")]) }, step("b", Self.work)])
        #expect(nobody.status("x") == "asking")
    }

    @Test("An element and a branch ask for themselves, and the others go on")
    func competing() throws {
        let broken = step("x", Self.work, when: "item == \"b\" or 10 / count > 1")
        let elements = try raised([step("a", each("item", of: "[\"a\", \"b\"]", [broken]))])
        #expect(elements.status(of: "x[a]") == "asking" && elements.status(of: "x[b]") == "task")
        var branches = try raised([
            step("a", race(.finish, [step("x", Self.work, when: "10 / count > 1"), step("y", Self.work)]))
        ])
        #expect(branches.status("x") == "asking")
        try branches.give(.complete("y", entries: [:]), by: Person.hans)
        #expect(branches.outcome == "done")
    }

    @Test("Nobody has rejected an approval whose voters cannot be worked out")
    func approval_() throws {
        for handler in [FailureHandler.continue, .end("rejected")] {
            let story = try raised([step("a", approval(people("lost.x")), onFailure: handler)])
            #expect(story.status("a") == "asking" && story.outcome == nil)
        }
    }

    @Test("Of a confidential type those are asked whom it names")
    func confidential() throws {
        var type = type([step("a", Self.work, when: "10 / count > 1"), step("b", Self.work)])
        type.confidential = [.team("hr-inner"), people("requester")]
        let story = try Story(type, raisedWith: ["count": .number("0")])
        #expect(story.state?.workItems["a"]?.offeredTo == [.team("hr-inner")])
        #expect(story.state?.involved.contains(.team("it")) == false)
    }

    @Test("Under a restriction its team is asked")
    func restricted() throws {
        var world = World()
        world.people = world.people.map { row in
            guard row.id == Person.greta else { return row }
            return Directory.Person(
                id: row.id, handle: row.handle, name: row.name, email: row.email, language: row.language,
                manager: row.manager, site: row.site, isActive: true, groups: row.groups.union(["hr-inner"]))
        }
        var story = Story(
            type([step("gate", Self.work), step("a", Self.work, when: "10 / count > 1", after: ["gate"])]), world: world
        )
        try story.raise(["count": .number("0")])
        try story.give(.restrict(to: "hr-inner", reason: "Careful."), by: Person.hans)
        try story.give(.complete("gate", entries: [:]), by: Person.greta)
        #expect(story.state?.workItems["a"]?.offeredTo == [.team("hr-inner")])
    }

    @Test(
        "A deadline that cannot be worked out any more stays what it was: the agents learn it once, and it counts again"
    )
    func live() throws {
        var story = try raised([step("a", Self.work, due: "today + (10 / count) * 1 day")], count: "5")
        let before = try #require(story.state?.steps["a"]?.deadline)
        #expect(try amend(&story, "0") == ["changed count", "unreadable a due", "told a team:hr unreadable"])
        #expect(story.status("a") == "task" && story.state?.steps["a"]?.deadline == before)
        // What happens meanwhile says nothing again.
        #expect(try story.give(.claim("a"), by: Person.hans) == ["claimed a by hans"])
        let after = try amend(&story, "2")
        #expect(after.prefix(2) == ["changed count", "readable a due"] && after.count == 3)
        #expect(story.state?.steps["a"]?.deadline.map { $0 > before } == true)
        #expect(story.state?.steps["a"]?.unreadable == [])
        #expect(try amend(&story, "0").contains("told a team:hr unreadable"))
        try story.give(.complete("a", entries: [:]), by: Person.hans)
        #expect(story.outcome == "done")
    }

    @Test(
        "What stands in a block goes on when the block's deadline or condition cannot be worked out any more",
        arguments: LiveKey.allCases)
    func liveOfBlock(_ key: LiveKey) throws {
        let around = step("a", .block([step("x", child("it.account")), step("y", Self.work)])).with {
            switch key {
            case .due: $0.due = expression("today + (10 / count) * 1 day")
            case .onlyWhile: $0.onlyWhile = expression("10 / count > 1")
            }
            $0.onFailure = .ask([.team("it")])
        }
        var story = try raised([around, step("b", Self.work, after: ["a"])], count: "5")
        #expect(
            try amend(&story, "0") == ["changed count", "unreadable a \(key.rawValue)", "told a team:it unreadable"])
        #expect(story.status("x") == "request" && story.status("y") == "task" && story.outcome == nil)
        try story.give(.complete("y", entries: [:]), by: Person.hans)
        try story.report("x", .closed(.done, outputs: [:]))
        #expect(story.status("a") == "done" && story.status("b") == "task")
    }

    @Test("A step that is put aside stays so while its condition cannot be worked out")
    func staysAside() throws {
        let aside = step("a", Self.work).with { $0.onlyWhile = expression("10 / count > 1") }
        var story = try raised([aside, step("b", Self.work)], count: "5")
        #expect(try amend(&story, "10").contains("suspended a"))
        #expect(try amend(&story, "0").contains("unreadable a only_while"))
        #expect(story.state?.steps["a"]?.isSuspended == true)
        #expect(try amend(&story, "2") == ["changed count", "readable a only_while", "resumed a"])
    }

    @Test("Whom to tell that a step is late is no reason to fail it: the agents learn it")
    func overdue() throws {
        var story = try raised([
            step("a", task(.team("it")), due: "1 day", onOverdue: .tell([people("lost.x")]))
        ])
        #expect(try story.ring("a") == ["deadline_passed a", "told a team:hr overdue"])
        #expect(story.status("a") == "task")
    }

    @Test("A change that cannot be passed on leaves the child as it is, and the agents learn it")
    func forwarding() throws {
        let account = step("a", child("it.account", with: [("x", "10 / count")])).with {
            $0.onChange = ["count": .forward]
        }
        var story = try raised([account], count: "5")
        #expect(try amend(&story, "0") == ["changed count", "child_change_refused a", "told a team:hr change_refused"])
        #expect(story.status("a") == "request")
    }

    @Test("An output that cannot be computed is left out, and does not keep a request from ending")
    func outputs() throws {
        var type = requestType(
            form: Self.form, outputs: [("bad", "10 / count"), ("good", "count")], [step("a", Self.work)])
        type.amendments = []
        var story = try Story(type, raisedWith: ["count": .number("0")])
        try story.give(.complete("a", entries: [:]), by: Person.hans)
        guard case .closed(_, let outputs)? = story.state?.phase else {
            Issue.record("not closed")
            return
        }
        #expect(outputs == ["good": .int(0)])
    }
}
