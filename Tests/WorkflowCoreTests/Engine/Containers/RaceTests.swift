import Testing

@testable import WorkflowCore

@Suite("Races")
struct RaceTests {
    private let work = task(.team("hr"))

    private func raised(_ steps: [Step]) throws -> Story { try Story(requestType(steps), raisedWith: [:]) }

    private func answer(
        _ win: RaceStep.Win, need: Int = 1, rest: Rest = .cancel, onFailure: FailureHandler? = .continue
    ) -> Step {
        step(
            "answer",
            race(
                win, need: need, rest: rest,
                [
                    step("a", .block([step("a1", work), step("a2", work, after: ["a1"])])),
                    step("b", approval(.team("hr"))),
                    step("c", work),
                ]), onFailure: onFailure)
    }

    private let next = step("next", task(.team("hr")), after: ["answer"])

    @Test("Deferred choice: the first step that is done lets its branch win, and the others go")
    func firstStep() throws {
        var story = try raised([answer(.firstStep), next])
        #expect(
            try story.give(.complete("a1", entries: [:]), by: Person.hans) == [
                "completed a1 by hans", "won answer by a", "cancelled b", "cancelled c", "started a2 for team:hr",
            ])
        #expect(story.status("next") == "waiting")
        #expect(
            try story.give(.complete("a2", entries: [:]), by: Person.hans).dropFirst() == [
                "done a", "done answer", "started next for team:hr",
            ])
        #expect(story.code(.complete("c", entries: [:]), by: Person.hans) == "request.step.not_open")
    }

    @Test("With `finish` a branch wins when all of it is done")
    func finish() throws {
        var story = try raised([answer(.finish), next])
        try story.give(.complete("a1", entries: [:]), by: Person.hans)
        #expect(
            try story.give(.complete("c", entries: [:]), by: Person.hans).dropFirst() == [
                "won answer by c", "cancelled a", "cancelled a2", "cancelled b", "done answer",
                "started next for team:hr",
            ])
    }

    @Test("A branch that fails loses; the race fails when too few can win", arguments: [(1, "block"), (3, "failed")])
    func losing(_ need: Int, _ status: String) throws {
        var story = try raised([answer(.finish, need: need), next])
        try story.give(.reject("b", comment: nil), by: Person.hans)
        #expect(story.status("answer") == status)
    }

    @Test("A winner that fails afterwards fails the race")
    func failingWinner() throws {
        var story = try raised([
            step(
                "answer",
                race(
                    .firstStep,
                    [
                        step("a", .block([step("a1", work), step("decide", approval(.team("hr")), after: ["a1"])])),
                        step("b", work),
                    ]), onFailure: .continue), next,
        ])
        try story.give(.complete("a1", entries: [:]), by: Person.hans)
        #expect(
            try story.give(.reject("decide", comment: nil), by: Person.hans).dropFirst() == [
                "failed decide rejected -> outward", "failed a inner -> continued", "failed answer unmet -> continued",
                "started next for team:hr",
            ])
    }

    @Test("Several may have to win", arguments: [RaceStep.Win.firstStep, .finish])
    func several(_ win: RaceStep.Win) throws {
        var story = try raised([answer(win, need: 2), next])
        try story.give(.complete("c", entries: [:]), by: Person.hans)
        #expect(story.status("answer") == "block" && story.status("b") == "approval")
        try story.give(.approve("b", comment: nil), by: Person.hans)
        #expect(story.status("next") == "task" && story.status("a1") == "cancelled")
    }

    @Test("With `rest: continue` the losers run on beside what follows", arguments: [RaceStep.Win.firstStep, .finish])
    func continuing(_ win: RaceStep.Win) throws {
        var story = try raised([answer(win, rest: .continue), next])
        try story.give(.complete("c", entries: [:]), by: Person.hans)
        #expect(story.status("next") == "task" && story.status("b") == "approval")
        try story.give(.complete("next", entries: [:]), by: Person.hans)
        try story.give(.complete("a1", entries: [:]), by: Person.hans)
        try story.give(.reject("b", comment: nil), by: Person.hans)
        #expect(story.outcome == nil)
        try story.give(.complete("a2", entries: [:]), by: Person.hans)
        #expect(story.outcome == "done")
    }

    @Test("Who has won can be read; within one command the file's order decides")
    func winner() throws {
        var story = try raised([
            step("gate", work),
            step(
                "answer",
                race(
                    .finish, [step("x", work, when: "false"), step("y", choose(branch())), step("z", choose(branch()))]),
                after: ["gate"]),
            step("next", task(.team("hr")), when: "answer.winner == \"y\"", after: ["answer"]),
        ])
        try story.give(.complete("gate", entries: [:]), by: Person.hans)
        #expect(story.status("next") == "task")
    }

    @Test("A race in which every branch is skipped fails")
    func nobodyRuns() throws {
        let story = try raised([
            step("answer", race(.finish, [step("x", work, when: "false")]), onFailure: .continue), next,
        ])
        #expect(story.status("answer") == "failed" && story.status("next") == "task")
    }
}
