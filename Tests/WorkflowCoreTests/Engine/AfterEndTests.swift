import Expressions
import Testing

@testable import WorkflowCore

@Suite("After the end")
struct AfterEndTests {
    private func ended(_ outcome: String = "done", change: (inout RequestType) -> Void) throws -> Story {
        var type = requestType(
            form: [
                field("start", .date, check: "start >= today"),
                field("next", .date, computed: "start + 1 day"),
            ],
            [step("work", task(.team("it"))), step("finish", .end(OutcomeID(outcome)), after: ["work"])])
        change(&type)
        var story = try Story(type, raisedWith: ["start": .string("2026-11-25")])
        for command in [Command.rate(score: 5, comment: nil), .reopen(entries: [:])] {
            #expect(story.code(command, by: Person.rosa) == "request.open")
        }
        try story.give(.complete("work", entries: [:]), by: Person.ilse)
        return story
    }

    @Test("The requester says once how it went")
    func rating() throws {
        var story = try ended { $0.asksForFeedback = true }
        #expect(story.code(.rate(score: 6, comment: nil), by: Person.rosa) == "request.feedback.score")
        #expect(story.code(.rate(score: 4, comment: nil), by: Person.ilse) == "request.not_the_requester")
        #expect(try story.give(.rate(score: 4, comment: " Good. "), by: Person.rosa) == ["rated"])
        #expect(story.state?.score == 4)
        #expect(story.journal.last?.event == .rated(score: 4, comment: "Good."))
        #expect(story.code(.rate(score: 5, comment: nil), by: Person.rosa) == "request.feedback.already_given")
        var silent = try ended { _ in }
        #expect(silent.code(.rate(score: 4, comment: nil), by: Person.rosa) == "request.feedback.not_asked")
    }

    private static func reopenable(_ type: inout RequestType) { type.reopen = Span(amount: 2, unit: .workingDays) }

    @Test("A good end is reopened within its span, once, as a linked successor with the same fields")
    func reopening() throws {
        var story = try ended(change: Self.reopenable)
        story.now = moment("2026-11-24T09:00:00Z")
        #expect(try story.give(.reopen(entries: [:]), by: Person.rosa) == ["reopened"])
        let order = try #require(story.ledger.successors.first)
        #expect(order.successorOf == Story.id)
        #expect(order.values == ["start": .date(date("2026-11-25")), "next": .date(date("2026-11-26"))])
        #expect((order.requester, order.type) == (.person(Person.rosa), story.type.id))
        #expect(story.code(.reopen(entries: [:]), by: Person.rosa) == "request.reopen.already")
        #expect(
            try story.give(.successorRefused(order.successor, reason: "Gone."), as: .system(.successor)) == [
                "successor_refused", "told rosa reopening_refused",
            ])
        try story.give(.reopen(entries: [:]), by: Person.rosa)
    }

    @Test("The form is asked again, and entries replace what does not fit any more")
    func entries() throws {
        var story = try ended { $0.reopen = Span(amount: 10, unit: .days) }
        story.now = moment("2026-11-27T09:00:00Z")
        #expect(story.code(.reopen(entries: [:]), by: Person.rosa) == "form.invalid")
        try story.give(.reopen(entries: ["start": .raw(.string("2026-12-01"))]), by: Person.rosa)
        #expect(story.ledger.successors.first?.values["next"] == .date(date("2026-12-02")))
    }

    @Test("Too late, after a bad end, or where the type says nothing, it stays as it ended")
    func refused() throws {
        var late = try ended(change: Self.reopenable)
        late.now = moment("2026-11-25T09:00:01Z")
        #expect(late.code(.reopen(entries: [:]), by: Person.rosa) == "request.reopen.too_late")
        var bad = try ended("rejected", change: Self.reopenable)
        #expect(bad.code(.reopen(entries: [:]), by: Person.rosa) == "request.reopen.not_possible")
        var never = try ended { _ in }
        #expect(never.code(.reopen(entries: [:]), by: Person.rosa) == "request.reopen.not_possible")
    }

    @Test(
        "To what was erased nobody adds anything, whoever they are; to what lost the words of one who worked on it they do"
    )
    func erased() throws {
        let story = try ended { type in
            type.asksForFeedback = true
            Self.reopenable(&type)
        }
        let commands: [(Command, PersonID)] = [
            (.comment("x"), Person.rosa), (.comment("x"), Person.ilse), (.note("x", .workers), Person.ilse),
            (.rate(score: 4, comment: nil), Person.rosa), (.reopen(entries: [:]), Person.rosa),
        ]
        let reasons: [(ErasureReason, String?)] = [
            (.retention, "request.erased"), (.person, "request.erased"), (.contributor, nil),
        ]
        for (reason, code) in reasons {
            var state = story.state
            Engine.apply(.erased(reason), at: story.now, to: &state)
            let erased = state
            for (command, person) in commands {
                let access = Access(story.world.context(.person(person), story.type, at: story.now))
                let found = rejectionCode { try access.authorise(command, on: erased) }
                #expect(found == code, "\(command) after \(reason)")
            }
        }
    }

    @Test("The successor knows what it continues, and only Bureau itself raises one")
    func successor() throws {
        let type = requestType(form: [], [step("work", task(.team("it")))])
        var submission = Submission(
            id: RequestID(UniqueID(high: 3, low: 3)), type: type.id, number: "HR-2", requester: .person(Person.rosa),
            beneficiary: Person.rosa, parent: nil, entries: [:])
        submission.successorOf = Story.id
        var story = Story(type)
        #expect(story.code(.raise(submission), as: .person(Person.rosa)) == "catalogue.unknown_type")
        try story.give(.raise(submission), as: .system(.successor))
        #expect(story.state?.successorOf == Story.id)
    }
}
