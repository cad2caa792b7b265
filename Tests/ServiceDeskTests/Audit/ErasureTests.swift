import Expressions
import PostgresClient
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Erasing people and what is kept too long")
struct ErasureTests {
    private static let people = TestOrganisation.people
    private static let withoutAda = people.split(separator: "\n").filter { !$0.hasPrefix("ada,") }
        .joined(separator: "\n")

    private static let kept = TestOrganisation.files.mapValues {
        $0.replacing("audience: [role:employee]\n", with: "audience: [role:employee]\nretention: 24 months\n")
    }

    /// A leave of Ada that has been decided and recorded, with words of hers and of others.
    private func closedLeave(_ harness: DeskHarness) async throws -> RequestID {
        let leave = try await harness.raiseLeave(occasion: "Wedding").value.summary
        try await harness.perform(.comment("Please soon"), on: leave.number, by: "ada")
        try await harness.perform(.approve(InstanceName("decide"), comment: "Have fun"), on: leave.number, by: "boss")
        try await harness.perform(.claim(InstanceName("record")), on: leave.number, by: "hal")
        try await harness.perform(
            .complete(InstanceName("record"), ["days": .number("2"), "account_number": .string("KTO-4711")]),
            on: leave.number, by: "hal")
        return leave.id
    }

    private func everything(_ harness: DeskHarness) async throws -> String {
        let rows = try await harness.database.run(
            """
            SELECT string_agg(t, ' ') FROM (
                SELECT state::text FROM bureau.request UNION ALL SELECT data::text FROM bureau.event
                UNION ALL SELECT content::text FROM bureau.protected_content
                UNION ALL SELECT concat_ws(' ', handle, name, email) FROM bureau.person
                UNION ALL SELECT label FROM bureau.token UNION ALL SELECT entry::text FROM bureau.audit_entry
                UNION ALL SELECT text FROM bureau.audit_word UNION ALL SELECT text::text FROM bureau.notification
                UNION ALL SELECT initcap(words::text) FROM bureau.request_text
            ) AS everything (t)
            """)
        return try rows[0].first(as: String.self) ?? ""
    }

