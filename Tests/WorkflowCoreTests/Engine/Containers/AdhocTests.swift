import Testing

@testable import WorkflowCore

@Suite("Steps that people add")
struct AdhocTests {
    private let work = task(.team("hr"))

    private func story() throws -> Story {
        try Story(
            requestType([
                step(
                    "prepare",
                    .block([
                        step("main", work),
                        step(
                            "extras",
                            .adhoc(
                                AdhocStep(
                                    by: [.team("hr")],
                                    templates: [
                                        step("errand", task(.team("it"))),
                                        step("visit", .block([step("go", work), step("tell", work, after: ["go"])])),
                                    ]))),
                    ])), step("next", work, after: ["prepare"]),
            ]), raisedWith: [:])
    }

    @Test("What was added holds its surroundings open, the adhoc does not")
    func adding() throws {
        var story = try story()
        #expect(story.status("extras") == "block" && story.status("errand") == "waiting")
        #expect(
            try story.give(.addStep("extras", "errand"), by: Person.hans) == [
                "step_added extras errand as 1", "started errand[1] for team:it",
            ])
        try story.give(.addStep("extras", "visit"), by: Person.hans)
        try story.give(.addStep("extras", "errand"), by: Person.hans)
        #expect(story.status(of: "go[2]") == "task" && story.status(of: "errand[3]") == "task")
        try story.give(.complete("main", entries: [:]), by: Person.hans)
        try story.give(.complete("errand[1]", entries: [:]), by: Person.ilse)
        try story.give(.complete("go[2]", entries: [:]), by: Person.hans)
        try story.give(.complete("tell[2]", entries: [:]), by: Person.hans)
        #expect(story.status("prepare") == "block")
        #expect(
            try story.give(.complete("errand[3]", entries: [:]), by: Person.ilse) == [
                "completed errand[3] by ilse", "done extras", "done prepare", "started next for team:hr",
            ])
        #expect(story.code(.addStep("extras", "errand"), by: Person.hans) == "request.step.not_open")
    }

    @Test("Nobody has to add anything")
    func nothing() throws {
        var story = try story()
        #expect(
            try story.give(.complete("main", entries: [:]), by: Person.hans) == [
                "completed main by hans", "done extras", "done prepare", "started next for team:hr",
            ])
    }

    @Test("Only what is allowed is added, and only by whom it is allowed")
    func refusals() throws {
        var story = try story()
        #expect(story.code(.addStep("extras", "errand"), by: Person.rosa) == "request.step.not_added")
        #expect(story.code(.addStep("extras", "main"), by: Person.hans) == "request.adhoc.unknown_template")
        #expect(story.code(.addStep("prepare", "main"), by: Person.hans) == "request.step.not_open")
        #expect(story.code(.addStep("extras", "errand"), as: .system(.timer)) == "principal.not_a_person")
    }
}
