import Expressions
import Testing

@testable import WorkflowCore

@Suite("Waits")
struct WaitTests {
    private func waiting(_ kind: StepKind, form: [Field] = [], after: [Step] = []) -> RequestType {
        requestType(
            form: form, [step("pause", kind), step("work", task(.team("it")), after: ["pause"])] + after)
    }

    @Test(
        "A moment, a date and a span are waited for",
        arguments: [
            ("start at 09:00", "2026-12-01T08:00:00Z"), ("start", "2026-12-01T08:00:00Z"),
            ("start - 1 working day", "2026-11-30T08:00:00Z"),
        ])
    func until(_ expression: String, _ moment_: String) throws {
        var story = Story(waiting(wait(until: expression), form: [field("start", .date)]))
        #expect(
            try story.raise(["start": .string("2026-12-01")]) == [
                "raised", "started pause", "alarm_set pause wake \(moment_)",
            ])
        #expect(try story.ring("pause") == ["done pause", "started work for team:it"])
        #expect(story.now == moment(moment_))
    }

    @Test("A span counts from the start of the step")
    func span() throws {
        var story = Story(waiting(wait(for: "2 working days")))
        #expect(try story.raise().last == "alarm_set pause wake 2026-11-25T09:00:00Z")
        #expect(try story.ring("pause").first == "done pause")
    }

    @Test("What has passed already is over at once")
    func past() throws {
        var story = Story(waiting(wait(until: "start at 09:00"), form: [field("start", .date)]))
        #expect(
            try story.raise(["start": .string("2026-11-01")]) == [
                "raised", "started pause", "done pause", "started work for team:it",
            ])
    }

    @Test("It moves with what it reads, also past its end")
    func moves() throws {
        var type = waiting(wait(until: "start at 09:00"), form: [field("start", .date)])
        type.amendments = [Amendment(field: "start", by: [people("requester")], until: nil)]
        var story = try Story(type, raisedWith: ["start": .string("2026-12-01")])
        #expect(
            try story.give(.amend(entries: ["start": .raw(.string("2026-12-02"))]), by: Person.rosa) == [
                "changed start", "alarm_set pause wake 2026-12-02T08:00:00Z",
            ])
        #expect(
            try story.give(.amend(entries: ["start": .raw(.string("2026-11-02"))]), by: Person.rosa).prefix(2) == [
                "changed start", "done pause",
            ])
    }

    @Test("Without a value it asks people instead of waiting for ever")
    func absent() throws {
        var story = Story(waiting(wait(until: "start"), form: [field("start", .date, optional: true)]))
        #expect(try story.raise().contains("failed pause evaluation -> asked team:hr"))
        #expect(story.outcome == nil)
    }

    @Test("An event with the wait's key ends it, and what it brings are its outputs")
    func event() throws {
        let kind = wait(
            event: "parcel_arrived", key: "asset", form: [field("weight", .number(minimum: 0, maximum: nil))])
        var story = try Story(waiting(kind, form: [field("asset")]), raisedWith: ["asset": .string("A1")])
        #expect(story.journal.map(\.event.line).last == "started pause for parcel_arrived[A1]")
        #expect(
            try story.happens("parcel_arrived", key: "A1", ["weight": .number("2.5")]) == [
                "received pause", "started work for team:it",
            ])
        #expect(story.outputs("pause") == ["weight": .double(2.5)])
    }

    @Test("What nobody declares, with a wrong key or wrong data is refused")
    func refused() throws {
        let keyed = wait(
            event: "parcel_arrived", key: "asset", form: [field("weight", .number(minimum: 0, maximum: nil))])
        var story = try Story(waiting(keyed, form: [field("asset")]), raisedWith: ["asset": .string("A1")])
        func code(_ name: String, _ key: String?, _ entries: [FieldID: JSONValue] = [:]) -> String? {
            rejectionCode { try story.happens(name, key: key, entries) }
        }
        #expect(code("parcel_arived", "A1") == "request.event.unknown")
        #expect(code("parcel_arrived", nil) == "request.event.key_missing")
        #expect(code("parcel_arrived", "A1", ["weight": .string("heavy")]) == "form.invalid")
        #expect(code("parcel_arrived", "A1", ["weight": .number("1"), "colour": .string("red")]) == "form.invalid")
        do throws(Rejection) {
            try story.happens("parcel_arived", key: "A1")
        } catch {
            #expect(error.hint?.contains("parcel_arrived") == true)
        }
        var open = try Story(waiting(wait(event: "signed")), raisedWith: [:])
        #expect(rejectionCode { try open.happens("signed", key: "A1") } == "request.event.key_unexpected")
    }

    @Test("An event that comes early is kept, and taken by the wait with its key when that starts")
    func early() throws {
        let type = requestType([
            step("work", task(.team("it"), form: [field("asset")])),
            step("pause", wait(event: "parcel_arrived", key: "work.asset"), after: ["work"]),
        ])
        var story = try Story(type, raisedWith: [:])
        #expect(try story.happens("parcel_arrived", key: "A2") == ["kept 1 parcel_arrived"])
        #expect(try story.happens("parcel_arrived", key: "A1") == ["kept 2 parcel_arrived"])
        #expect(
            try story.give(.complete("work", entries: ["asset": .raw(.string("A1"))]), by: Person.ilse).prefix(3) == [
                "completed work by ilse", "started pause for parcel_arrived[A1]", "taken pause 2",
            ])
        #expect(story.state?.kept.map(\.number) == [1])
    }

    @Test("It is kept no longer than its time to live")
    func timeToLive() throws {
        let type = requestType([
            step("work", task(.team("it"))),
            step("pause", wait(event: "signed", keep: Span(amount: 1, unit: .days)), after: ["work"]),
        ])
        var story = try Story(type, raisedWith: [:])
        try story.happens("signed")
        story.now = moment("2026-11-24T09:00:00Z")
        try story.give(.complete("work", entries: [:]), by: Person.ilse)
        #expect(story.status("pause") == "wait")
        #expect(try story.happens("signed") == ["expired 1", "received pause", "closed done", "told rosa closed"])
    }

    @Test("Order by occurrence: a timer that was due before an event arrived comes first, though it rings late")
    func occurrence() throws {
        let race = RaceStep(
            branches: [step("signed", wait(event: "signed")), step("late", wait(for: "1 hour"))], win: .firstStep,
            need: 1, rest: .cancel)
        var story = try Story(
            requestType([step("answer", .race(race)), step("work", task(.team("it")))]), raisedWith: [:])
        var early = story
        early.now = moment("2026-11-23T11:00:00Z")
        // It arrived in time, before the hour was over.
        let inTime = try early.happens("signed", at: moment("2026-11-23T09:59:00Z"))
        #expect(inTime.prefix(2) == ["received signed", "won answer by signed"])
        story.now = moment("2026-11-23T11:00:00Z")
        let lines = try story.happens("signed", at: moment("2026-11-23T10:30:00Z"))
        #expect(lines.first == "done late")
        #expect(lines.last == "kept 1 signed", "the late loser is kept")
        #expect(story.status("signed") == "cancelled")
    }

    @Test("Of two waits for the same the first in the file takes it")
    func ties() throws {
        let type = requestType([
            step("one", wait(event: "signed")), step("two", wait(event: "signed")), step("work", task(.team("it"))),
        ])
        var story = try Story(type, raisedWith: [:])
        #expect(try story.happens("signed") == ["received one"])
        #expect(try story.happens("signed") == ["received two"])
        #expect(try story.happens("signed") == ["kept 1 signed"])
    }

    @Test("Deadlines of waits are deadlines like others")
    func due() throws {
        let type = requestType([
            step("pause", wait(event: "signed"), due: "1 day", onOverdue: .end("rejected"))
        ])
        var story = try Story(type, raisedWith: [:])
        #expect(try story.ring("pause").contains("closed rejected"))
    }

    @Test("One alarm rings for all that has been reached")
    func together() throws {
        let kind = taskStep(.team("it")) { $0.nudges = nudges(remind: "1 day", escalate: ("1 day", [.team("hr")])) }
        var story = try Story(
            requestType([step("work", kind, due: "1 day", onOverdue: .tell([.role("hr-lead")]))]), raisedWith: [:])
        #expect(story.state?.timers == ["work": moment("2026-11-24T09:00:00Z")])
        #expect(
            try story.ring("work") == [
                "alarm_rang work remind", "told work team:it reminder", "alarm_set work remind 2026-11-25T09:00:00Z",
                "alarm_rang work escalate", "reoffered work for team:it, team:hr", "told work team:hr escalated",
                "deadline_passed work", "told work role:hr-lead overdue",
            ])
        #expect(story.state?.timers == ["work": moment("2026-11-25T09:00:00Z")])
    }
}
