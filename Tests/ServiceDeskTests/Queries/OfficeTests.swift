import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("What administrators read of the desk itself")
struct OfficeTests {
    /// hal administers HR, ivo the platform, ida is an auditor.
    private static func with(_ body: @Sendable (DeskHarness) async throws -> Void) async throws {
        var files = TestOrganisation.files
        files["shared/organisation.yaml", default: ""] += """

            administrators: [group:it-staff]
            auditors: [group:payroll]
            """
        let people = """
            handle,name,email,manager,site,language,groups,kind
            boss,Boss,boss@test.example,,berlin,en,,
            ada,Ada,ada@test.example,boss,berlin,de,,
            bo,Bo Ada,bo@test.example,boss,berlin,en,,
            hal,Hal,hal@test.example,,berlin,en,hr-staff,
            ivo,Ivo,ivo@test.example,,berlin,en,it-staff,
            ida,Ida,ida@test.example,,berlin,en,payroll,
            robot,Robot,robot@test.example,,berlin,en,it-staff,service
            """
        try await DeskHarness.with(files: files, people: people, body)
    }

    @Test("The configuration is for those who administer something and for auditors")
    func configuration() async throws {
        try await Self.with { harness in
            let (desk, hal) = (harness.desk, try await harness.viewer("hal"))
            let types = try await desk.requestTypes(for: hal)
            #expect(
                types.map(\.id.text).contains("hr.leave")
                    && types.map(\.department.text) == types.map(\.department.text).sorted())
            let leave = try await desk.requestType("hr.leave", for: hal)
            #expect(leave.words.audience == "Everybody" && leave.file == "departments/hr/requests/leave.yaml")
            #expect(leave.form.map(\.id.text) == ["from", "occasion"])
            #expect(leave.words.steps.first?.id == "decide" && leave.words.steps.first?.details.isEmpty == false)
            #expect(leave.words.endings.contains { $0.label == "Ends well" && $0.text == "Approved" })
            let picture = try await desk.picture(of: "hr.leave", for: hal)
            #expect(picture.hasPrefix("<svg ") && picture.contains("width=\"\(Int(leave.pictureSize.width))"))
            #expect(try await desk.diagnostics(for: hal) == [])
            for handle in ["ivo", "ida"] {
                let viewer = try await harness.viewer(handle)
                #expect(try await desk.requestTypes(for: viewer).count == types.count)
            }
            for handle in ["boss", "ada"] {
                let viewer = try await harness.viewer(handle)
                for answer in [
                    try await refusal { _ = try await desk.requestTypes(for: viewer) },
                    try await refusal { _ = try await desk.requestType("hr.leave", for: viewer) },
                    try await refusal { _ = try await desk.picture(of: "hr.leave", for: viewer) },
                    try await refusal { _ = try await desk.diagnostics(for: viewer) },
                    try await refusal { _ = try await desk.preview("hr.leave", as: "ada", for: viewer) { _ in [:] } },
                    try await refusal {
                        _ = try await desk.directory(
                            matching: nil, group: nil, for: viewer, cursor: nil, limit: 10)
                    },
                    try await refusal { _ = try await desk.directoryPerson("ada", for: viewer) },
                    try await refusal { _ = try await desk.groups(for: viewer) },
                    try await refusal {
                        _ = try await desk.verifyAudit(of: .administration, from: nil, to: nil, for: viewer)
                    },
                ] { #expect(answer == "access.not_allowed") }
            }
        }
    }

    @Test("A form is shown as somebody else would see it, or that they may not raise it")
    func preview() async throws {
        try await Self.with { harness in
            let (desk, hal) = (harness.desk, try await harness.viewer("hal"))
            let preview = try await desk.preview("hr.leave", as: "ada", for: hal) { questions in
                #expect(questions.map(\.id.text) == ["from", "occasion"])
                return ["from": .string("2030-01-01")]
            }
            #expect(preview.person.name == "Ada" && preview.draft?.questions.count == 2)
            #expect(preview.draft?.title == "Leave", "in the language of whoever looks")
            let account = try await desk.preview("it.account", as: "ada", for: hal) { _ in [:] }
            #expect(account.draft == nil)
            for (type, handle, code) in [
                ("hr.nothing", "ada", "catalogue.unknown_type"), ("hr.leave", "nobody", "people.unknown"),
            ] {
                let answer = try await refusal {
                    _ = try await desk.preview(RequestTypeID(type), as: handle, for: hal) { _ in [:] }
                }
                #expect(answer == code)
            }
            #expect(try await desk.requests(for: hal, filter: RequestFilter(), cursor: nil, limit: 10).items.isEmpty)
        }
    }

    @Test("People are listed by name, a page at a time, and found by what their names begin with")
    func directory() async throws {
        try await Self.with { harness in
            let (desk, ivo) = (harness.desk, try await harness.viewer("ivo"))
            func page(_ text: String? = nil, _ group: GroupID? = nil, _ cursor: String? = nil) async throws
                -> Page<DirectoryPersonView>
            {
                try await desk.directory(matching: text, group: group, for: ivo, cursor: cursor, limit: 3)
            }
            var (names, cursor): ([String], String?) = ([], nil)
            repeat {
                let next = try await page(nil, nil, cursor)
                names += next.items.map(\.person.name)
                cursor = next.next
            } while cursor != nil
            #expect(names == ["Ada", "Bo Ada", "Boss", "Hal", "Ida", "Ivo", "Robot"])
            #expect(try await page("ad").items.map(\.person.handle) == ["ada", "bo"])
            #expect(try await page(nil, "it-staff").items.map(\.kind) == [.person, .service])
            let answer = try await refusal { _ = try await page(nil, nil, "nonsense") }
            #expect(answer == "page.bad_cursor")

            _ = try await desk.appointDeputy(
                Appointment(deputy: "bo", department: nil, from: nil, until: nil), by: try await harness.viewer("ada"))
            let ada = try await desk.directoryPerson("ada", for: ivo)
            #expect(ada.manager?.handle == "boss" && ada.roles.map(\.name) == ["Everybody"])
            #expect(ada.deputies.deputies.map(\.deputy.handle) == ["bo"])
            #expect(try await desk.directoryPerson("bo", for: ivo).deputies.standsInFor.map(\.person.handle) == ["ada"])
            #expect(try await desk.groups(for: ivo).map(\.members).reduce(0, +) == 4)
            let unknown = try await refusal { _ = try await desk.directoryPerson("nobody", for: ivo) }
            #expect(unknown == "people.unknown")
        }
    }

    @Test("An auditor has the audit computed anew, and that is recorded")
    func verification() async throws {
        try await Self.with { harness in
            let (desk, ida) = (harness.desk, try await harness.viewer("ida"))
            _ = try await desk.appointDeputy(
                Appointment(deputy: "bo", department: nil, from: nil, until: nil), by: try await harness.viewer("ada"))
            let report = try await desk.verifyAudit(of: .administration, from: nil, to: nil, for: ida)
            #expect(report.faults == [] && report.chains.map(\.entries).reduce(0, +) >= 1)
            let exports = try await desk.auditEntries(
                for: ida, filter: AuditFilter(log: .exports), cursor: nil, limit: 10)
            #expect(exports.items.map(\.kind) == ["audit.exported"])
        }
    }
}
