import Expressions
import Testing

@testable import WorkflowCore

@Suite("Loops")
struct RepeatTests {
    private let work = task(.team("hr"))

    /// The rework loop of the documents.
    private func intake(max: Int = 3, onExhausted: FailureHandler? = nil) -> Step {
        step(
            "intake",
            loop(
                until: "decide.outcome == \"approved\"", max: max, onExhausted: onExhausted,
                [
                    step("correct", task(people("requester")), when: "intake.round > 1"),
                    step("decide", approval(.team("hr")), after: ["correct"], due: "1 day", onFailure: .continue),
                ]))
    }

    @Test("Each round has new instances, and `until` decides on this round's")
    func rounds() throws {
        var story = try Story(requestType([intake(), step("next", work, after: ["intake"])]), raisedWith: [:])
        #expect(
            story.journal.map(\.event.line).dropFirst() == [
                "started intake", "skipped correct", "started decide by hans, greta",
                "deadline_set decide 2026-11-24T09:00:00Z",
            ])
        #expect(
            try story.give(.reject("decide", comment: nil), by: Person.hans) == [
                "voted decide reject by hans", "failed decide rejected -> continued", "round_started intake 2",
                "started correct#2 for rosa (assigned)",
            ])
        try story.give(.complete("correct#2", entries: [:]), by: Person.rosa)
        #expect(story.status(of: "decide#2") == "approval")
        #expect(story.state?.timers["decide#2"] == moment("2026-11-24T09:00:00Z"))
        #expect(story.code(.approve("decide", comment: nil), by: Person.hans) == "request.step.not_open")
        #expect(story.code(.approve("decide#3", comment: nil), by: Person.hans) == "request.step.not_open")
        #expect(story.code(.approve("decide[x]", comment: nil), by: Person.hans) == "request.step.unknown")
        #expect(
            try story.give(.approve("decide#2", comment: nil), by: Person.greta).suffix(3) == [
                "done decide#2 approved", "done intake", "started next for team:hr",
            ])
    }

    @Test(
        "When the last round does not satisfy `until`, `on_exhausted` follows, else the failure goes on as any other",
        arguments: [(FailureHandler.continue, "open"), (.end("withdrawn"), "withdrawn"), (nil, "rejected")])
    func exhausted(_ handler: FailureHandler?, _ outcome: String) throws {
        var story = try Story(
            requestType([intake(max: 1, onExhausted: handler), step("next", work, after: ["intake"])]), raisedWith: [:])
        try story.give(.reject("decide", comment: nil), by: Person.hans)
        #expect(story.outcome ?? "open" == outcome)
        #expect(story.journal.contains { $0.event.line.hasPrefix("failed intake exhausted") })
    }

    @Test("Outside the loop a name is its last round's, inside `previous` is the round before")
    func names() throws {
        let score = field("score", .integer(minimum: nil, maximum: nil))
        var story = try Story(
            requestType([
                step(
                    "tries",
                    loop(
                        until:
                            "attempt.score > 5 or (has(previous.attempt) and previous.attempt.score == attempt.score)",
                        [step("attempt", task(.team("hr"), form: [score]))])),
                step("good", work, when: "attempt.score == 3 and tries.round == 2", after: ["tries"]),
            ]), raisedWith: [:])
        try story.give(.complete("attempt", entries: ["score": .raw(.number("3"))]), by: Person.hans)
        #expect(story.status(of: "attempt#2") == "task")
        try story.give(.complete("attempt#2", entries: ["score": .raw(.number("3"))]), by: Person.hans)
        #expect(story.status("tries") == "done" && story.status("good") == "task")
    }

    @Test("A loop in a loop: a first round is written only before a later one inside it")
    func nested() throws {
        let answer = field("again", .yesNo)
        var story = try Story(
            requestType([
                step(
                    "outer",
                    loop(
                        until: "not last.again",
                        [
                            step("inner", loop(until: "not a.again", [step("a", task(.team("hr"), form: [answer]))])),
                            step("last", task(.team("hr"), form: [answer]), after: ["inner"]),
                        ]))
            ]), raisedWith: [:])
        func complete(_ name: InstanceName, _ again: Bool) throws {
            try story.give(.complete(name, entries: ["again": .raw(.bool(again))]), by: Person.hans)
        }
        try complete("a", true)
        try complete("a#1#2", false)
        try complete("last", true)
        try complete("a#2", true)
        try complete("a#2#2", false)
        try complete("last#2", false)
        #expect(story.outcome == "done")
    }

    @Test("Leaving a loop ends it as done; a retried loop begins with its first round again")
    func leavingAndRetrying() throws {
        let steps = [
            step("decide", approval(.team("hr")), onFailure: .leave("intake")),
            step("check", approval(.team("hr")), after: ["decide"]),
        ]
        var story = try Story(
            requestType([
                step("intake", loop(until: "false", max: 2, steps), onFailure: .retry(1)),
                step("next", work, after: ["intake"]),
            ]), raisedWith: [:])
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        try story.give(.approve("check", comment: nil), by: Person.hans)
        try story.give(.approve("decide#2", comment: nil), by: Person.hans)
        #expect(
            try story.give(.reject("check#2", comment: nil), by: Person.hans).dropFirst(2) == [
                "failed intake inner -> retried", "retried intake for attempt 2", "reset decide", "reset decide#2",
                "reset check", "reset check#2", "started intake", "started decide by hans, greta",
            ])
        #expect(
            try story.give(.reject("decide", comment: nil), by: Person.hans).dropFirst() == [
                "failed decide rejected -> left intake", "cancelled check", "done intake", "started next for team:hr",
            ])
    }

    @Test("A loop that needs nobody ends with its rounds")
    func noWaiting() throws {
        let story = try Story(
            requestType([step("spin", loop(until: "false", max: 50, [step("c", choose(branch()))]))]), raisedWith: [:])
        #expect(story.outcome == "rejected")
        #expect(story.state?.steps["spin"]?.parts == .rounds(50))
    }
}
