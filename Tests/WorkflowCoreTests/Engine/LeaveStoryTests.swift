import Expressions
import Testing

@testable import WorkflowCore

/// Leave: the manager approves, payroll records; the whole way as a transcript.
@Suite("Leave, from the wish to the record")
struct LeaveStoryTests {
    static let type = requestType(
        form: [
            field("from", .date), field("until", .date, check: "until >= from", message: "Ends before it starts."),
            field(
                "kind",
                .choice(
                    ChoiceList(id: "kinds", choices: ["vacation", "unpaid"].map { Choice(value: $0, label: text($0)) }))
            ),
        ],
        cancel: Cancellation(by: [people("requester")], until: "record", outcome: "withdrawn"),
        [
            step(
                "decide",
                approval(people("manager_of(requester)"), not: [people("requester")], fallback: [.role("hr-lead")]),
                due: "2 working days", onOverdue: .tell([.role("hr-lead")]), onFailure: .end("rejected")),
            step(
                "record", task(.team("hr"), form: [field("note", optional: true)]), when: "kind == \"unpaid\"",
                after: ["decide"], due: "from", onOverdue: .tell([.team("hr")])),
        ])

    static let unpaid: [FieldID: JSONValue] = [
        "from": .string("2026-12-01"), "until": .string("2026-12-04"), "kind": .string("unpaid"),
    ]

    @Test("Unpaid leave is approved, recorded and done")
    func unpaidLeave() throws {
        var story = Story(Self.type)
        #expect(
            try story.raise(Self.unpaid) == [
                "raised", "started decide by mila", "deadline_set decide 2026-11-25T09:00:00Z",
            ])
        #expect(
            try story.give(.approve("decide", comment: " Enjoy. "), by: Person.mila) == [
                "voted decide approve by mila", "done decide approved", "started record for team:hr",
                "deadline_set record 2026-12-01T16:00:00Z",
            ])
        #expect(story.outputs("decide") == ["outcome": .string("approved")])
        #expect(try story.give(.claim("record"), by: Person.hans) == ["claimed record by hans"])
        #expect(
            try story.give(.complete("record", entries: ["note": .raw(.string("done"))]), by: Person.hans) == [
                "completed record by hans", "closed done", "told rosa closed",
            ])
        #expect(story.state?.phase == .closed(.done, outputs: [:]))
        #expect(story.state?.participants == [Person.mila, Person.hans])
    }

    @Test("Vacation needs no record")
    func vacation() throws {
        var story = try Story(
            Self.type,
            raisedWith: Self.unpaid.merging(["kind": .string("vacation")]) { $1 })
        #expect(
            try story.give(.approve("decide", comment: nil), by: Person.mila) == [
                "voted decide approve by mila", "done decide approved", "skipped record", "closed done",
                "told rosa closed",
            ])
    }

    @Test("A rejection ends it badly")
    func rejection() throws {
        var story = try Story(Self.type, raisedWith: Self.unpaid)
        #expect(
            try story.give(.reject("decide", comment: "Not now."), by: Person.mila) == [
                "voted decide reject by mila", "failed decide rejected -> ending", "cancelled record",
                "closed rejected",
                "told rosa closed",
            ])
    }

    @Test("An overdue decision is told to HR's lead once and stays open")
    func overdue() throws {
        var story = try Story(Self.type, raisedWith: Self.unpaid)
        let due = try #require(story.state?.timers["decide"])
        #expect(try story.ring("decide") == ["deadline_passed decide", "told decide role:hr-lead overdue"])
        #expect(story.state?.steps["decide"]?.isOverdue == true)
        #expect(story.code(.deadlinePassed("decide", due: due), as: .system(.timer)) == "request.stale")
        try story.give(.approve("decide", comment: nil), by: Person.mila)
        #expect(story.status("decide") == "done")
    }

    @Test("The requester may withdraw until it is being recorded")
    func withdrawal() throws {
        var story = try Story(Self.type, raisedWith: Self.unpaid)
        var later = story
        #expect(story.code(.cancel(reason: nil), by: Person.mila) == "request.cancel.not_allowed")
        #expect(
            try story.give(.cancel(reason: "Changed my mind."), by: Person.rosa) == [
                "cancel_requested", "cancelled decide", "cancelled record", "closed withdrawn", "told rosa closed",
            ])
        #expect(story.code(.cancel(reason: nil), by: Person.rosa) == "request.closed")
        try later.give(.approve("decide", comment: nil), by: Person.mila)
        #expect(later.code(.cancel(reason: nil), by: Person.rosa) == "request.cancel.too_late")
    }

    @Test("Leave without a manager goes to the fallback, never past anybody")
    func fallback() throws {
        var story = Story(Self.type)
        #expect(try story.raise(Self.unpaid, by: Person.mila)[1] == "started decide by greta")
    }
}
