import Expressions
import Testing

@testable import WorkflowCore

@Suite("The order in which things occur")
struct OccurrenceTests {
    private let work = task(.team("hr"))

    /// A race behind a gate, with these branches.
    private func gated(_ win: RaceStep.Win, _ branches: [Step], form: [Field] = []) -> RequestType {
        requestType(
            form: form,
            [
                step("gate", work), step("race", race(win, branches), after: ["gate"]),
                step("next", work, after: ["race"]),
            ])
    }

    private func winner(_ story: Story) -> StepID? {
        if case .winners(let winners)? = story.state?.steps["race"]?.parts { winners.first } else { nil }
    }

    @Test("A race that starts late is won by the event that came first", arguments: [RaceStep.Win.firstStep, .finish])
    func events(_ win: RaceStep.Win) throws {
        let type = gated(win, [step("x", wait(event: "x")), step("y", wait(event: "y")), step("z", work)])
        var story = try Story(type, raisedWith: [:])
        try story.happens("y")
        story.now = moment("2026-11-23T10:00:00Z")
        try story.happens("x")
        #expect(
            try story.give(.complete("gate", entries: [:]), by: Person.hans) == [
                "completed gate by hans", "started race", "started x for x", "started y for y",
                "started z for team:hr", "taken y 1", "won race by y", "cancelled x", "cancelled z", "done race",
                "started next for team:hr",
            ])
        #expect(story.state?.kept.map(\.event) == ["x"], "the late loser stays")
    }

    @Test(
        "Timers and events go by when they were due and when they came, and ties by the file",
        arguments: [
            ("2026-11-24", "2026-11-24T07:00:00Z", "came"), ("2026-11-24", "2026-11-24T09:30:00Z", "due"),
            ("2026-11-24", "2026-11-24T08:00:00Z", "due"),
        ])
    func timers(_ day: String, _ arrival: String, _ expected: StepID) throws {
        let type = gated(
            .finish,
            [step("due", wait(until: "start at 09:00")), step("came", wait(event: "came"))],
            form: [field("start", .date)])
        var story = try Story(type, raisedWith: ["start": .string(day)])
        story.now = moment(arrival)
        try story.happens("came")
        story.now = moment("2026-11-24T10:00:00Z")
        try story.give(.complete("gate", entries: [:]), by: Person.hans)
        #expect(winner(story) == expected)
    }

    @Test("The same holds for what stands deeper in the branches")
    func deeper() throws {
        let type = gated(
            .firstStep,
            [
                step("a", .block([step("x", wait(event: "x")), step("after_x", work, after: ["x"])])),
                step("b", .block([step("y", wait(event: "y")), step("after_y", work, after: ["y"])])),
            ])
        var story = try Story(type, raisedWith: [:])
        try story.happens("y")
        story.now = moment("2026-11-23T10:00:00Z")
        try story.happens("x")
        try story.give(.complete("gate", entries: [:]), by: Person.hans)
        #expect(winner(story) == "b" && story.status("after_y") == "task" && story.status("after_x") == "cancelled")
    }

    @Test("Of two timers that ring late, the one that was due first wins, whichever rings first")
    func lateTimers() throws {
        let type = requestType([
            step("race", race(.firstStep, [step("x", wait(for: "2 hours")), step("y", wait(for: "1 hour"))])),
            step("next", work, after: ["race"]),
        ])
        var story = try Story(type, raisedWith: [:])
        story.now = moment("2026-11-23T12:00:00Z")
        #expect(try story.ring("x").prefix(3) == ["alarm_rang x wake", "done y", "won race by y"])
    }

    @Test("An event that comes at the very moment of a timer goes by the file", arguments: [true, false])
    func sameMoment(_ isTimerFirst: Bool) throws {
        let branches = [step("x", wait(for: "1 hour")), step("y", wait(event: "y"))]
        let type = requestType([
            step("race", race(.firstStep, isTimerFirst ? branches : branches.reversed())),
            step("next", work, after: ["race"]),
        ])
        var story = try Story(type, raisedWith: [:])
        story.now = moment("2026-11-23T10:00:00Z")
        try story.happens("y")
        #expect(winner(story) == (isTimerFirst ? "x" : "y"))
    }

    @Test("What was kept while a race was put aside decides it in its order")
    func putAside() throws {
        var type = requestType(
            form: [field("open", .yesNo)],
            [
                step(
                    "race",
                    race(
                        .firstStep,
                        [
                            step("x", child("it.account")), step("y", wait(event: "y")),
                            step("z", wait(for: "3 hours")),
                        ])
                ).with { $0.onlyWhile = expression("open") },
                step("next", work, after: ["race"]),
            ])
        type.amendments = [Amendment(field: "open", by: [people("requester")], until: nil)]
        var story = try Story(type, raisedWith: ["open": .bool(true)])
        try story.report("x", .submitted(number: "IT-1"))
        try story.give(.amend(entries: ["open": .raw(.bool(false))]), by: Person.rosa)
        story.now = moment("2026-11-23T10:00:00Z")
        try story.happens("y")
        story.now = moment("2026-11-23T11:00:00Z")
        try story.report("x", .closed(.done, outputs: [:]))
        story.now = moment("2026-11-23T13:00:00Z")
        try story.give(.amend(entries: ["open": .raw(.bool(true))]), by: Person.rosa)
        #expect(winner(story) == "y")
        // The child has ended: nobody asks it to.
        #expect(story.status("x") == "cancelled" && story.ledger.cancelled.isEmpty)
    }
}
