import Expressions
import Testing

@testable import WorkflowCore

@Suite("Checklists, edits and handing over")
struct TaskExtrasTests {
    private static let list = ["badge", "keys"].map { ChecklistItem(id: $0, label: text("The \($0)?")) }

    private func checking() throws -> Story {
        try Story(requestType([step("work", taskStep(.team("it")) { $0.checklist = Self.list })]), raisedWith: [:])
    }

    @Test("A task is completed only when every line of its checklist is ticked")
    func checklist() throws {
        var story = try checking()
        #expect(story.code(.complete("work", entries: [:]), by: Person.ilse) == "request.task.not_ticked")
        #expect(
            try story.give(.tick("work", item: "badge", isDone: true), by: Person.ilse) == [
                "ticked work badge true by ilse"
            ])
        #expect(story.code(.tick("work", item: "badge", isDone: true), by: Person.ivo) == "request.task.already_ticked")
        #expect(story.code(.tick("work", item: "bagde", isDone: true), by: Person.ivo) == "request.task.unknown_item")
        try story.give(.tick("work", item: "keys", isDone: true), by: Person.ivo)
        try story.give(.tick("work", item: "badge", isDone: false), by: Person.ivo)
        #expect(story.code(.complete("work", entries: [:]), by: Person.ilse) == "request.task.not_ticked")
        try story.give(.tick("work", item: "badge", isDone: true), by: Person.ivo)
        #expect(try story.give(.complete("work", entries: [:]), by: Person.ilse).contains("closed done"))
    }

    @Test("Ticks stay when a task passes on, and only its people tick")
    func ticking() throws {
        var story = try checking()
        #expect(
            story.code(.tick("work", item: "badge", isDone: true), by: Person.hans) == "request.task.not_offered")
        try story.give(.tick("work", item: "badge", isDone: true), by: Person.ivo)
        try story.give(.claim("work"), by: Person.ilse)
        #expect(
            story.code(.tick("work", item: "keys", isDone: true), by: Person.ivo) == "request.task.claimed_by_other")
        try story.give(.handOver("work", to: Person.ivo), by: Person.ilse)
        try story.give(.tick("work", item: "keys", isDone: true), by: Person.ivo)
        try story.give(.complete("work", entries: [:]), by: Person.ivo)
    }

    @Test("A task is handed over by whoever has it or may have it, to anybody active")
    func handingOver() throws {
        var story = try checking()
        #expect(story.code(.handOver("work", to: Person.ilse), by: Person.hans) == "request.task.not_offered")
        #expect(story.code(.handOver("work", to: Person.carl), by: Person.ilse) == "request.unknown_person")
        #expect(
            try story.give(.handOver("work", to: Person.sina), by: Person.ilse) == [
                "handed_over work to sina by ilse", "told work sina handed_over",
            ])
        #expect(story.state?.workItems["work"]?.assignee == Person.sina)
        #expect(story.code(.handOver("work", to: Person.sina), by: Person.ilse) == "request.task.already_theirs")
        try story.give(.tick("work", item: "badge", isDone: true), by: Person.sina)
        try story.give(.release("work"), by: Person.sina)
        #expect(story.state?.workItems["work"]?.assignee == nil)
        #expect(story.code(.claim("work"), by: Person.sina) == "request.task.not_offered")
    }

    private func editing(_ edit: [FieldID]) throws -> Story {
        let form = [
            field("site"), field("desk", optional: true, askWhen: "site == \"berlin\""),
            field("from", .date), field("until", .date, check: "until >= from", message: "Ends before it starts."),
        ]
        let kind = taskStep(people("requester"), form: [field("why")]) { $0.edit = edit }
        let type = requestType(
            form: form, [step("correct", kind), step("work", task(.team("it")), after: ["correct"])])
        return try Story(
            type,
            raisedWith: [
                "site": .string("berlin"), "desk": .string("D1"), "from": .string("2026-12-01"),
                "until": .string("2026-12-04"),
            ])
    }

    @Test("Completing a task changes the fields that it may edit, and what follows from them")
    func edits() throws {
        var story = try editing(["site", "until"])
        #expect(
            try story.give(
                .complete(
                    "correct",
                    entries: [
                        "why": .raw(.string("moved")), "site": .raw(.string("remote")),
                        "until": .raw(.string("2026-12-05")),
                    ]), by: Person.rosa) == [
                    "completed correct by rosa", "changed correct site, until, -desk", "started work for team:it",
                ])
        #expect(story.outputs("correct") == ["why": .string("moved")])
    }

    @Test("Its own form and the edited fields are checked together")
    func problems() throws {
        var story = try editing(["until", "from"])
        do throws(Rejection) {
            try story.give(
                .complete("correct", entries: ["until": .raw(.string("2026-11-30"))]), by: Person.rosa)
            Issue.record("taken")
        } catch {
            #expect(error.fields.map(\.code) == ["form.check", "form.required"])
        }
        // A check runs again when a field that it reads has changed.
        let moved = Command.complete(
            "correct", entries: ["why": .raw(.string("x")), "from": .raw(.string("2026-12-24"))])
        #expect(story.code(moved, by: Person.rosa) == "form.invalid")
        let other = Command.complete(
            "correct", entries: ["why": .raw(.string("x")), "site": .raw(.string("remote"))])
        #expect(story.code(other, by: Person.rosa) == "form.invalid", "what it may not edit is no field of its form")
    }
}
