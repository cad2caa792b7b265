import Expressions
import Testing

@testable import WorkflowCore

@Suite("Elements")
struct EachTests {
    private static let apps = field(
        "apps", .list(of: .text(maximumLength: 40), minimum: 0, maximum: 20, unique: false), optional: true)

    private func raised(_ apps: [String], _ steps: [Step]) throws -> Story {
        try Story(
            requestType(form: [Self.apps], steps), raisedWith: ["apps": .array(apps.map { .string($0) })])
    }

    /// No elements at all: a list that is left empty stands in no form.
    private func empty(_ need: EachNeed) throws -> Story {
        try raised(
            ["x"],
            [
                step(
                    "access", each("app", of: "apps.filter(a, a != \"x\")", need: need, [step("a", task(.team("hr")))]),
                    onFailure: .continue), step("beside", task(.team("hr"))),
            ])
    }

    @Test(
        "An empty list satisfies only all and percentages",
        arguments: [(EachNeed.all, "done"), (.percent(60), "done"), (.count(1), "failed")])
    func emptyList(_ need: EachNeed, _ status: String) throws {
        #expect(try empty(need).status("access") == status)
    }

    private func access(
        need: EachNeed = .all, rest: Rest = .cancel, add: LateElements? = nil, onFailure: FailureHandler? = .continue,
        grant: FailureHandler? = nil
    ) -> Step {
        step(
            "access",
            each(
                "app", of: "apps", need: need, rest: rest, add: add,
                [step("grant", approval(.team("hr")), when: "app != \"free\"", onFailure: grant)]), onFailure: onFailure
        )
    }

    private let next = step("next", task(.team("hr")), after: ["access"])

