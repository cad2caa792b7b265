import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@Suite("Leave, from raising to closing")
struct LeaveStoryTests {
    @Test("A request goes through approval and work to its end, and everybody sees their part")
    func wholeStory() async throws {
        try await DeskHarness.with { harness in
            let raised = try await harness.raiseLeave(occasion: "A wedding")
            #expect(!raised.isReplay)
            #expect(raised.value.summary.number == "HR-1")
            #expect(raised.value.summary.title == "Abwesenheit")
            #expect(raised.value.summary.phase == .open)
            #expect(raised.value.fields.map(\.id) == ["from", "occasion"])
            #expect(raised.value.fields[0].text == "1. Dezember 2026")
            #expect(raised.value.actions == [.comment, .cancel])
            #expect(try raised.value.step("decide").status == .open)
            #expect(try raised.value.step("decide").actions.isEmpty)
            #expect(try raised.value.step("record").status == .waiting)
            let number = raised.value.summary.number

            let inbox = try await harness.inbox("boss")
            #expect(inbox.map(\.title) == ["Leave from 1 December 2026"])
            #expect(inbox.map(\.kind) == [.approval])
            #expect(inbox[0].request.requester.handle == "ada")
            let seen = try await harness.view(number, by: "boss")
            #expect(seen.fields.map(\.id) == ["from"])
            #expect(try seen.step("decide").actions == [.approve, .reject])
            #expect(try seen.step("decide").stage == "Approval")
            try await harness.perform(.approve(InstanceName("decide"), comment: "Have fun"), on: number, by: "boss")
            #expect(try await harness.inbox("boss").isEmpty)

            let work = try await harness.view(number, by: "hal")
            #expect(work.fields.map(\.id) == ["from", "occasion"])
            let record = try work.step("record")
            #expect(record.actions == [.claim, .complete, .handOver])
            #expect(record.form.map(\.id) == ["days", "account_number"])
            #expect(record.waitingFor.map(\.name) == ["HR service"])
            #expect(record.due == Instant(rfc3339: "2026-11-25T08:00:00Z"))
            try await harness.perform(.claim(InstanceName("record")), on: number, by: "hal")
            #expect(try await harness.inbox("hal").map { $0.assignee?.handle } == ["hal"])
            let done = try await harness.perform(
                .complete(
                    InstanceName("record"), ["days": .number("3"), "account_number": .string("DE00")]),
                on: number, by: "hal")
            #expect(done.value.summary.phase == .closed)
            #expect(done.value.summary.outcome == Outcome(id: "approved", isGood: true))
            #expect(try done.value.step("record").outputs.map(\.id) == ["days", "account_number"])
            let afterwards = try await harness.view(number, by: "ada")
            #expect(try afterwards.step("record").outputs.map(\.id) == ["days"])
            #expect(afterwards.actions == [.comment])
            try await harness.checkJournal(of: raised.value.summary.id)
        }
    }

