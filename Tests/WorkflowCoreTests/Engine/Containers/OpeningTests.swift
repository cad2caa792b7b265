import Expressions
import Testing

@testable import WorkflowCore

@Suite("When a step is open")
struct OpeningTests {
    private let work = task(.team("hr"))

    /// A condition over tasks that may not have settled.
    private func condition(_ source: String) -> CheckedExpression {
        let record = RecordType(name: "task", fields: ["note": VariableDeclaration(type: .string)])
        let task = VariableDeclaration(type: .record(record), presence: .sometimes)
        return expression(source, declared: ["stop": task, "go": task, "late": task])
    }

    @Test("One at a time: what is ready waits, in the order of the file, while another runs")
    func oneAtATime() throws {
        var story = try Story(
            requestType([
                step("a", .block([step("x", work, after: ["z"]), step("y", work), step("z", work)])).with {
                    $0.isOneAtATime = true
                }
            ]), raisedWith: [:])
        for name: StepID in ["y", "z", "x"] {
            let open = story.state?.workItems.keys.map(\.step)
            #expect(open == [name])
            try story.give(.complete(InstanceName(name), entries: [:]), by: Person.hans)
        }
        #expect(story.outcome == "done")
    }

    @Test("Steps that hold the same thing run one after the other")
    func holding() throws {
        func holding(_ id: StepID, _ thing: String) -> Step {
            step(id, work).with { $0.hold = expression("\"\(thing)\"") }
        }
        var story = try Story(
            requestType([holding("a", "van"), holding("b", "van"), holding("c", "desk")]), raisedWith: [:])
        #expect(story.state?.workItems.keys.map(\.step).sorted() == ["a", "c"])
        #expect(story.state?.steps["a"]?.held == "van")
        #expect(
            try story.give(.complete("a", entries: [:]), by: Person.hans) == [
                "completed a by hans", "started b for team:hr", "held b van",
            ])
    }

    @Test("A step whose `only_while` does not hold is put aside with what is in it, and comes back")
    func onlyWhile() throws {
        var story = try Story(
            requestType([
                step("stop", task(.team("it"), form: [field("note")])),
                step("go", task(.team("it"), form: [field("note")]), after: ["stop"]),
                step(
                    "around",
                    .block([
                        step("a", work, due: "2 days", onOverdue: .fail, onFailure: .continue),
                        step("b", work, after: ["a"]), step("c", work, after: ["stop"]),
                    ])
                ).with { $0.onlyWhile = condition("not has(stop.note) or has(go.note)") },
            ]), raisedWith: [:])
        let entries: [FieldID: Entry] = ["note": .raw(.string("x"))]
        #expect(
            try story.give(.complete("stop", entries: entries), by: Person.ilse) == [
                "completed stop by ilse", "suspended around", "suspended a", "started go for team:it",
            ])
        #expect(story.state?.workItems.keys.map(\.step) == ["go"])
        #expect(story.code(.complete("a", entries: [:]), by: Person.hans) == "request.step.suspended")
        // Its deadline runs on.
        #expect(try story.ring("a") == ["deadline_passed a", "failed a overdue -> continued"])
        #expect(
            try story.give(.complete("go", entries: entries), by: Person.ilse) == [
                "completed go by ilse", "resumed around", "started b for team:hr", "started c for team:hr",
            ])
    }

    @Test("A step that would begin put aside begins so")
    func bornAside() throws {
        var story = try Story(
            requestType([
                step("a", work),
                step("b", work, after: ["a"]).with { $0.onlyWhile = condition("has(late.note)") },
                step("late", task(.team("it"), form: [field("note")])),
            ]), raisedWith: [:])
        #expect(
            try story.give(.complete("a", entries: [:]), by: Person.hans) == [
                "completed a by hans", "postponed b",
            ])
        #expect(
            try story.give(.complete("late", entries: ["note": .raw(.string("x"))]), by: Person.ilse) == [
                "completed late by ilse", "resumed b", "started b for team:hr",
            ])
        try story.give(.complete("b", entries: [:]), by: Person.hans)
        #expect(story.outcome == "done")
    }
}
