import ServiceDesk
import Testing
import WorkflowCore

@Suite("A restricted request at the desk")
struct RestrictionStoryTests {
    private func restrict(_ harness: DeskHarness, to team: TeamID?, by handle: String) async throws {
        try await harness.desk.restrict(
            "HR-1", to: team, reason: "A suspicion", by: harness.viewer(handle), key: nil)
    }

    private func list(_ harness: DeskHarness, of handle: String) async throws -> [String] {
        try await harness.desk.requests(
            for: harness.viewer(handle), filter: RequestFilter(), cursor: nil, limit: 10
        ).items.map(\.number)
    }

    @Test("It leaves everybody's lists but those of its team and of whoever has work in it, until that is done")
    func lists() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            #expect(try await list(harness, of: "hal") == ["HR-1"])
            try await restrict(harness, to: "hr-payroll", by: "hal")
            for handle in ["hal", "eve"] {
                #expect(try await list(harness, of: handle).isEmpty)
                #expect(try await refusal { _ = try await harness.view("HR-1", by: handle) } == "request.not_found")
            }
            for handle in ["ada", "boss", "pia"] { #expect(try await list(harness, of: handle) == ["HR-1"]) }
            #expect(try await harness.view("HR-1", by: "ada").restriction == "hr-payroll")
            // Done with it, the boss sees that it is done, and nothing of what follows.
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            #expect(try await list(harness, of: "boss").isEmpty)
            // What was HR's to do is payroll's now.
            #expect(try await harness.inbox("pia").map(\.instance.description) == ["record"])
            #expect(try await harness.inbox("hal").isEmpty)
        }
    }

    @Test("Administrators end it without having seen it; both are audited, and the words are for those who work on it")
    func audit() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            try await restrict(harness, to: "hr-payroll", by: "hal")
            #expect(
                try await refusal { try await restrict(harness, to: nil, by: "eve") } == "request.not_found")
            try await restrict(harness, to: nil, by: "hal")
            #expect(try await list(harness, of: "hal") == ["HR-1"])
            #expect(try await list(harness, of: "pia").isEmpty)
            let texts = try await harness.storage.auditEntries(AuditQuery(log: .administration, limit: 2))
                .map(\.entry.text)
            #expect(texts[0].contains("restriction.lowered") && texts[1].contains("restriction.raised"))
            #expect(texts.allSatisfy { $0.contains("HR-1") && !$0.contains("suspicion") })
            func comments(_ handle: String) async throws -> [String] {
                try await harness.desk.timeline(
                    of: "HR-1", for: harness.viewer(handle), cursor: nil, limit: 100
                ).items.compactMap(\.comment)
            }
            #expect(try await comments("hal") == ["A suspicion", "A suspicion"])
            #expect(try await comments("ada").isEmpty)
        }
    }
}