    @Test("A timeline tells the story in the viewer's language, page by page, without what was entered")
    func timeline() async throws {
        try await DeskHarness.with { harness in
            let number = try await harness.raiseLeave(occasion: "A secret").value.summary.number
            try await harness.perform(.comment("Is that fine?"), on: number, by: "ada")
            try await harness.perform(.approve(InstanceName("decide"), comment: "Yes"), on: number, by: "boss")
            let whole = try await harness.desk.timeline(
                of: number, for: harness.viewer("ada"), cursor: nil, limit: 50)
            #expect(
                whole.items.map(\.text) == [
                    "Ada hat HR-1 gestellt.", "„Abwesenheit ab 1. Dezember 2026“ hat begonnen.", "Ada hat kommentiert.",
                    "Boss hat „Abwesenheit ab 1. Dezember 2026“ genehmigt.",
                    "„Abwesenheit ab 1. Dezember 2026“ ist erledigt.",
                    "„Eintragen“ hat begonnen.",
                ])
            #expect(whole.items.map(\.comment) == [nil, nil, "Is that fine?", "Yes", nil, nil])
            #expect(whole.next == nil)
            var collected: [String] = []
            var cursor: String?
            repeat {
                let page = try await harness.desk.timeline(
                    of: number, for: harness.viewer("boss"), cursor: cursor, limit: 2)
                collected += page.items.map(\.text)
                cursor = page.next
            } while cursor != nil
            #expect(collected.count == 6)
            #expect(collected[0] == "Ada raised HR-1.")
            #expect(!collected.joined().contains("secret"))
        }
    }

    @Test("Whoever has no part in a request gets the answer of one that does not exist")
    func hidden() async throws {
        try await DeskHarness.with { harness in
            let view = try await harness.raiseLeave().value
            for reference in [view.summary.number, view.summary.id.description, "HR-99", "nonsense", "", "é"] {
                #expect(try await refusal { _ = try await harness.view(reference, by: "eve") } == "request.not_found")
                #expect(
                    try await refusal { try await harness.perform(.comment("Hi"), on: reference, by: "eve") }
                        == "request.not_found")
                #expect(
                    try await refusal {
                        _ = try await harness.desk.timeline(
                            of: reference, for: harness.viewer("eve"), cursor: nil, limit: 5)
                    } == "request.not_found")
            }
            #expect(try await harness.view("hr-1", by: "ada").summary.id == view.summary.id)
            // Not even its version.
            #expect(
                try await refusal { try await harness.perform(.comment("Hi"), on: "HR-1", by: "eve", expecting: 99) }
                    == "request.not_found")
        }
    }

    @Test("An action on a version that is no longer current is refused with the current one")
    func version() async throws {
        try await DeskHarness.with { harness in
            let view = try await harness.raiseLeave().value
            let version = view.summary.version
            try await harness.perform(.comment("One"), on: "HR-1", by: "ada", expecting: version)
            let current = try await harness.view("HR-1", by: "ada").summary.version
            #expect(current > version)
            #expect(
                try await refusal {
                    try await harness.perform(.comment("Two"), on: "HR-1", by: "ada", expecting: version)
                }
                    == "version \(current)")
        }
    }

    @Test("A deadline fires when it is reached, not before, and once")
    func deadline() async throws {
        try await DeskHarness.with { harness in
            let view = try await harness.raiseLeave().value
            #expect(try view.step("decide").due == Instant(rfc3339: "2026-11-26T08:00:00Z"))
            harness.clock.advance(by: .seconds(3 * 86_400 - 1))
            #expect(try await harness.work() == WorkReport())
            harness.clock.advance(by: .seconds(1))
            #expect(try await harness.work().delivered > 0)
            let after = try await harness.view("HR-1", by: "ada")
            #expect(after.summary.outcome?.id == "rejected")
            #expect(try await harness.work() == WorkReport())
            #expect(try await harness.storage.nextWake() == nil)
            try await harness.checkJournal(of: view.summary.id)
        }
    }

    @Test("A refused form says all its problems and costs no number")
    func refusedForm() async throws {
        try await DeskHarness.with { harness in
            let ada = try await harness.viewer("ada")
            let error = await #expect(throws: DeskError.self) {
                try await harness.desk.raise(
                    "hr.leave", entries: ["from": .string("tomorrow"), "shoe": .null], beneficiary: nil, by: ada,
                    key: nil)
            }
            guard case .rejected(let rejection) = error else {
                Issue.record("the error is \(String(describing: error))")
                return
            }
            #expect(rejection.code == "form.invalid")
            #expect(rejection.fields.map(\.field) == ["from", "shoe"])
            #expect(try await harness.raiseLeave().value.summary.number == "HR-1")
        }
    }

    @Test("The catalogue shows what one may raise, with its form")
    func catalogue() async throws {
        try await DeskHarness.with { harness in
            let entries = try await harness.desk.catalogue(for: harness.viewer("eve"))
            #expect(entries.map(\.type) == ["hr.leave", "hr.joiner"])
            #expect(entries[0].form.map(\.type) == ["date", "text"])
            #expect(entries[0].departmentTitle == "Human resources")
            let all = try await harness.desk.catalogue(for: harness.viewer("ivo"))
            #expect(all.map(\.type) == ["hr.leave", "hr.joiner", "it.account"])
            #expect(
                try await refusal {
                    _ = try await harness.desk.catalogueEntry("it.account", for: harness.viewer("eve"))
                }
                    == "catalogue.unknown_type")
            #expect(
                try await harness.desk.catalogueEntry("hr.leave", for: harness.viewer("ada")).title == "Abwesenheit")
        }
    }

    @Test("Lists come page by page and hold only what one may see")
    func lists() async throws {
        try await DeskHarness.with { harness in
            for _ in 0..<5 { _ = try await harness.raiseLeave() }
            _ = try await harness.raiseLeave(by: "eve")
            var numbers: [String] = []
            var cursor: String?
            repeat {
                let page = try await harness.desk.requests(
                    for: harness.viewer("ada"), filter: RequestFilter(), cursor: cursor, limit: 2)
                numbers += page.items.map(\.number)
                cursor = page.next
            } while cursor != nil
            #expect(Set(numbers) == ["HR-1", "HR-2", "HR-3", "HR-4", "HR-5"])
            #expect(numbers.count == 5)
            #expect(
                try await harness.desk.requests(
                    for: harness.viewer("hal"), filter: RequestFilter(type: "hr.leave"), cursor: nil, limit: 50
                ).items.count == 6)
            var titles: [String] = []
            repeat {
                let page = try await harness.desk.inbox(
                    for: harness.viewer("boss"), filter: InboxFilter(kind: .approval), cursor: cursor, limit: 2)
                titles += page.items.map(\.request.number)
                cursor = page.next
            } while cursor != nil
            #expect(Set(titles) == Set(numbers))
            #expect(titles.count == 5)
        }
    }

    @Test("A profile names what one belongs to")
    func profile() async throws {
        try await DeskHarness.with { harness in
            let profile = try await harness.desk.profile(of: harness.viewer("hal"))
            #expect(profile.teams.map(\.name) == ["HR service"])
            #expect(profile.groups.map(\.name) == ["HR people"])
            #expect(profile.roles.map(\.name) == ["Everybody", "Head of HR"])
            #expect(profile.agentOf == ["hr"])
            let ada = try await harness.desk.profile(of: harness.viewer("ada"))
            #expect(ada.manager?.handle == "boss")
            #expect(ada.language == "de")
        }
    }
}

extension DeskHarness {
    /// The journal is whole, and replays to the state that is stored.
    func checkJournal(of id: RequestID) async throws {
        let stored = try await stored(id)
        let journal = try await journal(id)
        #expect(JournalReplay.faults(in: journal, of: id, lastHash: stored.lastHash).isEmpty)
        #expect(journal.count == stored.version)
        let replayed = try #require(try JournalReplay.state(JournalReplay.events(journal)))
        #expect(replayed == (try JournalReplay.storedState(stored)))
    }
}
