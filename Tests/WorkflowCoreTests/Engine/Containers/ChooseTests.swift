import Expressions
import Testing

@testable import WorkflowCore

@Suite("Choices")
struct ChooseTests {
    private let work = task(.team("hr"))

    private func raised(_ cost: Int, _ steps: [Step]) throws -> Story {
        try Story(
            requestType(
                form: [field("cost", .integer(minimum: nil, maximum: nil))], outputs: [("level", "route.level")], steps),
            raisedWith: ["cost": .number("\(cost)")])
    }

    private var route: Step {
        step(
            "route",
            choose(
                branch(when: "cost > 100", gives: [("level", "\"board\"")], [step("board", work)]),
                branch(
                    when: "cost > 10", gives: [("level", "\"lead\"")],
                    [step("lead", work), step("note", work, after: ["lead"])]),
                branch(gives: [("level", "\"none\"")])))
    }

    @Test(
        "The first case that holds is taken, the steps of the others are skipped",
        arguments: [
            (200, ["started route case 0", "skipped lead", "skipped note", "started board for team:hr"]),
            (50, ["started route case 1", "skipped board", "started lead for team:hr"]),
            (
                5,
                [
                    "started route case 2", "skipped board", "skipped lead", "skipped note", "done route",
                    "started next for team:hr",
                ]
            ),
        ])
    func firstCase(_ cost: Int, _ transcript: [String]) throws {
        let story = try raised(cost, [route, step("next", work, after: ["route"])])
        #expect(story.journal.map(\.event.line).dropFirst() == transcript[...])
    }

    @Test("What the case gives is the step's outputs once it has settled")
    func gives() throws {
        var story = try raised(200, [route, step("next", work, when: "route.level == \"board\"", after: ["route"])])
        try story.give(.complete("board", entries: [:]), by: Person.hans)
        #expect(story.status("next") == "task")
        try story.give(.complete("next", entries: [:]), by: Person.hans)
        guard case .closed(_, let outputs)? = story.state?.phase else {
            Issue.record("not closed")
            return
        }
        #expect(outputs == ["level": .string("board")])
    }

    @Test(
        "No case and no else is a failure; a case that cannot be evaluated is one too",
        arguments: ["cost > 1000", "lost.x"])
    func noCase(_ condition: String) throws {
        let story = try raised(
            5,
            [
                step("route", choose(branch(when: condition, [step("a", work)])), onFailure: .continue),
                step("next", work, after: ["route"]),
            ])
        #expect(story.status("route") == "failed" && story.status("next") == "task")
    }
}
