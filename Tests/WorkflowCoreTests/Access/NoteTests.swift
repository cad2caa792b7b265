import Expressions
import Testing

@testable import WorkflowCore

@Suite("Notes among those who work on a request")
struct NoteTests {
    /// The request waits for HR: Hans and Greta.
    private func raised(by requester: PersonID = Person.rosa) throws -> Story {
        var story = Story(requestType([step("work", task(.team("hr")))]))
        try story.raise(by: requester)
        return story
    }

    @Test("Whoever holds a task is told, a team all of it, and nobody else learns of the note")
    func told() throws {
        var story = try raised()
        #expect(try story.give(.note("Careful.", .workers), by: Person.hans) == ["noted internal"])
        try story.give(.claim("work"), by: Person.hans)
        #expect(try story.give(.note("Why?", .workers), by: Person.greta) == ["noted internal", "told hans noted"])
        #expect(
            try story.give(.note("Why?", .team("hr")), by: Person.hans) == ["noted team:hr", "told greta noted"])
        #expect(story.code(.note("Why?", .workers), by: Person.rosa) == "request.note.not_allowed")
        #expect(story.code(.note("Why?", .workers), by: Person.sina) == "request.not_found")
        #expect(story.code(.note(" ", .workers), by: Person.hans) == "comment.empty")
        #expect(story.code(.note("x", .team("nowhere")), by: Person.hans) == "comment.unknown_team")
        #expect(story.code(.note("x", .team("it")), by: Person.hans) == "comment.no_readers")
    }

    @Test("An agent whose own request it is reads no note about it, and writes none")
    func own() throws {
        var story = try raised(by: Person.hans)
        let state = try #require(story.state)
        let access = Access(story.world.context(.person(Person.hans), story.type, at: story.now))
        #expect(access.canSee(state, Person.hans))
        for audience in [NoteAudience.workers, .team("hr")] {
            #expect(!access.canRead(audience, by: Person.hans, of: state, Person.hans))
            #expect(access.canRead(audience, by: Person.hans, of: state, Person.greta))
            #expect(story.code(.note("x", audience), by: Person.hans) == "request.note.not_allowed")
        }
    }

    @Test("Readers are written as text, and read again", arguments: ["internal", "team:hr-payroll"])
    func text(_ text: String) {
        #expect(NoteAudience(text)?.description == text)
        #expect(NoteAudience("public") == nil && NoteAudience("role:hr") == nil && NoteAudience("team:") == nil)
    }
}
