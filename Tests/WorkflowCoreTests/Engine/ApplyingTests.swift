import Expressions
import Testing

@testable import WorkflowCore

@Suite("Applying events")
struct ApplyingTests {
    @Test(
        "Applying is total: whatever the state, every event is taken and counted", arguments: EventCodingTests.examples)
    func total(_ event: Event) throws {
        let now = moment("2026-11-23T09:00:00Z")
        for first in EventCodingTests.examples {
            var story = try Story(requestType([step("a", task(.team("hr")))]), raisedWith: [:]).state
            let version = try #require(story?.version)
            Engine.apply(first, at: now, to: &story)
            Engine.apply(event, at: now, to: &story)
            #expect(story?.version == version + 2)
        }
    }

    @Test("A request begins with `raised`, and nothing else makes one")
    func beginning() {
        let now = moment("2026-11-23T09:00:00Z")
        for event in EventCodingTests.examples {
            var state: RequestState?
            Engine.apply(event, at: now, to: &state)
            #expect((state != nil) == (event.kind == "raised"))
        }
        #expect(Engine.replay([(event: Event, at: Instant)]()) == nil)
    }

    @Test("Effects of the same events are the same, and none come from nothing")
    func effects() throws {
        let state = try #require(try Story(requestType([step("a", task(.team("hr")))]), raisedWith: [:]).state)
        #expect(Engine.effects(of: [], from: state, to: state).isEmpty)
        #expect(Engine.effects(of: [], from: nil, to: state) == Engine.effects(of: [], from: nil, to: state))
    }
}
