import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@Suite("Deputies at the desk")
struct DeputyTests {
    private func appoint(
        _ deputy: String, for handle: String, in department: DepartmentID? = nil, from: CivilDate? = nil,
        until: CivilDate? = nil, at harness: DeskHarness
    ) async throws -> DeputyView {
        try await harness.desk.appointDeputy(
            Appointment(deputy: deputy, department: department, from: from, until: until),
            by: harness.viewer(handle))
    }

    @Test("A deputy appointed today receives yesterday's approval in list and inbox, decides it, and both are told")
    func yesterday() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            #expect(try await harness.inbox("eve").isEmpty)
            #expect(try await refusal { _ = try await harness.view("HR-1", by: "eve") } == "request.not_found")
            let view = try await appoint("eve", for: "boss", at: harness)
            #expect(try await appoint("eve", for: "boss", at: harness).id == view.id, "again is the same")
            let items = try await harness.inbox("eve")
            #expect(items.map(\.instance.description) == ["decide"])
            #expect(items.first?.standsInFor.map(\.handle) == ["boss"])
            let list = try await harness.desk.requests(
                for: harness.viewer("eve"), filter: RequestFilter(), cursor: nil, limit: 10)
            #expect(list.items.map(\.number) == ["HR-1"])
            for handle in ["eve", "boss"] {
                let told = try await harness.desk.notifications(
                    for: harness.viewer(handle), onlyUnread: true, cursor: nil, limit: 10)
                #expect(told.page.items.map(\.text) == ["Eve stands in for Boss."])
            }
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "eve")
            #expect(try await harness.view("HR-1", by: "ada").step("decide").status == .done)
        }
    }

    @Test("Whoever wants the approval is no deputy for it, and other departments' deputies see nothing")
    func limits() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            _ = try await appoint("ada", for: "boss", at: harness)
            _ = try await appoint("eve", for: "boss", in: "it", at: harness)
            #expect(try await harness.inbox("ada").isEmpty)
            #expect(try await harness.inbox("eve").isEmpty)
            let vote = Action.approve(InstanceName("decide"), comment: nil)
            #expect(
                try await refusal { try await harness.perform(vote, on: "HR-1", by: "ada") }
                    == "request.vote.not_a_voter")
            #expect(
                try await refusal { try await harness.perform(vote, on: "HR-1", by: "eve") } == "request.not_found")
        }
    }

    @Test("What cannot be is refused, and others' appointments are nobody's business")
    func refusals() async throws {
        let past = CivilDate(year: 2026, month: 11, day: 1)
        try await DeskHarness.with { harness in
            func code(_ deputy: String, in department: DepartmentID? = nil, until: CivilDate? = nil) async throws
                -> String
            {
                try await refusal {
                    _ = try await appoint(deputy, for: "boss", in: department, until: until, at: harness)
                }
            }
            #expect(try await code("boss") == "deputy.oneself")
            #expect(try await code("nobody") == "deputy.unknown_person")
            #expect(try await code("eve", in: "nowhere") == "deputy.unknown_department")
            #expect(try await code("eve", until: past) == "deputy.bad_days")
            let view = try await appoint("eve", for: "boss", at: harness)
            #expect(
                try await refusal { try await harness.desk.withdrawDeputy(view.id, by: harness.viewer("hal")) }
                    == "deputy.not_found")
            try await harness.desk.withdrawDeputy(view.id, by: harness.viewer("eve"))
            #expect(try await harness.desk.deputies(of: harness.viewer("boss")).deputies.isEmpty)
        }
    }

    @Test("Administrators of a department appoint others for its requests, and for nothing else")
    func departments() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            let (desk, hal) = (harness.desk, try await harness.viewer("hal"))
            func appoint(_ deputy: String, in department: DepartmentID, by viewer: Viewer) async throws -> DeputyView {
                try await desk.appointDeputy(
                    Appointment(deputy: deputy, department: nil, from: nil, until: nil), for: "boss",
                    in: department, by: viewer)
            }
            #expect(try await refusal { _ = try await appoint("hal", in: "hr", by: hal) } == "deputy.appointer")
            #expect(try await refusal { _ = try await appoint("eve", in: "it", by: hal) } == "access.not_allowed")
            let boss = try await harness.viewer("boss")
            #expect(try await refusal { _ = try await appoint("eve", in: "hr", by: boss) } == "access.not_allowed")
            let view = try await appoint("eve", in: "hr", by: hal)
            #expect(view.department == "hr" && view.appointedBy?.handle == "hal")
            #expect(try await harness.inbox("eve").map(\.instance.description) == ["decide"])
            #expect(try await desk.deputies(in: "hr", for: hal).map(\.id) == [view.id])
            #expect(
                try await refusal { try await desk.withdrawDeputy(view.id, in: "it", by: hal) }
                    == "access.not_allowed")
            try await desk.withdrawDeputy(view.id, in: "hr", by: hal)
            #expect(try await harness.inbox("eve").isEmpty)
            let own = try await desk.appointDeputy(
                Appointment(deputy: "eve", department: nil, from: nil, until: nil), by: boss)
            #expect(
                try await refusal { try await desk.withdrawDeputy(own.id, in: "hr", by: hal) } == "deputy.not_found")
        }
    }
}
