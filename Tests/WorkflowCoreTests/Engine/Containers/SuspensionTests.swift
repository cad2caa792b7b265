import Expressions
import Testing

@testable import WorkflowCore

@Suite("Steps that are put aside")
struct SuspensionTests {
    private static let form = [field("open", .yesNo)]

    private func raised(_ steps: [Step], isOpen: Bool) throws -> Story {
        var type = requestType(
            form: Self.form, cancel: Cancellation(by: [people("requester")], until: nil, outcome: "withdrawn"), steps)
        type.amendments = [Amendment(field: "open", by: [people("requester")], until: nil)]
        return try Story(type, raisedWith: ["open": .bool(isOpen)])
    }

    @discardableResult
    private func turn(_ story: inout Story, _ isOpen: Bool) throws -> [String] {
        try story.give(.amend(entries: ["open": .raw(.bool(isOpen))]), by: Person.rosa)
    }

    private func opening(_ id: StepID, _ kind: StepKind, _ change: (inout StepParts) -> Void = { _ in }) -> Step {
        step(id, kind).with {
            $0.onlyWhile = expression("open")
            change(&$0)
        }
    }

    /// A step of some kind, and how it begins once it may.
    struct Kind: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: StepKind

        init(_ kind: StepKind, _ begins: String) {
            self.kind = kind
            testDescription = begins
        }
    }

    static let kinds = [
        Kind(task(.team("hr")), "started a for team:hr"), Kind(approval(.team("hr")), "started a by hans, greta"),
        Kind(child("it.account"), "started a as it.account"), Kind(.call(call()), "started a post /accounts"),
        Kind(notify(.team("it"), message: "x"), "notified a team:it"), Kind(set(("open", "true")), "done a"),
        Kind(wait(for: "1 day"), "started a"), Kind(wait(event: "signed"), "started a for signed"),
        Kind(.block([step("x", task(.team("hr")))]), "started a"),
        Kind(choose(branch([step("x", task(.team("hr")))])), "started a case 0"),
        Kind(loop(until: "true", [step("x", task(.team("hr")))]), "started a"),
        Kind(each("item", of: "[\"k\"]", [step("x", task(.team("hr")))]), "started a of k"),
        Kind(race(.finish, [step("x", task(.team("hr")))]), "started a"),
        Kind(.adhoc(AdhocStep(by: [.team("hr")], templates: [step("x", task(.team("hr")))])), "started a"),
        Kind(.end("rejected"), "done a rejected"),
    ]

    @Test("Nothing begins, whatever it is, before the condition holds", arguments: kinds)
    func postponed(_ kind: Kind) throws {
        var story = try raised([opening("a", kind.kind), step("beside", task(.team("it")))], isOpen: false)
        #expect(story.journal.map(\.event.line) == ["raised", "postponed a", "started beside for team:it"])
        #expect(story.ledger.raised.isEmpty && story.ledger.calls.isEmpty && story.ledger.texts.isEmpty)
        #expect(story.state?.workItems.keys.sorted() == ["beside"])
        try story.give(.comment("hello"), by: Person.rosa)
        let lines = try turn(&story, true)
        #expect(lines.prefix(3) == ["changed open", "resumed a", kind.testDescription])
    }

    @Test("A request in which all is put aside waits, and can be cancelled")
    func cancelled() throws {
        var story = try raised([opening("a", child("it.account"))], isOpen: false)
        #expect(story.outcome == nil)
        try story.give(.cancel(reason: nil), by: Person.rosa)
        #expect(story.outcome == "withdrawn" && story.ledger.raised.isEmpty)
    }

    @Test("Its deadline runs from the moment at which it could have begun")
    func deadline() throws {
        let late = opening("a", approval(.team("hr"))) {
            $0.due = expression("2 days")
            $0.onOverdue = .reject
            $0.onFailure = .continue
        }
        var story = try raised([late, step("beside", task(.team("it")))], isOpen: false)
        #expect(story.state?.steps["a"]?.deadline == moment("2026-11-25T09:00:00Z"))
        var turned = story
        turned.now = moment("2026-11-24T09:00:00Z")
        try turn(&turned, true)
        #expect(turned.state?.steps["a"]?.deadline == moment("2026-11-25T09:00:00Z"))
        #expect(try story.ring("a") == ["deadline_passed a", "failed a rejected -> continued"])
    }

    @Test("What is done until a step starts can be done while that is put aside")
    func until() throws {
        var type = requestType(form: Self.form, [opening("a", task(.team("hr")))])
        type.amendments = [Amendment(field: "open", by: [people("requester")], until: "a")]
        var story = try Story(type, raisedWith: ["open": .bool(false)])
        #expect(try turn(&story, true).last == "started a for team:hr")
        #expect(
            story.code(.amend(entries: ["open": .raw(.bool(false))]), by: Person.rosa) == "request.amend.too_late")
    }

    @Test("A child goes on while its step is put aside, and its end is taken when that is taken up")
    func child_() throws {
        let next = step("next", task(.team("hr")), after: ["a"])
        var story = try raised([opening("a", child("it.account")), next], isOpen: true)
        #expect(try turn(&story, false) == ["changed open", "suspended a"])
        #expect(try story.report("a", .submitted(number: "IT-1")) == ["child_submitted a as IT-1"])
        #expect(try story.report("a", .closed(.done, outputs: ["x": .int(1)])) == ["end_kept a"])
        #expect(story.status("next") == "waiting")
        #expect(throws: Rejection.self) { try story.report("a", .closed(.done, outputs: [:])) }
        #expect(
            try turn(&story, true) == [
                "changed open", "resumed a", "child_closed a done", "started next for team:hr",
            ])
        #expect(story.outputs("a")["x"] == .int(1))
    }

    @Test("So does a bad end, and a refusal: what follows a failure follows then", arguments: [true, false])
    func badEnd(_ isRefused: Bool) throws {
        var story = try raised(
            [opening("a", child("it.account")) { $0.onFailure = .end("rejected") }], isOpen: true)
        try turn(&story, false)
        if !isRefused { try story.report("a", .submitted(number: "IT-1")) }
        try story.report("a", isRefused ? .refused(reason: "no") : .closed(.rejected, outputs: [:]))
        #expect(story.outcome == nil)
        try turn(&story, true)
        #expect(story.outcome == "rejected")
    }

    @Test("A child that only has to exist settles its step when that is taken up")
    func submitted() throws {
        var story = try raised([opening("a", child("it.account", wait: .submitted))], isOpen: true)
        try turn(&story, false)
        #expect(try story.report("a", .submitted(number: "IT-1")) == ["child_submitted a as IT-1"])
        #expect(try turn(&story, true).prefix(3) == ["changed open", "resumed a", "done a"])
        #expect(story.outcome == "done")
    }

    @Test("The answer of a call is kept, as declared or not", arguments: [200, 500])
    func call_(_ status: Int) throws {
        let dialled = opening("a", .call(call(answer: [field("login")]))) { $0.onFailure = .continue }
        var story = try raised([dialled, step("beside", task(.team("it")))], isOpen: true)
        try turn(&story, false)
        let answer = CallReport.answered(status: status, .object(["login": .string("ann")]))
        #expect(try story.answer("a", answer) == ["end_kept a"])
        #expect(throws: Rejection.self) { try story.answer("a", answer) }
        try turn(&story, true)
        #expect(story.status("a") == (status == 200 ? "done" : "failed"))
        #expect(story.outputs("a")["login"] == (status == 200 ? .string("ann") : nil))
    }

    @Test("A kept end counts when the request is cancelled: what went well is taken back", arguments: [true, false])
    func cancelledWithEnd(_ isGood: Bool) throws {
        var story = try raised(
            [opening("a", child("it.account")) { $0.undo = undo(by: "it.disable_account") }], isOpen: true)
        try story.report("a", .submitted(number: "IT-1"))
        try turn(&story, false)
        try story.report("a", .closed(isGood ? .done : .rejected, outputs: [:]))
        try story.give(.cancel(reason: nil), by: Person.rosa)
        #expect(story.ledger.cancelled.isEmpty)
        #expect(story.status(of: "a!undo") == (isGood ? "request" : "waiting"))
        if isGood {
            try story.report("a!undo", .submitted(number: "IT-2"))
            try story.report("a!undo", .closed(.done, outputs: [:]))
        }
        #expect(story.outcome == "withdrawn")
    }

    @Test("An event that comes meanwhile is kept, and taken when its time to live allows", arguments: [1, 3])
    func event(_ days: Int64) throws {
        let kind = wait(event: "signed", keep: Span(amount: 2, unit: .days))
        var story = try raised([opening("a", kind), step("beside", task(.team("it")))], isOpen: true)
        try turn(&story, false)
        #expect(try story.happens("signed") == ["kept 1 signed"])
        story.now = story.now + .seconds(days * 86_400)
        try turn(&story, true)
        #expect(story.status("a") == (days == 1 ? "done" : "wait"))
    }

    @Test("A moment that passes meanwhile is over when the wait is taken up")
    func timer() throws {
        var story = try raised(
            [opening("a", wait(for: "1 hour")), step("next", task(.team("hr")), after: ["a"])], isOpen: true)
        try turn(&story, false)
        #expect(try story.ring("a") == ["alarm_rang a wake"])
        #expect(try turn(&story, true).suffix(2) == ["done a", "started next for team:hr"])
    }

    @Test("Nothing in a block begins once its condition holds no longer, not even in the same breath")
    func sameBreath() throws {
        let block = opening(
            "around",
            .block([
                step("close", set(("open", "false"))), step("a", child("it.account"), after: ["close"]),
                step("b", notify(.team("it"), message: "x"), after: ["close"]),
            ]))
        var story = try raised([block], isOpen: true)
        #expect(
            story.journal.map(\.event.line) == [
                "raised", "started around", "changed close open", "done close", "suspended around",
            ])
        #expect(try turn(&story, true).contains("started a as it.account"))
    }

    @Test("Children and calls inside a block that is put aside are put aside with it")
    func inside() throws {
        let block = opening(
            "around",
            .block([
                step("a", child("it.account")), step("b", .call(call())), step("c", child("it.laptop"), after: ["a"]),
            ]))
        var story = try raised([block], isOpen: true)
        try turn(&story, false)
        try story.report("a", .submitted(number: "IT-1"))
        try story.report("a", .closed(.done, outputs: [:]))
        try story.answer("b", .answered(status: 200, .null))
        #expect(story.status("c") == "waiting")
        #expect(
            try turn(&story, true) == [
                "changed open", "resumed around", "resumed a", "resumed b", "child_closed a done",
                "started c as it.laptop", "call_answered b 200",
            ])
    }

    @Test("What it holds is free until it begins")
    func holding() throws {
        let van = expression("\"van\"")
        var story = try raised(
            [
                opening("a", task(.team("hr"))) { $0.hold = van },
                step("b", task(.team("it"))).with { $0.hold = van },
            ], isOpen: false)
        #expect(story.status("b") == "task")
        #expect(try turn(&story, true) == ["changed open", "resumed a"])
        #expect(story.code(.complete("a", entries: [:]), by: Person.hans) == "request.step.suspended")
        #expect(
            try story.give(.complete("b", entries: [:]), by: Person.ilse).suffix(2) == [
                "started a for team:hr", "held a van",
            ])
    }

    @Test("Those who are asked about a failed step can answer, whatever its condition")
    func asking() throws {
        var story = try raised(
            [opening("a", approval(.team("hr"))) { $0.onFailure = .ask([.team("hr")]) }], isOpen: true)
        try story.give(.reject("a", comment: nil), by: Person.hans)
        try turn(&story, false)
        #expect(try story.give(.retry("a"), by: Person.hans) == ["retried a for attempt 2", "postponed a"])
        #expect(try turn(&story, true).last == "started a by hans, greta")
        #expect(story.state?.steps["a"]?.attempt == 2)
    }
}
