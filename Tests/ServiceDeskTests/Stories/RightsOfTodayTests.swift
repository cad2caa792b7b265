import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Rights after a new configuration")
struct RightsOfTodayTests {
    /// The test organisation, with other people in a team.
    private func files(_ path: String, _ old: String, _ new: String) throws -> [String: String] {
        var files = TestOrganisation.files
        let text = try #require(files[path])
        try #require(text.contains(old))
        files[path] = text.replacing(old, with: new)
        return files
    }

    /// Payroll is the HR service now.
    private func payrollServes() throws -> [String: String] {
        try files("departments/hr/teams.yaml", "members: [group:hr-staff]", "members: [group:payroll]")
    }

    private func list(_ harness: DeskHarness, of handle: String) async throws -> [String] {
        try await harness.desk.requests(
            for: harness.viewer(handle), filter: RequestFilter(), cursor: nil, limit: 10
        ).items.map(\.number)
    }

    private func search(_ harness: DeskHarness, of handle: String) async throws -> [String] {
        try await harness.desk.search("HR-1", for: harness.viewer(handle), cursor: nil, limit: 10).items.map(\.number)
    }

    private func occasion(_ view: RequestView) -> Bool { view.fields.contains { $0.id == "occasion" } }

    private func notices(_ harness: DeskHarness, of handle: String) async throws -> [StoredNotification] {
        try await harness.storage.notifications(
            for: Asker(harness.viewer(handle)), onlyUnread: false, before: nil, limit: 10
        ).filter { $0.kind == "stranded" }
    }

