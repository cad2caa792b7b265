import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Sessions and tokens of others")
struct OthersAccessTests {
    private static func with(_ body: @Sendable (DeskHarness) async throws -> Void) async throws {
        var files = TestOrganisation.files
        files["shared/organisation.yaml", default: ""] += "\nadministrators: [group:it-staff]\n"
        let people = """
            handle,name,email,manager,site,language,groups,kind
            ada,Ada,ada@test.example,,berlin,de,,
            bo,Bo,bo@test.example,,berlin,en,,
            ivo,Ivo,ivo@test.example,,berlin,en,it-staff;owners,
            ida,Ida,ida@test.example,,berlin,en,it-staff,
            robot,Robot,robot@test.example,,berlin,en,,service
            clerk,Clerk,clerk@test.example,,berlin,en,hr-staff,service
            keeper,Keeper,keeper@test.example,,berlin,en,it-staff,service
            helper,Helper,helper@test.example,,berlin,en,desk,service
            """
        files["shared/groups.yaml", default: ""] +=
            "\ndesk: {en: Desk, de: Tisch}\nowners: {en: Owners, de: Zuständige}\n"
        files["departments/it/department.yaml", default: ""] += "\nadministrators: [group:owners]\n"
        files["departments/it/teams.yaml"] = files["departments/it/teams.yaml"]?
            .replacing("[group:it-staff]", with: "[group:it-staff, group:desk]")
        try await DeskHarness.with(files: files, people: people, body)
    }

    @Test("A platform administrator makes, lists and revokes tokens of programs, within what they came with")
    func programs() async throws {
        try await Self.with { harness in
            let (desk, ivo) = (harness.desk, try await harness.viewer("ivo"))
            let (secret, token) = try await desk.createToken(
                for: "robot", "nightly", scopes: [.requestsRead], lifetime: .seconds(1000), by: ivo)
            let robot = try #require(try await desk.viewer(bearer: secret))
            #expect(robot.person.handle == "robot" && !robot.credential.allows(.work))
            #expect(try await desk.tokens(of: "robot", for: ivo).map(\.label) == ["nightly"])
            func make(_ handle: String, _ scopes: Set<Scope>, by viewer: Viewer) async throws -> String {
                try await refusal {
                    _ = try await desk.createToken(
                        for: handle, "x", scopes: scopes, lifetime: .seconds(9), by: viewer)
                }
            }
            #expect(try await make("ada", [.all], by: ivo) == "account.not_a_program")
            #expect(try await make("nobody", [.all], by: ivo) == "people.unknown")
            let (own, _) = try await desk.createToken(
                "narrow", scopes: [.directoryWrite], lifetime: .seconds(86_400), by: ivo)
            let narrow = try #require(try await desk.viewer(bearer: own))
            #expect(try await make("robot", [.all], by: narrow) == "token.wider")
            #expect(try await make("robot", [.directoryWrite], by: narrow) == "nothing")
            // A program gives nobody access, however it is placed.
            let issued = try await desk.issueToken(for: "keeper", label: "x", lifetime: nil, by: "operator").secret
            let keeper = try #require(try await desk.viewer(bearer: issued))
            #expect(keeper.authority.isPlatformAdministrator)
            for program in [robot, keeper] {
                #expect(try await make("robot", [.requestsRead], by: program) == "access.not_allowed")
            }

            try await desk.revokeToken(token.id, of: "robot", by: ivo)
            #expect(try await desk.viewer(bearer: secret) == nil)
            let again = try await refusal { try await desk.revokeToken(token.id, of: "robot", by: ivo) }
            #expect(again == "token.unknown")
        }
    }

    @Test("Of a program with an office an operator makes the tokens, unless the office is the maker's to give")
    func offices() async throws {
        try await Self.with { harness in
            let desk = harness.desk
            for (program, administrator, code) in [
                ("clerk", "ivo", "token.others_office"), ("keeper", "ivo", "token.others_office"),
                ("helper", "ida", "token.others_office"), ("helper", "ivo", "nothing"), ("robot", "ida", "nothing"),
            ] {
                let viewer = try await harness.viewer(administrator)
                let found = try await refusal {
                    _ = try await desk.createToken(
                        for: program, "x", scopes: [.requestsRead], lifetime: .seconds(9), by: viewer)
                }
                #expect(found == code, "\(program) by \(administrator)")
            }
            #expect(try await desk.tokens(of: "clerk").isEmpty)
            let issued = try await desk.issueToken(for: "clerk", label: "x", lifetime: nil, by: "operator").secret
            #expect(try await desk.viewer(bearer: issued)?.authority.agentOf == ["hr"])
        }
    }

    @Test("A platform administrator ends sessions and tokens of people, each where it belongs")
    func people() async throws {
        try await Self.with { harness in
            let (desk, ivo) = (harness.desk, try await harness.viewer("ivo"))
            let session = try await harness.start("ada", label: "laptop")
            let (secret, token) = try await desk.createToken(
                "script", scopes: [.all], lifetime: .seconds(1000), by: session.viewer)
            #expect(try await desk.sessions(of: "ada", for: ivo).map(\.label) == ["laptop"])
            #expect(try await desk.tokens(of: "ada", for: ivo).map(\.label) == ["script"])
            for answer in [
                try await refusal { try await desk.endSession(session.view.id, of: "bo", by: ivo) },
                try await refusal { try await desk.revokeToken(token.id, of: "bo", by: ivo) },
            ] { #expect(["session.unknown", "token.unknown"].contains(answer)) }
            try await desk.endSession(session.view.id, of: "ada", by: ivo)
            try await desk.revokeToken(token.id, of: "ada", by: ivo)
            #expect(try await desk.visit(session: session.secret) == nil)
            #expect(try await desk.viewer(bearer: secret) == nil)
            let kinds = try await harness.storage.auditEntries(AuditQuery(log: .signIn, limit: 1)).map(\.entry.text)
            #expect(kinds.first?.contains(#""kind":"session.revoked","principal":"person:\#(ivo.person.id)""#) == true)
        }
    }

    @Test("Nobody else does, and who may not learns nothing of who there is")
    func others() async throws {
        try await Self.with { harness in
            let (desk, bo) = (harness.desk, try await harness.viewer("bo"))
            let session = try await harness.start("ada")
            let id = UniqueID(high: 1, low: 2)
            for handle in ["ada", "robot", "nobody"] {
                for answer in [
                    try await refusal { _ = try await desk.sessions(of: handle, for: bo) },
                    try await refusal { try await desk.endSession(session.view.id, of: handle, by: bo) },
                    try await refusal { _ = try await desk.tokens(of: handle, for: bo) },
                    try await refusal { try await desk.revokeToken(id, of: handle, by: bo) },
                    try await refusal {
                        _ = try await desk.createToken(
                            for: handle, "x", scopes: [.all], lifetime: .seconds(9), by: bo)
                    },
                ] { #expect(answer == "access.not_allowed") }
            }
            #expect(try await desk.visit(session: session.secret) != nil)
        }
    }
}
