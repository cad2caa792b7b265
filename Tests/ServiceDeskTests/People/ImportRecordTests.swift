import ServiceDesk
import Testing
import WorkflowCore

@Suite("What is kept of an import, and who is told")
struct ImportRecordTests {
    private func told(_ harness: DeskHarness, _ handle: String) async throws -> [String] {
        try await harness.desk.notifications(
            for: harness.viewer(handle), onlyUnread: false, cursor: nil, limit: 50
        ).page.items.map(\.text)
    }

    private func entries(_ harness: DeskHarness, _ kind: AuditKind) async throws -> [String] {
        try await harness.storage.auditEntries(AuditQuery(log: .administration, kind: kind, limit: 50))
            .map(\.entry.text)
    }

    /// The people with a further column.
    private func people(column: String, _ values: [String: String]) -> String {
        TestOrganisation.people.split(separator: "\n").enumerated().map { index, line in
            let handle = String(line.prefix { $0 != "," })
            return "\(line),\(index == 0 ? column : values[handle] ?? "")"
        }.joined(separator: "\n")
    }

    @Test(
        "Deputies of a file are audited one by one, and both are told, when they come and when they go")
    func deputies() async throws {
        try await DeskHarness.with { harness in
            let with = people(column: "deputies", ["hal": "eve"])
            _ = try await harness.desk.importPeople(csv: with, by: "operator")
            let (hal, eve) = (
                try await harness.viewer("hal").person.id, try await harness.viewer("eve").person.id
            )
            let appointed = try await entries(harness, .deputyAppointed)
            #expect(appointed.count == 1)
            #expect(appointed[0].contains("person:\(hal)") && appointed[0].contains("person:\(eve)"))
            for handle in ["hal", "eve"] {
                #expect(try await told(harness, handle) == ["Eve stands in for Hal."])
            }
            // The same again is nothing new.
            _ = try await harness.desk.importPeople(csv: with, by: "operator")
            #expect(try await entries(harness, .deputyAppointed).count == 1)
            // What is told at one moment is in no order.
            harness.clock.advance(by: .seconds(1))
            _ = try await harness.desk.importPeople(csv: TestOrganisation.people, by: "operator")
            #expect(try await entries(harness, .deputyWithdrawn).count == 1)
            #expect(
                try await told(harness, "hal") == [
                    "Eve no longer stands in for Hal.", "Eve stands in for Hal.",
                ])
        }
    }

    @Test(
        "Whoever gets into a department by a file is audited, and those who administered it before are told",
        arguments: ["eve,Eve,eve@test.example,,berlin,en,hr-staff", "robot,Robot,,,,,hr-staff,service"])
    func offices(line: String) async throws {
        try await DeskHarness.with { harness in
            let isService = line.hasSuffix("service")
            #expect(try await entries(harness, .membershipChanged).isEmpty)
            let file =
                isService
                ? people(column: "kind", [:]) + "\n" + line
                : TestOrganisation.people.replacing("eve,Eve,eve@test.example,,berlin,en,", with: line)
            _ = try await harness.desk.importPeople(csv: file, by: "operator")
            let added = try await entries(harness, .membershipChanged)
            #expect(added.count == 1)
            #expect(added[0].contains("hr:administrator,hr:agent"))
            let name = isService ? "Robot" : "Eve"
            #expect(
                try await told(harness, "hal") == [
                    "\(name) belongs to Human resources by an import of people."
                ])
            // Whom the import itself makes an administrator is not who has to know.
            if !isService { #expect(try await told(harness, "eve").isEmpty) }
            #expect(try await told(harness, "pia").isEmpty)
        }
    }
}