    private func checkChains(_ harness: DeskHarness, _ id: RequestID) async throws {
        let stored = try await harness.stored(id)
        let journal = try await harness.journal(id)
        #expect(JournalReplay.faults(in: journal, of: id, lastHash: stored.lastHash) == [])
        #expect(
            try JournalReplay.state(JournalReplay.events(journal)) == JournalReplay.storedState(stored))
    }

    private static let confidential = kept.mapValues {
        $0.replacing("retention: 24 months\n", with: "retention: 24 months\nconfidential: [team:hr]\n")
    }

    @Test("An administrator of the platform leaves what is confidential to its retention, and does not learn of it")
    func confidentialStays() async throws {
        var files = Self.confidential
        files["shared/organisation.yaml", default: ""] += "\nadministrators: [group:it-staff]\n"
        try await DeskHarness.with(files: files) { harness in
            let id = try await closedLeave(harness)
            let open = try await harness.raiseLeave(occasion: "Trial").value.summary.id
            _ = try await harness.desk.importPeople(csv: Self.withoutAda, by: "operator")
            try await harness.work()
            let report = try await harness.desk.erasePerson("ada", by: harness.viewer("ivo"))
            #expect(report.requests == 0)
            let left = try await everything(harness)
            for word in ["Wedding", "Trial", "Please soon", "KTO-4711"] { #expect(left.contains(word), "\(word)") }
            #expect(!left.contains("ada@test.example") && left.contains(report.pseudonym))
            let shown = try await harness.desk.timeline(
                of: id.description, for: harness.viewer("hal"), cursor: nil, limit: 100)
            #expect(shown.items.contains { $0.comment == "Please soon" })
            #expect(try await harness.view(open.description, by: "hal").summary.requester.name == "Erased person")
            try await checkChains(harness, id)
            try await checkChains(harness, open)
            // The operator hears of what is open; the retention deletes the rest.
            let refused = try await refusal {
                _ = try await harness.desk.erasePerson(report.pseudonym, by: "operator")
            }
            #expect(refused == "people.open_requests")
            harness.clock.advance(by: .seconds(3 * 366 * 86_400))
            #expect(try await harness.desk.eraseOutdated(now: harness.clock.now) == 1)
            let later = try await everything(harness)
            for word in ["Wedding", "Please soon", "KTO-4711"] { #expect(!later.contains(word), "\(word)") }
            try await checkChains(harness, id)
        }
    }

    @Test("A leaver is erased: nothing that names them or that they wrote is left, and every chain is whole")
    func person() async throws {
        try await DeskHarness.with { harness in
            let id = try await closedLeave(harness)
            let joiner = try await harness.raiseJoiner(name: "Zacharias", by: "ada")
            try await harness.perform(.cancel(reason: "No need"), on: joiner.summary.number, by: "ada")
            try await harness.work()
            _ = try await harness.desk.issueToken(for: "ada", label: "Ada's laptop", lifetime: nil, by: "operator")
            for (deputy, of) in [("eve", "ada"), ("ada", "eve")] {
                _ = try await harness.desk.appointDeputy(
                    Appointment(deputy: deputy, department: nil, from: nil, until: nil), by: harness.viewer(of))
            }
            #expect(try await everything(harness).contains("Eve stands in for Ada."))
            try await harness.desk.audit(
                .signInFailed, by: "anonymous", words: ["handle": AuditWord("ada", of: nil)])
            _ = try await harness.desk.importPeople(csv: Self.withoutAda, by: "operator")
            try await harness.work()
            let report = try await harness.desk.erasePerson("ada", by: "operator")
            #expect(report.requests >= 2)
            // The words of what is left come back, and no others.
            #expect(try await harness.desk.indexTexts() == report.requests)
            let left = try await everything(harness)
            for word in [
                "Wedding", "Please soon", "Have fun", "KTO-4711", "Zacharias", "Soon", "No need", "laptop", "\"ada\"",
                "Ada ",
                "for Ada",
            ] {
                #expect(!left.contains(word), "\(word)")
            }
            #expect(!left.contains("ada@test.example"))
            let deputies = try await harness.database.run("SELECT count(*)::text FROM bureau.deputy")
            #expect(try deputies[0].first(as: String.self) == "0")
            #expect(left.contains(report.pseudonym))
            try await checkChains(harness, id)
            try await checkChains(harness, joiner.summary.id)
            let timeline = try await harness.desk.timeline(
                of: id.description, for: harness.viewer("hal"), cursor: nil, limit: 100)
            #expect(timeline.items.last?.kind == "erased")
            #expect(timeline.items.allSatisfy { $0.comment == nil })
            // It may be repeated, and then there is nobody of that name.
            let again = try await refusal { _ = try await harness.desk.erasePerson("ada", by: "operator") }
            #expect(again == "people.unknown")
            // Somebody else may get the handle.
            let back = try await harness.desk.importPeople(csv: Self.people, by: "operator")
            #expect(back.joined == 1)
            #expect(try await harness.view(id.description, by: "hal").summary.requester.handle == report.pseudonym)
        }
    }

    @Test("Of somebody who worked on a request only what they wrote goes")
    func contributor() async throws {
        try await DeskHarness.with { harness in
            let id = try await closedLeave(harness)
            let withoutBoss = Self.people.split(separator: "\n").filter { !$0.hasPrefix("boss,") }
                .map { $0.replacing(",boss,", with: ",,") }.joined(separator: "\n")
            _ = try await harness.desk.importPeople(csv: withoutBoss, by: "operator")
            _ = try await harness.desk.erasePerson("boss", by: "operator")
            #expect(try await harness.desk.indexTexts() == 1)
            let found = try await harness.desk.search("soon", for: harness.viewer("ada"), cursor: nil, limit: 9)
            #expect(found.items.map(\.id) == [id])
            let left = try await everything(harness)
            #expect(!left.contains("Have fun"))
            #expect(left.contains("Wedding") && left.contains("KTO-4711") && left.contains("Please soon"))
            try await checkChains(harness, id)
        }
    }

    @Test("What somebody wrote goes also from a request that was restricted afterwards, so that they saw it no longer")
    func restricted() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            try await harness.perform(.approve(InstanceName("decide"), comment: "Have fun"), on: "HR-1", by: "boss")
            try await harness.desk.restrict(
                "HR-1", to: "hr-payroll", reason: "A suspicion", by: harness.viewer("hal"), key: nil)
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "boss") } == "request.not_found")
            try await harness.perform(.claim(InstanceName("record")), on: "HR-1", by: "pia")
            try await harness.perform(
                .complete(InstanceName("record"), ["days": .number("2")]), on: "HR-1", by: "pia")
            let withoutBoss = Self.people.split(separator: "\n").filter { !$0.hasPrefix("boss,") }
                .map { $0.replacing(",boss,", with: ",,") }.joined(separator: "\n")
            _ = try await harness.desk.importPeople(csv: withoutBoss, by: "operator")
            #expect(try await everything(harness).contains("Have fun"))
            #expect(try await harness.desk.erasePerson("boss", by: "operator").requests == 1)
            let left = try await everything(harness)
            #expect(!left.contains("Have fun") && left.contains("A suspicion"))
        }
    }

    @Test(
        "What somebody said goes too: a note, a comment without any work, why a request was restricted, before it was and after"
    )
    func words() async throws {
        try await DeskHarness.with { harness in
            var ids: [RequestID] = []
            for _ in 1...3 { ids.append(try await harness.raiseLeave().value.summary.id) }
            try await harness.perform(.note("Notable", .workers), on: "HR-1", by: "hal")
            try await harness.perform(.comment("Remarkable"), on: "HR-2", by: "hal")
            try await harness.perform(.comment("Memorable"), on: "HR-3", by: "hal")
            try await harness.desk.restrict(
                "HR-3", to: "hr-payroll", reason: "Deplorable", by: harness.viewer("hal"), key: nil)
            try await harness.desk.restrict(
                "HR-3", to: nil, reason: "Bearable", by: harness.viewer("hal"), key: nil)
            try await harness.desk.restrict(
                "HR-3", to: "hr-payroll", reason: "Laudable", by: harness.viewer("hal"), key: nil)
            for id in ids {
                try await harness.perform(.cancel(reason: "Passable"), on: id.description, by: "ada")
            }
            let words = ["Notable", "Remarkable", "Memorable", "Deplorable", "Bearable", "Laudable"]
            let before = try await everything(harness)
            #expect(words.allSatisfy(before.contains))
            let withoutHal = Self.people.split(separator: "\n").filter { !$0.hasPrefix("hal,") }.joined(separator: "\n")
            _ = try await harness.desk.importPeople(csv: withoutHal, by: "operator")
            #expect(try await harness.desk.erasePerson("hal", by: "operator").requests == 3)
            let left = try await everything(harness)
            for word in words { #expect(!left.contains(word), "\(word)") }
            #expect(left.contains("Passable"))
            for id in ids { try await checkChains(harness, id) }
        }
    }

    @Test("Somebody who said something in a request that is open is not erased")
    func openWords() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            try await harness.perform(.comment("Remarkable"), on: "HR-1", by: "hal")
            let withoutHal = Self.people.split(separator: "\n").filter { !$0.hasPrefix("hal,") }.joined(separator: "\n")
            _ = try await harness.desk.importPeople(csv: withoutHal, by: "operator")
            let answer = try await refusal { _ = try await harness.desk.erasePerson("hal", by: "operator") }
            #expect(answer == "people.open_requests")
        }
    }

    @Test("Who is still here, unknown or has to do with open requests is not erased")
    func refusals() async throws {
        try await DeskHarness.with { harness in
            func answer(_ handle: String) async throws -> String {
                try await refusal { _ = try await harness.desk.erasePerson(handle, by: "operator") }
            }
            #expect(try await answer("nobody") == "people.unknown")
            #expect(try await answer("ada") == "people.still_here")
            _ = try await harness.raiseLeave()
            _ = try await harness.desk.importPeople(csv: Self.withoutAda, by: "operator")
            #expect(try await answer("ada") == "people.open_requests")
            #expect(try await everything(harness).contains("ada@test.example"))
        }
    }

    @Test("What a type keeps for a time goes when that is over, closed requests only and not before")
    func retention() async throws {
        try await DeskHarness.with(files: Self.kept) { harness in
            let id = try await closedLeave(harness)
            let open = try await harness.raiseLeave(by: "bo", occasion: "Picnic").value.summary
            func erase() async throws -> Int { try await harness.desk.eraseOutdated(now: harness.clock.now) }
            harness.clock.advance(by: .seconds(729 * 86_400))
            #expect(try await erase() == 0)
            harness.clock.advance(by: .seconds(3 * 86_400))
            #expect(try await erase() == 1)
            #expect(try await erase() == 0)
            let left = try await everything(harness)
            #expect(!left.contains("Wedding") && !left.contains("KTO-4711") && left.contains("Picnic"))
            try await checkChains(harness, id)
            try await checkChains(harness, open.id)
            let text = try await harness.storage.auditEntries(
                AuditQuery(log: .administration, kind: .requestErased, limit: 10)
            ).map(\.entry.text)
            #expect(text.count == 1 && text[0].contains("request:\(id)") && text[0].contains("system:erasure"))
            // A person who was erased later leaves nothing to do here.
            _ = try await harness.desk.importPeople(csv: Self.withoutAda, by: "operator")
            #expect(try await harness.desk.erasePerson("ada", by: "operator").requests == 0)
        }
    }

    @Test("A request into which nobody entered anything is erased once too, so that it is not looked at for ever")
    func nothingEntered() async throws {
        var files = Self.kept
        files["departments/hr/requests/knock.yaml"] = """
            title: {en: Knock, de: Klopfen}
            audience: [role:employee]
            retention: 6 weeks
            outcomes: {done: good, withdrawn: bad}
            cancel: {by: [requester], outcome: withdrawn}
            steps:
              - task: open
                title: {en: Open the door, de: Aufmachen}
                assign: team:hr
                due: 2 working days
                on_overdue: {tell: role:hr-lead}
            """
        try await DeskHarness.with(files: files) { harness in
            let knock = try await harness.desk.raise(
                "hr.knock", entries: [:], beneficiary: nil, by: harness.viewer("ada"), key: nil
            ).value.summary
            try await harness.perform(.claim(InstanceName("open")), on: knock.number, by: "hal")
            try await harness.perform(.complete(InstanceName("open"), [:]), on: knock.number, by: "hal")
            harness.clock.advance(by: .seconds(44 * 86_400))
            #expect(try await harness.desk.eraseOutdated(now: harness.clock.now) == 1)
            #expect(try await harness.desk.eraseOutdated(now: harness.clock.now) == 0)
            try await checkChains(harness, knock.id)
        }
    }

    /// A type that is kept from whoever it is about.
    private static let complaint = """
        title: {en: Complaint, de: Beschwerde}
        audience: [role:employee]
        hidden_from: [about, others]
        retention: 24 months
        outcomes: {done: good, withdrawn: bad}
        cancel: {by: [requester], outcome: withdrawn}
        reopen: {within: 10 working days}
        form:
          about: {label: {en: About whom?, de: Über wen?}, type: person, optional: true, sensitive: team:hr}
          others: {label: {en: And whom?, de: Und wen?}, type: list, of: {type: person}, max: 3, optional: true}
          what: {label: {en: What?, de: Was?}, type: text}
        amend:
          about: {by: [requester, team:hr]}
          others: {by: [requester, team:hr]}
          what: {by: [requester, team:hr]}
        steps:
          - task: look
            title: {en: Look into it, de: Ansehen}
            assign: team:hr
            due: 2 working days
            on_overdue: {tell: role:hr-lead}
        """

    @Test("Whom a request is kept from outlives the erasure of whoever named them, until the request's time is over")
    func hidden() async throws {
        var files = Self.kept
        files["departments/hr/requests/complaint.yaml"] = Self.complaint
        try await DeskHarness.with(files: files) { harness in
            let (eve, pia, bo) = (
                try await harness.viewer("eve").person.id, try await harness.viewer("pia").person.id,
                try await harness.viewer("bo").person.id
            )
            let request = try await harness.desk.raise(
                "hr.complaint",
                entries: ["about": .string("eve"), "others": .array([.string("pia")]), "what": .string("Mobbing")],
                beneficiary: nil, by: harness.viewer("boss"), key: nil
            ).value.summary
            try await harness.perform(
                .amend(["others": .array([.string("pia"), .string("bo")]), "what": .string("Bullying")]),
                on: request.number, by: "hal")
            try await harness.perform(.claim(InstanceName("look")), on: request.number, by: "hal")
            try await harness.perform(.complete(InstanceName("look"), [:]), on: request.number, by: "hal")
            func check(_ id: RequestID, _ people: [PersonID]) async throws {
                let values = try JournalReplay.storedState(await harness.stored(id)).values
                let named = people.map { Value.person($0.description) }
                #expect(values["about"] == named[0] && values["others"] == .list(Array(named.dropFirst())))
                let rows = try await harness.database.run(
                    "SELECT string_agg(n::text, ' ') FROM (SELECT count(*) FROM bureau.request_hidden GROUP BY request_id) AS t (n)"
                )
                let counts = try rows[0].first(as: String.self)?.split(separator: " ") ?? []
                #expect(counts.allSatisfy { $0 == "3" } && !counts.isEmpty)
                try await checkChains(harness, id)
            }
            try await check(request.id, [eve, pia, bo])
            for (handle, gone, count) in [("hal", "Bullying", 1), ("boss", "Mobbing", 2)] {
                let left = TestOrganisation.people.split(separator: "\n").filter { !$0.hasPrefix("\(handle),") }
                    .map { $0.replacing(",\(handle),", with: ",,") }.joined(separator: "\n")
                _ = try await harness.desk.importPeople(csv: left, by: "operator")
                #expect(try await harness.desk.erasePerson(handle, by: "operator").requests == count)
                #expect(!(try await everything(harness)).contains(gone))
                try await check(request.id, [eve, pia, bo])
                if handle == "boss" { break }
                // What continues it is kept from the same people.
                try await harness.perform(.reopen([:]), on: request.number, by: "boss")
                try await harness.work()
                let successor = try #require(await harness.view(request.number, by: "boss").successor)
                try await check(successor.id, [eve, pia, bo])
                try await harness.perform(.cancel(reason: nil), on: successor.id.description, by: "boss")
            }
            let version = try await harness.stored(request.id).version
            harness.clock.advance(by: .seconds(3 * 366 * 86_400))
            #expect(try await harness.desk.eraseOutdated(now: harness.clock.now) == 2)
            #expect(try await harness.desk.eraseOutdated(now: harness.clock.now) == 0)
            #expect(try await harness.stored(request.id).version == version + 1)
            #expect(try await harness.journal(request.id).allSatisfy(\.contents.isEmpty))
            try await checkChains(harness, request.id)
        }
    }

    @Test("To what was erased nothing is added, and whom it was kept from does not learn that there is something")
    func nothingAdded() async throws {
        var files = Self.kept
        files["departments/hr/requests/complaint.yaml"] = Self.complaint
        let people = TestOrganisation.people + "\nuno,Uno,uno@test.example,,berlin,en,hr-staff"
        try await DeskHarness.with(files: files, people: people) { harness in
            let id = try await harness.desk.raise(
                "hr.complaint", entries: ["about": .string("uno"), "what": .string("Mobbing")], beneficiary: nil,
                by: harness.viewer("ada"), key: nil
            ).value.summary.id
            try await harness.perform(.cancel(reason: nil), on: id.description, by: "ada")
            harness.clock.advance(by: .seconds(3 * 366 * 86_400))
            #expect(try await harness.desk.eraseOutdated(now: harness.clock.now) == 1)
            let version = try await harness.stored(id).version
            for (handle, code) in [("ada", "request.erased"), ("hal", "request.erased"), ("uno", "request.not_found")] {
                for action in [Action.comment("x"), .note("x", .workers), .restrict(to: "hr-payroll", reason: "x")] {
                    let found = try await refusal { try await harness.perform(action, on: id.description, by: handle) }
                    #expect(found == code, "\(action) by \(handle)")
                }
            }
            #expect(try await harness.view(id.description, by: "hal").actions.isEmpty)
            #expect(try await harness.stored(id).version == version)
        }
    }
}
