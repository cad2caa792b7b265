import Expressions
import Testing

@testable import WorkflowCore

@Suite("Leaving and ending from inside containers")
struct LeavingTests {
    private let work = task(.team("hr"))

    /// A container around a decision that leaves it, and a task beside the decision.
    private func around(_ kind: String) -> Step {
        let decide = step(
            "decide", approval(.team("hr")), due: "1 day", onOverdue: .leave("around"), onFailure: .leave("around"))
        let beside = step("beside", work)
        let kind: StepKind =
            switch kind {
            case "block": .block([decide, beside])
            case "choose": choose(branch([decide, beside]))
            case "repeat": loop(until: "true", [decide, beside])
            case "each": each("e", of: "[\"a\", \"b\"]", [decide, beside])
            case "race": race(.finish, [step("b", .block([decide, step("x", work, after: ["decide"])])), beside])
            default: .adhoc(AdhocStep(by: [.team("hr")], templates: [step("b", .block([decide, beside]))]))
            }
        return step("around", kind)
    }

    @Test(
        "A scope that is left is done, whatever was open in it is cancelled, and the process goes on",
        arguments: ["block", "choose", "repeat", "each", "race", "adhoc"], [true, false])
    func leaving(_ kind: String, _ isOverdue: Bool) throws {
        var story = try Story(
            requestType([around(kind), step("next", work, after: kind == "adhoc" ? [] : ["around"])]), raisedWith: [:])
        if kind == "adhoc" { try story.give(.addStep("around", "b"), by: Person.hans) }
        let decide: InstanceName = kind == "each" ? "decide[b]" : kind == "adhoc" ? "decide[1]" : "decide"
        if isOverdue {
            try story.ring(decide)
        } else {
            try story.give(.reject(decide, comment: nil), by: Person.hans)
        }
        #expect(story.status("around") == "done")
        #expect(story.state?.workItems.keys.sorted() == ["next"])
    }

    @Test(
        "An end inside a container ends the request and cancels all of it",
        arguments: ["each", "repeat", "race", "choose"])
    func ending(_ kind: String) throws {
        let steps = [step("a", work), step("stop", .end("rejected"), after: ["a"])]
        let inside: StepKind =
            switch kind {
            case "each": each("e", of: "[\"a\", \"b\"]", steps)
            case "repeat": loop(until: "false", steps)
            case "race": race(.finish, [step("one", .block(steps)), step("two", work)])
            default: choose(branch(steps))
            }
        var story = try Story(requestType([step("around", inside), step("beside", work)]), raisedWith: [:])
        try story.give(.complete(kind == "each" ? "a[b]" : "a", entries: [:]), by: Person.hans)
        #expect(story.outcome == "rejected")
    }

    @Test("Late elements of a round are closed by that round's steps, not by those of the round before")
    func addingByRound() throws {
        let people = LateElements(by: [.team("hr")], until: "gate")
        var story = try Story(
            requestType([
                step(
                    "rounds",
                    loop(
                        until: "false",
                        [
                            step("some", each("e", of: "[\"a\"]", add: people, [step("x", work)])),
                            step("go", work), step("gate", approval(.team("it")), after: ["go"]),
                        ]))
            ]), raisedWith: [:])
        try story.give(.complete("go", entries: [:]), by: Person.hans)
        #expect(story.code(.addElement("some", .raw(.string("b"))), by: Person.hans) == "request.each.too_late")
        try story.give(.complete("x[a]", entries: [:]), by: Person.hans)
        try story.give(.approve("gate", comment: nil), by: Person.ilse)
        try story.give(.addElement("some#2", .raw(.string("b"))), by: Person.hans)
        #expect(story.status(of: "x#2[b]") == "task")
    }
}
