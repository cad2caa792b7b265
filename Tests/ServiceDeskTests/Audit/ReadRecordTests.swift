import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@Suite("Readings of confidential requests")
struct ReadRecordTests {
    private static let files = TestOrganisation.files.merging([
        "departments/hr/requests/report.yaml": """
        title: {en: Report, de: Meldung}
        audience: [role:employee]
        confidential: team:hr
        outcomes: {done: good, withdrawn: bad}
        form:
          what:
            label: {en: What, de: Was}
            type: text
        cancel: {by: [requester], outcome: withdrawn}
        steps:
          - task: look
            title: {en: Look, de: Ansehen}
            assign: team:hr
            due: 2 working days
            on_overdue: {tell: team:hr}
        """
    ]) { $1 }

    private func reads(_ harness: DeskHarness) async throws -> [String] {
        try await harness.storage.auditEntries(AuditQuery(log: .reads, limit: 100)).map(\.entry.text)
    }

    @Test("Reading somebody's confidential request is recorded once an hour, one's own never")
    func recorded() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let report = try await harness.desk.raise(
                "hr.report", entries: ["what": .string("x")], beneficiary: nil, by: harness.viewer("ada"), key: nil
            ).value.summary
            _ = try await harness.view(report.number, by: "ada")
            #expect(try await reads(harness).isEmpty)
            for _ in 0..<3 {
                _ = try await harness.view(report.number, by: "hal")
                _ = try await harness.desk.timeline(
                    of: report.number, for: harness.viewer("hal"), cursor: nil, limit: 10)
            }
            let first = try await reads(harness)
            #expect(first.count == 1)
            let hal = try await harness.viewer("hal").person.id
            #expect(first[0].contains("person:\(hal)") && first[0].contains("request:\(report.id)"))
            harness.clock.advance(by: .seconds(3600))
            _ = try await harness.view(report.number, by: "hal")
            #expect(try await reads(harness).count == 2)
            // Whoever does not see it has not read it.
            let answer = try await refusal { _ = try await harness.view(report.number, by: "ivo") }
            #expect(answer == "request.not_found")
            #expect(try await reads(harness).count == 2)
        }
    }

    @Test(
        "An exported journal is in the audit with whoever took it, but not when it is their own: the auditor may be whom it is kept from"
    )
    func journals() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let report = try await harness.desk.raise(
                "hr.report", entries: ["what": .string("x")], beneficiary: nil, by: harness.viewer("ada"), key: nil
            ).value.summary
            func exports() async throws -> [String] {
                try await harness.storage.auditEntries(AuditQuery(log: .exports, limit: 100)).map(\.entry.text)
            }
            _ = try await harness.desk.journalExport(of: report.number, by: harness.viewer("ada"))
            #expect(try await exports().isEmpty)
            _ = try await harness.desk.journalExport(of: report.number, by: harness.viewer("hal"))
            let hal = try await harness.viewer("hal").person.id
            let kept = try await exports()
            #expect(kept.count == 1 && kept.allSatisfy { $0.contains("person:\(hal)") })
            let ada = try await harness.viewer("ada").person.id
            let all = try await reads(harness) + kept
            #expect(!all.contains { $0.contains("person:\(ada)") })
        }
    }

    @Test("What everybody in the department reads is not recorded")
    func ordinary() async throws {
        try await DeskHarness.with { harness in
            let leave = try await harness.raiseLeave().value.summary
            _ = try await harness.view(leave.number, by: "hal")
            #expect(try await reads(harness).isEmpty)
        }
    }

    @Test("Without its record nothing is read")
    func away() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let report = try await harness.desk.raise(
                "hr.report", entries: ["what": .string("x")], beneficiary: nil, by: harness.viewer("ada"), key: nil
            ).value.summary
            harness.shaky.failAlways(.away)
            let answer = try await refusal { _ = try await harness.view(report.number, by: "hal") }
            #expect(answer == "unavailable")
            _ = try await harness.view(report.number, by: "ada")
            harness.shaky.failAlways(nil)
            _ = try await harness.view(report.number, by: "hal")
            #expect(try await reads(harness).count == 1)
        }
    }
}
