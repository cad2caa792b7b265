import Expressions
import Testing

@testable import WorkflowCore

@Suite("Tasks")
struct TaskTests {
    private func started(_ kind: StepKind, world: World = World()) throws -> Story {
        var story = Story(requestType([step("work", kind), step("more", task(.team("hr")))]), world: world)
        try story.raise()
        return story
    }

    @Test("A queue is claimed, released and completed by its members only")
    func queue() throws {
        var story = try started(task(.team("it")))
        #expect(story.code(.claim("work"), by: Person.hans) == "request.task.not_offered")
        #expect(story.code(.release("work"), by: Person.ilse) == "request.task.not_claimed")
        try story.give(.claim("work"), by: Person.ilse)
        #expect(story.state?.workItems["work"]?.assignee == Person.ilse)
        #expect(story.code(.claim("work"), by: Person.ilse) == "request.task.already_claimed")
        #expect(story.code(.claim("work"), by: Person.ivo) == "request.task.claimed_by_other")
        #expect(story.code(.release("work"), by: Person.ivo) == "request.task.claimed_by_other")
        #expect(story.code(.complete("work", entries: [:]), by: Person.ivo) == "request.task.claimed_by_other")
        try story.give(.release("work"), by: Person.ilse)
        try story.give(.complete("work", entries: [:]), by: Person.ivo)
        #expect(story.status("work") == "done")
        #expect(story.state?.steps["work"]?.completedBy == Person.ivo)
        #expect(story.code(.claim("work"), by: Person.ilse) == "request.step.not_open")
        #expect(story.code(.claim("lost"), by: Person.ilse) == "request.step.unknown")
        #expect(
            story.code(.claim(InstanceName("work", scopes: [.round(2)])), by: Person.ilse) == "request.step.unknown")
    }

    @Test("A task for one person is theirs at once and cannot be given back")
    func byName() throws {
        var story = try started(task(people("manager_of(requester)")))
        #expect(story.state?.workItems["work"]?.assignee == Person.mila)
        #expect(story.code(.release("work"), by: Person.mila) == "request.task.not_released")
        try story.give(.complete("work", entries: [:]), by: Person.mila)
    }

    @Test("What a leaver has claimed may be claimed again")
    func leaver() throws {
        var story = try started(task(.team("it")))
        try story.give(.claim("work"), by: Person.ilse)
        story.world.leave(Person.ilse)
        try story.give(.claim("work"), by: Person.ivo)
        #expect(story.state?.workItems["work"]?.assignee == Person.ivo)
    }

    @Test("Nobody in `assign` passes it to `fallback`, and where nobody is there either the agents are asked")
    func fallback() throws {
        let story = try started(task(.role("vacant"), .person("carl"), fallback: [.role("hr-lead")]))
        #expect(story.state?.workItems["work"]?.offeredTo == [.role("hr-lead")])
        var empty = Story(requestType([step("work", task(.role("vacant")))]))
        #expect(try empty.raise().prefix(2) == ["raised", "failed work nobody -> asked team:hr"])
    }

    @Test("Whoever joins the team tomorrow may do it tomorrow")
    func joins() throws {
        var story = try started(task(.team("it")))
        story.world.people = story.world.people.map { row in
            row.id != Person.sina
                ? row
                : Directory.Person(
                    id: row.id, handle: row.handle, name: row.name, email: row.email, language: nil, manager: nil,
                    site: nil, isActive: true, groups: ["it-staff"])
        }
        try story.give(.complete("work", entries: [:]), by: Person.sina)
    }

    @Test("Its form is checked, its values are outputs")
    func form() throws {
        var story = try started(task(.team("it"), form: [field("login", .text(maximumLength: 5))]))
        #expect(story.code(.complete("work", entries: [:]), by: Person.ilse) == "form.invalid")
        try story.give(.complete("work", entries: ["login": .raw(.string(" ann "))]), by: Person.ilse)
        #expect(story.outputs("work") == ["login": .string("ann")])
    }

    @Test("A comment tells the requester and whoever holds a task, but not its author")
    func comments() throws {
        var story = try started(task(people("manager_of(requester)")))
        #expect(try story.give(.comment("How is it?"), by: Person.rosa) == ["commented", "told mila commented"])
        #expect(try story.give(.comment("Soon."), by: Person.mila) == ["commented", "told rosa commented"])
        #expect(story.code(.comment("Who?"), by: Person.sina) == "request.not_found")
    }
}