    @Test("One instance for each element, which its steps see")
    func instances() throws {
        var story = try raised(["sap", "free", "a]b"], [access(), next])
        #expect(
            story.journal.map(\.event.line).dropFirst() == [
                "started access of sap, free, a]b", "started access[sap]", "started grant[sap] by hans, greta",
                "started access[free]", "skipped grant[free]", "done access[free]", "started access[a\\]b]",
                "started grant[a\\]b] by hans, greta",
            ])
        try story.give(.approve("grant[sap]", comment: nil), by: Person.hans)
        #expect(
            try story.give(.approve("grant[a\\]b]", comment: nil), by: Person.hans).suffix(3) == [
                "done access[a\\]b]", "done access", "started next for team:hr",
            ])
    }

    /// After as many approvals and rejections, in turn as written, the each has settled so; `-` while it runs.
    struct Case: Sendable, CustomTestStringConvertible {
        let need: EachNeed
        let elements: Int
        let votes: String
        let status: String

        init(_ need: EachNeed, _ elements: Int, _ votes: String, _ status: String) {
            (self.need, self.elements, self.votes, self.status) = (need, elements, votes, status)
        }

        var testDescription: String { "\(need) of \(elements): \(votes) -> \(status)" }
    }

    @Test(
        "What is needed decides, as soon as it is certain",
        arguments: [
            Case(.all, 3, "++", "block"), Case(.all, 3, "+++", "done"), Case(.all, 3, "+-", "failed"),
            Case(.count(2), 3, "+", "block"), Case(.count(2), 3, "++", "done"), Case(.count(2), 3, "-+", "block"),
            Case(.count(2), 3, "--", "failed"), Case(.count(4), 3, "", "failed"),
            // 60 % of 4 is 2.4, so 3.
            Case(.percent(60), 4, "++", "block"), Case(.percent(60), 4, "+++", "done"),
            Case(.percent(60), 4, "-", "block"), Case(.percent(60), 4, "--", "failed"),
            Case(.percent(50), 4, "++", "done"), Case(.percent(100), 2, "-", "failed"),
        ])
    func need(_ example: Case) throws {
        let apps = (0..<example.elements).map { "a\($0)" }
        var story = try raised(apps, [access(need: example.need), step("beside", task(.team("hr")))])
        for (app, vote) in zip(apps, example.votes) {
            let name = InstanceName("grant", scopes: [.key(app)])
            try story.give(vote == "+" ? .approve(name, comment: nil) : .reject(name, comment: nil), by: Person.hans)
        }
        #expect(story.status("access") == example.status)
    }

    @Test("A failed element without a handler fails only itself; the rest is cancelled when need is met")
    func rest() throws {
        var story = try raised(["a", "b", "c"], [access(need: .count(1)), next])
        #expect(
            try story.give(.reject("grant[a]", comment: nil), by: Person.hans).dropFirst() == [
                "failed grant[a] rejected -> outward", "failed access[a] inner -> continued",
            ])
        #expect(
            try story.give(.approve("grant[b]", comment: nil), by: Person.hans).dropFirst() == [
                "done grant[b] approved", "done access[b]", "cancelled access[c]", "cancelled grant[c]", "done access",
                "started next for team:hr",
            ])
    }

    @Test("With `rest: continue` the others run on, and the request waits for them before it ends well")
    func continuing() throws {
        let surrounded = step("around", .block([access(need: .count(1), rest: .continue)]))
        var story = try raised(["a", "b"], [surrounded, step("next", task(.team("hr")), after: ["around"])])
        #expect(
            try story.give(.approve("grant[b]", comment: nil), by: Person.hans).dropFirst(3) == [
                "done access", "done around", "started next for team:hr",
            ])
        try story.give(.complete("next", entries: [:]), by: Person.hans)
        #expect(story.outcome == nil)
        try story.give(.reject("grant[a]", comment: nil), by: Person.hans)
        #expect(story.outcome == "done")
    }

    @Test("What a round of a loop left running runs on through the next, and ends with the request")
    func continuingThroughRounds() throws {
        let body = [
            access(need: .count(1), rest: .continue),
            step("ok", approval(.team("it")), after: ["access"], onFailure: .continue),
        ]
        var story = try raised(["a", "b"], [step("rounds", loop(until: "ok.outcome == \"approved\"", body))])
        try story.give(.approve("grant[a]", comment: nil), by: Person.hans)
        try story.give(.reject("ok", comment: nil), by: Person.ilse)
        try story.give(.approve("grant#2[a]", comment: nil), by: Person.hans)
        #expect(story.status(of: "grant[b]") == "approval" && story.status(of: "grant#2[b]") == "approval")
        try story.give(.approve("ok#2", comment: nil), by: Person.ilse)
        try story.give(.approve("grant[b]", comment: nil), by: Person.hans)
        #expect(story.status(of: "access[b]") == "done" && story.outcome == nil)
        try story.give(.approve("grant#2[b]", comment: nil), by: Person.hans)
        #expect(story.outcome == "done")
    }

    @Test("How many went well and badly can be read afterwards")
    func counts() throws {
        let check = step("check", task(.team("hr")), when: "access.done == 2 and access.failed == 1", after: ["access"])
        var story = try raised(["a", "b", "c"], [access(need: .count(2), grant: nil), check])
        try story.give(.reject("grant[c]", comment: nil), by: Person.hans)
        try story.give(.approve("grant[a]", comment: nil), by: Person.hans)
        try story.give(.approve("grant[b]", comment: nil), by: Person.hans)
        #expect(story.status("check") == "task")
    }

    @Test("Two elements with one key fail the step, and so does a key that is no name")
    func duplicates() throws {
        #expect(try raised(["a", "a"], [access(), next]).status("access") == "failed")
        let odd = step(
            "access", each("app", of: "apps", key: "1.5", [step("x", task(.team("hr")))]), onFailure: .continue)
        #expect(try raised(["a"], [odd, next]).status("access") == "failed")
    }

    @Test("Late elements are added by whom `add` names, until the step it names has started")
    func lateElements() throws {
        let add = LateElements(by: [.team("hr")], until: "beside")
        var story = try raised(
            ["a"],
            [
                access(need: .percent(100), add: add), step("gate", task(.team("it"))),
                step("beside", task(.team("it")), after: ["gate"]), next,
            ])
        #expect(story.code(.addElement("access", .raw(.string("b"))), by: Person.rosa) == "request.step.not_added")
        #expect(story.code(.addElement("access", .raw(.string("a"))), by: Person.hans) == "request.element.exists")
        #expect(story.code(.addElement("access", .raw(.bool(true))), by: Person.hans) == "request.element.invalid")
        #expect(
            try story.give(.addElement("access", .raw(.string("b"))), by: Person.hans) == [
                "element_added access b", "started access[b]", "started grant[b] by hans, greta",
            ])
        try story.give(.approve("grant[a]", comment: nil), by: Person.hans)
        #expect(story.status("access") == "block")
        try story.give(.complete("gate", entries: [:]), by: Person.ilse)
        #expect(story.code(.addElement("access", .raw(.string("c"))), by: Person.hans) == "request.each.too_late")
        try story.give(.approve("grant[b]", comment: nil), by: Person.hans)
        #expect(story.status("access") == "done")
        #expect(story.code(.addElement("access", .raw(.string("c"))), by: Person.hans) == "request.step.not_open")
    }

    @Test("A share is decided only after adding has closed")
    func shareWaits() throws {
        let add = LateElements(by: [.team("hr")], until: nil)
        var story = try raised(["a", "b"], [access(need: .percent(50), add: add), next])
        try story.give(.approve("grant[a]", comment: nil), by: Person.hans)
        #expect(story.status("access") == "block")
        try story.give(.addElement("access", .raw(.string("c"))), by: Person.hans)
        try story.give(.reject("grant[b]", comment: nil), by: Person.hans)
        #expect(story.status("access") == "block")
        try story.give(.reject("grant[c]", comment: nil), by: Person.hans)
        // 1 of 3 is less than 2.
        #expect(story.status("access") == "failed")
    }

    @Test("All are not all while more may come, also of none", arguments: [EachNeed.all, .percent(100)])
    func openAdding(_ need: EachNeed) throws {
        let add = LateElements(by: [.team("hr")], until: "closing")
        let steps = [access(need: need, add: add), step("closing", task(.team("it")), after: ["gate"]), next]
        var story = try raised(["a"], [step("gate", task(.team("it")))] + steps)
        try story.give(.approve("grant[a]", comment: nil), by: Person.hans)
        #expect(story.status("access") == "block" && story.status("next") == "waiting")
        try story.give(.addElement("access", .raw(.string("b"))), by: Person.hans)
        try story.give(.approve("grant[b]", comment: nil), by: Person.hans)
        #expect(story.status("access") == "block")
        try story.give(.complete("gate", entries: [:]), by: Person.ilse)
        #expect(story.status("next") == "task")
    }

    @Test("Adding closes, too, with a step that will not start any more")
    func skippedUntil() throws {
        let add = LateElements(by: [.team("hr")], until: "closing")
        let around = step("around", .block([step("closing", task(.team("it")))]), when: "false", after: ["gate"])
        var story = try raised(["a"], [step("gate", task(.team("it"))), access(add: add), around, next])
        try story.give(.approve("grant[a]", comment: nil), by: Person.hans)
        #expect(story.status("access") == "block")
        try story.give(.complete("gate", entries: [:]), by: Person.ilse)
        #expect(story.status("next") == "task")
    }

    @Test(
        "Until a step that waits for the each itself, its last element closes it",
        arguments: [["next"], ["later"], ["inner"], ["extra"]] as [[StepID]])
    func waitingUntil(_ until: [StepID]) throws {
        let add = LateElements(by: [.team("hr")], until: until.first)
        var story = try raised(
            ["a"],
            [
                access(add: add), next,
                step("later", .block([step("inner", task(.team("it")))]), after: ["next"]),
                step("adhoc", .adhoc(AdhocStep(by: [.team("hr")], templates: [step("extra", task(.team("hr")))]))),
            ])
        try story.give(.approve("grant[a]", comment: nil), by: Person.hans)
        #expect(story.status("next") == "task")
    }

    @Test("Nor does one stand still whose step cannot start beside it", arguments: [true, false])
    func besideUntil(_ isOneAtATime: Bool) throws {
        let add = LateElements(by: [.team("hr")], until: "closing")
        let van = expression("\"van\"")
        let steps = [
            access(add: add).with { $0.hold = van }, step("closing", task(.team("it"))).with { $0.hold = van },
        ]
        let apart = [access(add: add), step("closing", task(.team("it")))]
        let around = step("around", .block(isOneAtATime ? apart : steps)).with { $0.isOneAtATime = isOneAtATime }
        var story = try raised(["a"], [around])
        try story.give(.approve("grant[a]", comment: nil), by: Person.hans)
        #expect(story.status("access") == "done" && story.status("closing") == "task")
    }

    @Test("Adding closes in every element of an each around it, also in one in which nothing else has happened")
    func nestedUntil() throws {
        let add = LateElements(by: [.team("hr")], until: "closing")
        let things = each("thing", of: "[\"p\"]", add: add, [step("grant", approval(.team("hr")))])
        var story = try raised(
            ["a", "b"],
            [
                step("gate", task(.team("it"))), step("closing", task(.team("it")), after: ["gate"]),
                step("access", each("app", of: "apps", [step("things", things)])), next,
            ])
        try story.give(.approve("grant[a][p]", comment: nil), by: Person.hans)
        try story.give(.approve("grant[b][p]", comment: nil), by: Person.hans)
        #expect(story.status(of: "things[a]") == "block" && story.status(of: "things[b]") == "block")
        try story.give(.complete("gate", entries: [:]), by: Person.ilse)
        #expect(story.status(of: "things[a]") == "done" && story.status(of: "things[b]") == "done")
        #expect(story.status("closing") == "task" && story.status("next") == "task")
    }

    @Test("One that is late may leave itself: it is complete, and what is open in it is cancelled")
    func completed() throws {
        let late = access().with {
            $0.due = expression("2 days")
            $0.onOverdue = .leave("access")
        }
        var story = try raised(["a", "b"], [late, next])
        try story.give(.approve("grant[a]", comment: nil), by: Person.hans)
        #expect(
            try story.ring("access") == [
                "deadline_passed access", "cancelled access[b]", "cancelled grant[b]", "done access",
                "started next for team:hr",
            ])
        #expect(story.status(of: "grant[a]") == "done")
    }

    @Test("One at a time, in the order of the list")
    func oneAtATime() throws {
        var story = try raised(["a", "b", "c"], [access().with { $0.isOneAtATime = true }, next])
        for name in ["a", "b", "c"] {
            let open = story.state?.steps.filter { $0.value.status.isOpen && $0.key.step == "grant" }.map(\.key) ?? []
            #expect(open == [InstanceName("grant", scopes: [.key(name)])])
            try story.give(.approve(InstanceName("grant", scopes: [.key(name)]), comment: nil), by: Person.hans)
        }
        #expect(story.status("next") == "task")
    }

    @Test("Many elements take a few events each")
    func many() throws {
        var story = try raised((0..<20).map { "a\($0)" }, [access(need: .percent(60)), next])
        for number in 0..<12 {
            try story.give(.approve(InstanceName("grant", scopes: [.key("a\(number)")]), comment: nil), by: Person.hans)
        }
        #expect(story.status("next") == "task")
        #expect(story.journal.count < 20 * 6)
    }
}
