import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Numbers for leads")
struct DashboardTests {
    /// hal is an agent of HR, eve leads it besides, ida leads it and is no agent.
    private static func with(_ body: @Sendable (DeskHarness) async throws -> Void) async throws {
        var files = TestOrganisation.files
        files["shared/groups.yaml", default: ""] += "\nhr-board: {en: Board, de: Leitung}\n"
        files["departments/hr/department.yaml", default: ""] += "\nleads: [group:hr-board]\n"
        let people = """
            handle,name,email,manager,site,language,groups
            boss,Boss,boss@test.example,,berlin,en,
            ada,Ada,ada@test.example,boss,berlin,de,
            hal,Hal,hal@test.example,,berlin,en,hr-staff
            pia,Pia,pia@test.example,,berlin,en,payroll
            ida,Ida,ida@test.example,,berlin,en,hr-board
            """
        try await DeskHarness.with(files: files, people: people, body)
    }

    @Test("Open requests are counted by age, work by kind, ends by type and tasks by person")
    func numbers() async throws {
        try await Self.with { harness in
            let (desk, ida) = (harness.desk, try await harness.viewer("ida"))
            let empty = try await desk.dashboard(of: nil, for: ida)
            #expect(empty.departments == ["hr"] && empty.ages.map(\.count) == [0, 0, 0, 0, 0] && empty.flow.isEmpty)
            for _ in 1...3 { _ = try await harness.raiseLeave() }
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-2", by: "boss")
            harness.clock.advance(by: .seconds(2 * 86_400))
            try await harness.perform(.claim(InstanceName("record")), on: "HR-1", by: "hal")
            try await harness.perform(
                .complete(InstanceName("record"), ["days": .number("3")]), on: "HR-1", by: "hal")
            try await harness.perform(.claim(InstanceName("record")), on: "HR-2", by: "hal")
            harness.clock.advance(by: .seconds(6 * 86_400))
            _ = try await harness.raiseLeave()

            let view = try await desk.dashboard(of: "hr", for: ida)
            #expect(view.ages.map(\.count) == [1, 0, 0, 2, 0] && view.ages.map(\.span) == AgeSpan.allCases)
            let work = Dictionary(uniqueKeysWithValues: view.work.map { ($0.kind, [$0.open, $0.overdue]) })
            #expect(work == [.task: [1, 1], .approval: [2, 1], .decision: [0, 0]])
            #expect(view.flow.map(\.title) == ["Leave"] && view.flow.map(\.row.ended) == [1])
            // Two days from being raised to the end, however long ago that was.
            #expect(view.flow.map(\.row.median) == [.seconds(2 * 86_400)])
            #expect(view.load.map { $0.person?.handle } == ["hal"] && view.load.map(\.overdue) == [1])
        }
    }

    @Test("What a lead does not see is not counted, and nobody else has numbers")
    func visibility() async throws {
        try await Self.with { harness in
            let (desk, ida) = (harness.desk, try await harness.viewer("ida"))
            _ = try await harness.raiseLeave()
            _ = try await harness.raiseLeave()
            func open() async throws -> Int {
                try await desk.dashboard(of: "hr", for: ida).ages.map(\.count).reduce(0, +)
            }
            #expect(try await open() == 2)
            try await desk.restrict(
                "HR-1", to: "hr-payroll", reason: "A suspicion", by: harness.viewer("hal"), key: nil)
            #expect(try await open() == 1)
            #expect(try await desk.dashboard(of: "hr", for: ida).work.map(\.open).reduce(0, +) == 1)
            for handle in ["hal", "ada", "boss", "pia"] {
                let viewer = try await harness.viewer(handle)
                for department in ["hr", nil] as [DepartmentID?] {
                    let answer = try await refusal { _ = try await desk.dashboard(of: department, for: viewer) }
                    #expect(answer == "access.not_allowed")
                }
            }
            for department in ["it", "nowhere"] as [DepartmentID] {
                let answer = try await refusal { _ = try await desk.dashboard(of: department, for: ida) }
                #expect(answer == "access.not_allowed")
            }
        }
    }
}