    @Test(
        "Whoever is not in the team any more reads nothing and does nothing, by number or identifier; the new members do"
    )
    func losersAndWinners() async throws {
        try await DeskHarness.with { harness in
            let id = try await harness.raiseLeave(occasion: "Wedding").value.summary.id
            #expect(try await occasion(harness.view("HR-1", by: "hal")))
            let version = try await harness.stored(id).version
            _ = try await harness.desk.applyConfiguration(files: payrollServes(), by: "tests")
            let record = InstanceName("record" as StepID)
            for reference in ["HR-1", "\(id)", "HR-99", "0190a6e4-0000-7000-8000-000000000000"] {
                #expect(
                    try await refusal { _ = try await harness.view(reference, by: "hal") } == "request.not_found")
                let actions: [Action] = [
                    .comment("x"), .note("x", .workers), .cancel(reason: nil), .claim(record),
                    .restrict(to: "hr-payroll", reason: "x"), .handOver(record, to: "nobody"),
                ]
                for action in actions {
                    let code = try await refusal { try await harness.perform(action, on: reference, by: "hal") }
                    #expect(code == "request.not_found", "\(action) on \(reference)")
                }
            }
            #expect(try await list(harness, of: "hal").isEmpty)
            #expect(try await search(harness, of: "hal").isEmpty)
            #expect(try await harness.stored(id).version == version)

            #expect(try await occasion(harness.view("HR-1", by: "pia")))
            #expect(try await list(harness, of: "pia") == ["HR-1"])
            #expect(try await search(harness, of: "pia") == ["HR-1"])
            try await harness.perform(.note("Hello", .workers), on: "\(id)", by: "pia")
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            #expect(try await harness.inbox("pia").map(\.instance) == [record])
            #expect(try await harness.inbox("hal").isEmpty)
            let refused = try await refusal { try await harness.perform(.claim(record), on: "\(id)", by: "hal") }
            #expect(refused == "request.not_found")
            try await harness.perform(.claim(record), on: "\(id)", by: "pia")
        }
    }

    @Test(
        "A sensitive field is for whoever is in its team now, also where somebody else's work lets them see the request"
    )
    func sensitive() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave(occasion: "Wedding")
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            try await harness.perform(.claim(InstanceName("record")), on: "HR-1", by: "hal")
            #expect(try await occasion(harness.view("HR-1", by: "hal")))
            _ = try await harness.desk.applyConfiguration(files: payrollServes(), by: "tests")
            // Hal took part, so the request is his to see; what only the team reads is not.
            let comment = try await harness.perform(.comment("x"), on: "HR-1", by: "hal").value
            #expect(!occasion(comment))
            #expect(try await !occasion(harness.view("HR-1", by: "hal")))
            // His own command has passed on what he may not do any more.
            #expect(try await harness.inbox("pia").map(\.instance.description) == ["record"])
            #expect(try await harness.inbox("hal").isEmpty)
        }
    }

    @Test("Another daemon decides by the new files at once")
    func anotherDaemon() async throws {
        try await DeskHarness.with { harness in
            let id = try await harness.raiseLeave().value.summary.id
            let (hal, pia) = (try await harness.viewer("hal"), try await harness.viewer("pia"))
            _ = try await harness.anotherDesk().applyConfiguration(files: payrollServes(), by: "tests")
            // The clock stands still: nothing this desk has in its caches is old.
            let refused = try await refusal {
                _ = try await harness.desk.perform(
                    .comment("x"), on: "\(id)", by: hal, key: nil, expectedVersion: nil)
            }
            #expect(refused == "request.not_found")
            // Done by the new files, answered as the wall sees her: this desk's lists know her a moment later.
            _ = try await refusal {
                _ = try await harness.desk.perform(
                    .note("x", .workers), on: "\(id)", by: pia, key: nil, expectedVersion: nil)
            }
            #expect(try await harness.journal(id).map(\.entry.kind).last == "noted")
        }
    }

    @Test("Work of a team that is gone goes to the department's agents of today")
    func passedToAgents() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            _ = try await harness.desk.applyConfiguration(files: withoutTeam(of: "group:payroll"), by: "tests")
            #expect(try await harness.inbox("hal").isEmpty)
            #expect(try await harness.desk.passWorkOn() == 1)
            #expect(try await harness.inbox("pia").map(\.request.number) == ["HR-1"])
            #expect(try await harness.anotherDesk().passWorkOn() == 0)
            // The agents of today see it; the team is not one that a request can be left to.
            let refused = try await refusal {
                try await harness.perform(.restrict(to: "hr", reason: "x"), on: "HR-1", by: "pia")
            }
            #expect(refused == "request.restrict.nobody")
            try await harness.perform(.claim(InstanceName("record")), on: "HR-1", by: "pia")
        }
    }

    @Test("Work that nobody is left for waits for nobody silently: whoever answers for the department is told, once")
    func goneTeam() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            var without = try withoutTeam(of: "group:empty")
            without["shared/groups.yaml", default: ""] += "\nempty: {en: Empty, de: Leer}\n"
            _ = try await harness.desk.applyConfiguration(files: without, by: "tests")
            #expect(try await harness.inbox("hal").isEmpty)
            #expect(try await harness.desk.passWorkOn() == 1)
            let told = try await notices(harness, of: "hal")
            #expect(told.map(\.number) == ["HR-1"])
            #expect(told.first?.text["en"]?.contains("waits for nobody") == true)
            for handle in ["pia", "ada", "ivo"] { #expect(try await notices(harness, of: handle).isEmpty) }
            #expect(try await harness.desk.passWorkOn() == 0)
            #expect(try await harness.anotherDesk().passWorkOn() == 1)
            #expect(try await notices(harness, of: "hal").count == 1)
            _ = try await harness.desk.applyConfiguration(files: TestOrganisation.files, by: "tests")
            try await harness.perform(.claim(InstanceName("record")), on: "HR-1", by: "hal")
        }
    }

    /// Without the team that has the work; another, of those members, serves the department.
    private func withoutTeam(of members: String) throws -> [String: String] {
        var without = try files("departments/hr/department.yaml", "[team:hr]", "[team:hr-payroll]")
        without["departments/hr/teams.yaml"] = """
            hr-payroll:
              title: {en: Payroll, de: Lohnbuchhaltung}
              members: \(members)
            """
        without["departments/hr/requests/leave.yaml"] = TestOrganisation.files["departments/hr/requests/leave.yaml"]?
            .replacing("team:hr\n", with: "team:hr-payroll\n")
        return without
    }
}
