import Expressions
import Testing

@testable import WorkflowCore

@Suite("Telling, assigning and nudging")
struct TellingTests {
    @Test("A notice is written in every language when its step starts, and settles it")
    func notify() throws {
        let kind = WorkflowCoreTests.notify(
            people("requester"), .team("it"), message: "Hello {{ requester }}, {{ start }}")
        var story = Story(requestType(form: [field("start", .date)], [step("tell", kind)]))
        #expect(
            try story.raise(["start": .string("2026-12-01")]) == [
                "raised", "notified tell rosa, team:it", "done tell", "closed done", "told rosa closed",
            ])
        let text = try #require(story.ledger.texts.first)
        #expect(text.parties == [.person(Person.rosa), .team("it")])
        #expect(text.text.byLanguage["en"] == "Hello Rosa, 1 December 2026")
        #expect(text.text.byLanguage["de"] == "de: Hello Rosa, 1. Dezember 2026")
    }

    @Test("Whoever is told a text does not see the request by that")
    func notifyShowsNothing() throws {
        let kind = WorkflowCoreTests.notify(.team("it"), .person("mila"), message: "Hello")
        var story = Story(requestType([step("tell", kind), step("work", task(.team("hr")), after: ["tell"])]))
        try story.raise()
        let state = try #require(story.state)
        let access = Access(story.world.context(.system(.timer), story.type, at: story.now))
        #expect(state.viewers == [.team("hr")])
        for person in [Person.ilse, Person.mila] { #expect(!access.canSee(state, person)) }
    }

    @Test("A text that cannot be worked out is a failure")
    func notifyFails() throws {
        var story = Story(
            requestType(
                form: [field("start", .date, optional: true)],
                [step("tell", WorkflowCoreTests.notify(.team("it"), message: "{{ start }}"), onFailure: .continue)]))
        #expect(try story.raise()[1] == "failed tell evaluation -> continued")
    }

    @Test("`set` assigns in its order, checks what it assigns and computes what follows")
    func assigning() throws {
        let form = [
            field("price", .integer(minimum: 0, maximum: 100)), field("count", .integer(minimum: 0, maximum: 100)),
            field("cost", .integer(minimum: nil, maximum: nil), computed: "price * count"),
            field("note", optional: true),
        ]
        var story = Story(
            requestType(
                form: form,
                [
                    step("double", set(("count", "count * 2"), ("note", "string(count)"))),
                    step("work", task(.team("it"))),
                ]))
        #expect(
            try story.raise(["price": .number("3"), "count": .number("2")]) == [
                "raised", "changed double cost, count, note", "done double", "started work for team:it",
            ])
        #expect(story.state?.values["cost"] == .int(12))
        #expect(story.state?.values["note"] == .string("4"))
    }

    @Test("`set` to nothing clears, and what the form refuses is a failure")
    func clearing() throws {
        let form = [field("note", optional: true), field("count", .integer(minimum: 0, maximum: 9), default: "1")]
        var clears = Story(requestType(form: form, [step("clear", set(("note", "missing")))]))
        #expect(try clears.raise(["note": .string("x")]).contains("failed clear evaluation -> asked team:hr"))
        var story = Story(
            requestType(form: form, [step("more", set(("count", "count + 20")), onFailure: .continue)]))
        #expect(try story.raise()[1] == "failed more evaluation -> continued")
        #expect(story.state?.values["count"] == .int(1))
    }

    @Test("Whoever has not acted is reminded each time the span has passed")
    func reminding() throws {
        let kind = approvalStep(.team("hr"), need: .all) { $0.nudges = nudges(remind: "1 working day") }
        var story = try Story(requestType([step("decide", kind)]), raisedWith: [:])
        try story.give(.approve("decide", comment: nil), by: Person.hans)
        #expect(
            try story.ring("decide") == [
                "alarm_rang decide remind", "told decide greta reminder",
                "alarm_set decide remind 2026-11-25T09:00:00Z",
            ])
        #expect(try story.ring("decide").contains("told decide greta reminder"))
        try story.give(.approve("decide", comment: nil), by: Person.greta)
        #expect(story.outcome == "done")
    }

    @Test("A claimed task reminds its assignee, and escalates past them")
    func escalatingTask() throws {
        let kind = taskStep(.team("it")) {
            $0.nudges = nudges(remind: "1 hour", escalate: ("2 hours", [people("manager_of(voter)")]))
        }
        var story = try Story(requestType([step("work", kind)]), raisedWith: [:])
        try story.give(.claim("work"), by: Person.ivo)
        #expect(try story.ring("work").contains("told work ivo reminder"))
        #expect(
            try story.ring("work").suffix(3) == [
                "alarm_rang work escalate", "reoffered work for team:it, ilse (assigned)", "told work ilse escalated",
            ])
        #expect(story.state?.workItems["work"]?.assignee == Person.ivo)
        try story.give(.handOver("work", to: Person.ilse), by: Person.ilse)
    }

    @Test("A span of nothing rings never, not for ever")
    func nothing() throws {
        let kind = taskStep(.team("it")) { $0.nudges = nudges(remind: "0 days") }
        let story = try Story(requestType([step("work", kind)]), raisedWith: [:])
        #expect(story.state?.timers == [:])
    }
}
