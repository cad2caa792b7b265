import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@Suite("Leavers and movers")
struct PeopleWorkerTests {
    private func people(without leaver: String? = nil, _ change: (String) -> String = { $0 }) -> String {
        TestOrganisation.people.split(separator: "\n").map(String.init)
            .filter { line in leaver.map { !line.hasPrefix("\($0),") } ?? true }
            .map(change).joined(separator: "\n")
    }

    /// Nobody reports to somebody who is not in the file.
    private var withoutBoss: String {
        people(without: "boss") {
            $0.split(separator: ",", omittingEmptySubsequences: false)
                .enumerated().map { $0.offset == 3 && $0.element == "boss" ? "" : String($0.element) }.joined(
                    separator: ",")
        }
    }

    @Test("A leaver's approvals pass on with the import itself")
    func approvals() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            #expect(try await harness.inbox("boss").map(\.instance.description) == ["decide"])
            #expect(try await harness.inbox("hal").isEmpty)
            _ = try await harness.desk.importPeople(csv: withoutBoss, by: "operator")
            #expect(try await harness.inbox("hal").map(\.instance.description) == ["decide"])
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "hal")
            #expect(try await harness.view("HR-1", by: "ada").step("decide").status == .done)
        }
    }

    @Test("The deputy from the file of people comes before everybody else")
    func deputies() async throws {
        let first = people { line in
            line.hasPrefix("handle") ? line + ",deputies" : line.hasPrefix("boss") ? line + ",eve" : line + ","
        }
        try await DeskHarness.with(people: first) { harness in
            _ = try await harness.raiseLeave()
            _ = try await harness.desk.importPeople(csv: withoutBoss, by: "operator")
            #expect(try await harness.inbox("eve").map(\.instance.description) == ["decide"])
            #expect(try await harness.inbox("hal").isEmpty)
        }
    }

    @Test("Tasks of leavers and of those who moved to another team return to their queue", arguments: [true, false])
    func tasks(_ hasLeft: Bool) async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseJoiner()
            try await harness.work()
            try await harness.perform(.claim(InstanceName("create")), on: "IT-1", by: "ivo")
            #expect(try await harness.inbox("ida").isEmpty)
            let next = hasLeft ? people(without: "ivo") : people { $0.hasPrefix("ivo,") ? String($0.dropLast(8)) : $0 }
            _ = try await harness.desk.importPeople(csv: next, by: "operator")
            #expect(try await harness.inbox("ida").map(\.instance.description) == ["create"])
            let stored = try await harness.stored(try await harness.view("IT-1", by: "ida").summary.id)
            #expect(try await harness.desk.passWorkOn() == 0, "people have not changed since")
            #expect(try await harness.stored(stored.id).version == stored.version)
        }
    }

    private func stranded(_ handle: String, _ harness: DeskHarness) async throws -> [NotificationView] {
        try await harness.desk.notifications(
            for: harness.viewer(handle), onlyUnread: false, cursor: nil, limit: 10
        ).page.items.filter { $0.kind == "stranded" }
    }

    /// A team serves HR, and has the task of a report that is confidential to it.
    private func files(servedBy team: String) -> [String: String] {
        TestOrganisation.files.merging([
            "shared/organisation.yaml":
                TestOrganisation.files["shared/organisation.yaml", default: ""]
                + "\nadministrators: [group:it-staff]\n",
            "departments/hr/department.yaml": TestOrganisation.files["departments/hr/department.yaml", default: ""]
                .replacing("[team:hr]", with: "[\(team)]"),
            "departments/hr/requests/report.yaml": """
            title: {en: Report, de: Meldung}
            audience: [role:employee]
            confidential: \(team)
            outcomes: {done: good, withdrawn: bad}
            form:
              what:
                label: {en: What, de: Was}
                type: text
            cancel: {by: [requester], outcome: withdrawn}
            steps:
              - task: look
                title: {en: Look, de: Ansehen}
                assign: \(team)
                due: 2 working days
                on_overdue: {tell: \(team)}
            """,
        ]) { $1 }
    }

    /// Whose the report is, who leaves, and who is told.
    static let reports: [(String, String, [String])] = [
        // Nobody of the department is left: the platform's administrators hear that there is something to do.
        ("team:hr", "hal", ["ivo", "ida"]),
        // Who administers the department does not see what is payroll's.
        ("team:hr-payroll", "pia", ["hal"]),
    ]

    @Test(
        "Whoever does not see what is confidential learns that it waits for nobody, not which it is", arguments: reports
    )
    func confidential(team: String, leaver: String, told: [String]) async throws {
        try await DeskHarness.with(files: files(servedBy: team)) { harness in
            _ = try await harness.desk.raise(
                "hr.report", entries: ["what": .string("x")], beneficiary: nil, by: harness.viewer("ada"), key: nil)
            _ = try await harness.desk.importPeople(csv: people(without: leaver), by: "operator")
            _ = try await harness.desk.passWorkOn()
            for handle in ["ivo", "ida", "hal", "pia", "eve"] where handle != leaver {
                let notices = try await stranded(handle, harness)
                #expect(notices.count == (told.contains(handle) ? 1 : 0), "\(handle)")
                for notice in notices {
                    #expect(notice.text.contains("waits for nobody") && !notice.text.contains("HR-1"))
                    #expect(notice.number == nil && notice.request == nil)
                }
            }
            #expect(try await harness.anotherDesk().passWorkOn() == 1)
            for handle in told { #expect(try await stranded(handle, harness).count == 1) }
        }
    }

    @Test("Whom a request is about is not told that it waits for nobody")
    func hidden() async throws {
        var files = files(servedBy: "team:hr-payroll")
        files["departments/hr/requests/report.yaml"] = nil
        files["departments/hr/requests/leave.yaml"] = TestOrganisation.files["departments/hr/requests/leave.yaml"]?
            .replacing("audience: [role:employee]", with: "audience: [role:employee]\nhidden_from: about")
            .replacing(
                "form:\n", with: "form:\n  about: {label: {en: About, de: Über}, type: person, optional: true}\n",
                maxReplacements: 1
            ).replacing("assign: team:hr\n", with: "assign: team:hr-payroll\n")
        let first = people() + "\nuno,Uno,uno@test.example,,berlin,en,hr-staff"
        try await DeskHarness.with(files: files, people: first) { harness in
            _ = try await harness.desk.raise(
                "hr.leave", entries: ["from": .string("2026-12-01"), "about": .string("hal")], beneficiary: nil,
                by: harness.viewer("ada"), key: nil)
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            let rest = first.split(separator: "\n").filter { !$0.hasPrefix("pia,") }.joined(separator: "\n")
            _ = try await harness.desk.importPeople(csv: rest, by: "operator")
            _ = try await harness.desk.passWorkOn()
            #expect(try await stranded("uno", harness).map(\.number) == ["HR-1"])
            for handle in ["hal", "ivo"] { #expect(try await stranded(handle, harness).isEmpty, "\(handle)") }
        }
    }

    @Test("Another daemon finds what an import left behind")
    func anotherDaemon() async throws {
        try await DeskHarness.with { harness in
            for _ in 1...3 { _ = try await harness.raiseLeave() }
            harness.shaky.failAlways(.away)
            _ = try await harness.desk.importPeople(csv: withoutBoss, by: "operator")
            #expect(try await harness.inbox("hal").isEmpty)
            #expect(try await harness.anotherDesk().passWorkOn() == 3)
            #expect(try await harness.inbox("hal").count == 3)
        }
    }
}
