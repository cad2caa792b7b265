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
