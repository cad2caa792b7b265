import Expressions
import Testing

@testable import WorkflowCore

@Suite("Order, failures and deadlines")
struct ProcessTests {
    private let work = task(.team("hr"))

    private func raised(_ steps: [Step], form: [Field] = [], _ entries: [FieldID: JSONValue] = [:]) throws -> Story {
        try Story(requestType(form: form, steps), raisedWith: entries)
    }

    @Test("What has no `after` starts at once; `after` crosses the borders of blocks both ways")
    func order() throws {
        var story = try raised([
            step("first", .block([step("a", work), step("b", work, after: ["x"])])),
            step("x", work, after: ["a"]), step("last", work, after: ["first"]),
        ])
        #expect(story.status("a") == "task" && story.status("x") == "waiting" && story.status("b") == "waiting")
        try story.give(.complete("a", entries: [:]), by: Person.hans)
        #expect(story.status("x") == "task" && story.status("b") == "waiting")
        try story.give(.complete("x", entries: [:]), by: Person.hans)
        #expect(
            try story.give(.complete("b", entries: [:]), by: Person.hans) == [
                "completed b by hans", "done first", "started last for team:hr",
            ])
    }

    @Test("A skipped block skips everything in it, and what comes after goes on")
    func skipping() throws {
        let story = try raised(
            [
                step("maybe", .block([step("a", work), step("inner", .block([step("b", work)]))]), when: "wanted"),
                step("next", work, after: ["b"]),
            ], form: [field("wanted", .yesNo)], ["wanted": .bool(false)])
        #expect(
            story.journal.map(\.event.line) == [
                "raised", "skipped maybe", "skipped a", "skipped inner", "skipped b", "started next for team:hr",
            ])
    }

    @Test("`when` is taken once, when the step could start")
    func whenIsTakenOnce() throws {
        var story = try raised([
            step("a", task(.team("hr"), form: [field("go", .yesNo)])), step("b", work, when: "a.go", after: ["a"]),
        ])
        try story.give(.complete("a", entries: ["go": .raw(.bool(true))]), by: Person.hans)
        #expect(story.status("b") == "task")
    }

    @Test("An end ends the request and cancels what runs beside it; the first in the file wins")
    func ends() throws {
        var story = try raised([
            step("go", work), step("beside", .block([step("c", work)])),
            step("good", .end("done"), after: ["go"]), step("bad", .end("rejected"), after: ["go"]),
        ])
        #expect(
            try story.give(.complete("go", entries: [:]), by: Person.hans) == [
                "completed go by hans", "done good done", "cancelled beside", "cancelled c", "cancelled bad",
                "closed done",
                "told rosa closed",
            ])
    }

    @Test("A failure without a handler goes outward to the next that has one")
    func outward() throws {
        var story = try raised([
            step(
                "outer",
                .block([
                    step("inner", .block([step("decide", approval(.team("hr"))), step("beside", work)])),
                    step("after", work, after: ["inner"]),
                ]), onFailure: .continue),
            step("next", work, after: ["after"]),
        ])
        #expect(
            try story.give(.reject("decide", comment: nil), by: Person.hans) == [
                "voted decide reject by hans", "failed decide rejected -> outward", "failed inner inner -> outward",
                "cancelled beside", "failed outer inner -> continued", "cancelled after", "started next for team:hr",
            ])
    }

    @Test("From the top a failure ends the request with the first bad outcome")
    func top() throws {
        var story = try raised([step("b", .block([step("decide", approval(.team("hr")))]))])
        try story.give(.reject("decide", comment: nil), by: Person.hans)
        #expect(story.outcome == "rejected")
    }

    @Test("Leaving a block settles it as done and cancels the rest of it")
    func leaving() throws {
        var story = try raised([
            step(
                "outer",
                .block([
                    step(
                        "inner",
                        .block([step("decide", approval(.team("hr")), onFailure: .leave("outer")), step("x", work)])),
                    step("y", work, after: ["inner"]),
                ])),
            step("next", work, after: ["y", "decide"]),
        ])
        #expect(
            try story.give(.reject("decide", comment: nil), by: Person.hans).dropFirst() == [
                "failed decide rejected -> left outer", "cancelled inner", "cancelled x", "cancelled y", "done outer",
                "started next for team:hr",
            ])
    }

    @Test("A retry that fails at once ends, however often it may be tried")
    func endlessRetry() throws {
        var story = Story(
            requestType([
                step(
                    "b", .block([step("a", task(.role("vacant")), onFailure: .retry(1_000_000))]),
                    onFailure: .retry(1_000_000))
            ]))
        try story.raise()
        // Where trying again does not help, people are asked.
        #expect(story.outcome == nil)
        #expect(story.journal.count < 2_000)
    }

    @Test("Nobody to ask is a failure that goes outward")
    func nobodyToAsk() throws {
        var story = try raised([step("decide", approval(.team("hr")), onFailure: .ask([.role("vacant")]))])
        try story.give(.reject("decide", comment: nil), by: Person.hans)
        #expect(story.outcome == "rejected")
    }

    @Test("An expression that fails at run time fails its step", arguments: ["when", "assign", "with", "due"])
    func evaluation(_ place: String) throws {
        let broken =
            switch place {
            case "when": step("a", work, when: "lost.x == 1", onFailure: .continue)
            case "assign": step("a", task(people("lost.x")), onFailure: .continue)
            case "with": step("a", child("it.account", with: [("x", "lost.x")]), onFailure: .continue)
            default: step("a", work, due: "lost.x", onFailure: .continue)
            }
        let story = try raised([broken, step("next", work, after: ["a"])])
        guard
            case .settled(.failed(.evaluation(let sentence), .continued, outcome: nil))? = story.state?.steps["a"]?
                .status
        else {
            Issue.record("not failed")
            return
        }
        #expect(sentence.contains("`a`"))
        #expect(story.status("next") == "task")
    }

    @Test(
        "Deadlines: spans from the start, dates at close of business, moments as they are",
        arguments: [
            ("2 days", "2026-11-25T09:00:00Z"), ("3 working hours", "2026-11-23T12:00:00Z"),
            ("10 working hours", "2026-11-24T11:00:00Z"), ("5 working days", "2026-11-30T09:00:00Z"),
            ("start", "2026-12-01T16:00:00Z"), ("start - 1 working day", "2026-11-30T16:00:00Z"),
            ("start at 08:30", "2026-12-01T07:30:00Z"), ("now + 90 minutes", "2026-11-23T10:30:00Z"),
        ])
    func deadlines(_ due: String, _ expected: String) throws {
        let story = try raised(
            [step("a", work, due: due)], form: [field("start", .date)], ["start": .string("2026-12-01")])
        #expect(story.state?.timers["a"] == moment(expected))
    }

    @Test("A deadline moves with what it reads, and fires once")
    func moving() throws {
        let plan = RecordType(name: "plan", fields: ["day": VariableDeclaration(type: .date)])
        let due = expression(
            "has(plan.day) ? plan.day at 12:00 : today at 18:00",
            declared: ["plan": VariableDeclaration(type: .record(plan), presence: .sometimes)])
        let steps = [
            step("plan", task(.team("hr"), form: [field("day", .date)])),
            step("a", work, due: due, onOverdue: .tell([.team("hr")])),
        ]
        var story = try raised(steps)
        #expect(story.state?.timers["a"] == moment("2026-11-23T17:00:00Z"))
        var late = story
        let entries: [FieldID: Entry] = ["day": .raw(.string("2026-12-01"))]
        #expect(
            try story.give(.complete("plan", entries: entries), by: Person.hans) == [
                "completed plan by hans", "deadline_set a 2026-12-01T11:00:00Z",
            ])
        #expect(
            story.code(.deadlinePassed("a", due: moment("2026-11-23T17:00:00Z")), as: .system(.timer))
                == "request.stale")
        try late.ring("a")
        #expect(try late.give(.complete("plan", entries: entries), by: Person.hans) == ["completed plan by hans"])
    }

    @Test(
        "What follows an overdue step",
        arguments: [
            (OverdueCase.tell, ["deadline_passed decide", "told decide role:hr-lead overdue"]),
            (.reject, ["deadline_passed decide", "failed decide rejected -> continued", "started next for team:hr"]),
            (.fail, ["deadline_passed decide", "failed decide overdue -> continued", "started next for team:hr"]),
            (
                .end,
                [
                    "deadline_passed decide", "cancelled decide", "cancelled next", "closed withdrawn",
                    "told rosa closed",
                ]
            ),
        ])
    func overdue(_ action: OverdueCase, _ transcript: [String]) throws {
        var story = try raised([
            step("decide", approval(.team("hr")), due: "1 day", onOverdue: action.action, onFailure: .continue),
            step("next", work, after: ["decide"]),
        ])
        #expect(try story.ring("decide") == transcript)
    }

    enum OverdueCase: Sendable {
        case tell, reject, fail, end

        var action: OverdueAction {
            switch self {
            case .tell: .tell([.role("hr-lead")])
            case .reject: .reject
            case .fail: .fail
            case .end: .end("withdrawn")
            }
        }
    }

    @Test("An overdue child that fails its step is asked to end, and nobody waits for it")
    func overdueChild() throws {
        var story = try raised([step("c", child("it.account"), due: "1 day", onOverdue: .fail, onFailure: .continue)])
        let child = try #require(story.ledger.children["c"])
        try story.report("c", .submitted(number: "IT-1"))
        try story.ring("c")
        #expect(story.ledger.cancelled == [child])
        #expect(story.outcome == "done")
        #expect(
            story.code(.childReported("c", child, .closed(.done, outputs: [:])), as: .system(.child)) == "request.stale"
        )
    }

    @Test("A child cancelled in the breath that ordered it is never raised")
    func neverRaised() throws {
        let story = try raised([step("c", child("it.account")), step("stop", .end("rejected"))])
        #expect(story.outcome == "rejected")
        #expect(story.ledger.raised.isEmpty)
    }

    @Test("The same decision twice gives the same events")
    func purity() throws {
        let type = requestType([step("a", child("it.account")), step("b", child("it.laptop"))])
        var (first, second) = (Story(type), Story(type))
        try first.raise()
        try second.raise()
        #expect(first.state == second.state)
        #expect(Set(first.ledger.raised.keys).count == 2)
    }

    @Test("A request exists once, and nothing happens to one that does not")
    func existence() throws {
        var story = Story(requestType([step("a", work)]))
        #expect(story.code(.claim("a"), by: Person.hans) == "request.not_found")
        try story.raise()
        #expect(
            story.code(
                .raise(
                    Submission(
                        id: Story.id, type: "hr.leave", number: "HR-1", requester: .person(Person.rosa),
                        beneficiary: Person.rosa, parent: nil, entries: [:])), by: Person.rosa) == "request.exists")
    }
}
