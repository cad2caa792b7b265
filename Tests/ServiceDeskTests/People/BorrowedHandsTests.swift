import Expressions
import ServiceDesk
import Testing
import WorkflowCore

/// Ivo and Ida administer the platform; Hal leads HR and administers it.
@Suite("Whoever could act as somebody, by a code or a token, gains nothing by what that one gains")
struct BorrowedHandsTests {
    private static let files = TestOrganisation.files.merging([
        "shared/organisation.yaml":
            TestOrganisation.files["shared/organisation.yaml", default: ""] + "\nadministrators: [group:it-staff]\n",
        "shared/groups.yaml": TestOrganisation.files["shared/groups.yaml", default: ""]
            + "\nwitnesses: {en: Witnesses, de: Zeugen}\ncyclists: {en: Cyclists, de: Radfahrende}\n",
        "departments/hr/requests/leave.yaml": TestOrganisation.files["departments/hr/requests/leave.yaml", default: ""]
            .replacing("audience: [role:employee]", with: "audience: [role:employee]\nconfidential: [group:witnesses]"),
    ]) { $1 }
    private static let hal = "hal,Hal,hal@test.example,,berlin,en,hr-staff"

    /// The people, some lines replaced, and somebody who does not exist.
    private static func people(_ groups: String = "", _ changes: [(String, String)] = []) -> String {
        var lines = TestOrganisation.people.split(separator: "\n").map(String.init)
        for (old, new) in changes { lines = lines.map { $0 == old ? new : $0 } }
        return lines.enumerated().map { $0.offset == 0 ? "\($0.element),deputies" : "\($0.element)," }
            .joined(separator: "\n") + "\nzed,Zed,zed@test.example,,berlin,en,\(groups),"
    }

    private static func with(_ body: @Sendable (DeskHarness) async throws -> Void) async throws {
        try await DeskHarness.with(files: files, body)
    }

    private func enrol(_ handle: String, by maker: String?, _ harness: DeskHarness) async throws -> String {
        let invitation =
            if let maker {
                try await harness.desk.invite(handle, by: harness.viewer(maker))
            } else {
                try await harness.desk.invite(handle, lifetime: nil, by: "operator")
            }
        return try await refusal {
            _ = try await harness.desk.signIn(
                invitation: invitation.code, password: "the ferry leaves at nine", label: nil)
        }
    }

    private func importing(_ people: String, by handle: String, _ harness: DeskHarness) async throws -> String {
        try await refusal { _ = try await harness.desk.importPeople(csv: people, by: harness.viewer(handle)) }
    }

    @Test("Nobody strips somebody of their office, signs in as them and gives the office back")
    func stripped() async throws {
        try await Self.with { (harness) async throws in
            let stripped = Self.people("", [(Self.hal, "hal,Hal,hal@test.example,,berlin,en,")])
            #expect(try await importing(stripped, by: "ivo", harness) == "nothing")
            #expect(try await enrol("hal", by: "ivo", harness) == "invitation.unconfirmed")
            // Who waits for a month gives nothing back either.
            harness.clock.advance(by: .seconds(32 * 86_400))
            #expect(try await enrol("hal", by: "ivo", harness) == "nothing")
            #expect(try await importing(Self.people(), by: "ivo", harness) == "people.own_gain")
            #expect(try await harness.viewer("hal").authority.agentOf.isEmpty)
            // What does not matter changes as before; another one may give it back, who did not make the code.
            let moved = stripped.replacing("berlin,en,", with: "berlin,de,")
            #expect(try await importing(moved, by: "ivo", harness) == "nothing")
            #expect(try await importing(Self.people(), by: "ida", harness) == "nothing")
            #expect(try await harness.viewer("hal").authority.agentOf == ["hr"])
        }
    }

    @Test(
        "Nobody invents somebody and then gives them something to see or to decide",
        arguments: [
            ("payroll", "", ""), ("it-staff", "", ""), ("witnesses", "", ""),
            ("", "eve,Eve,eve@test.example,,berlin,en,,", "eve,Eve,eve@test.example,zed,berlin,en,,"),
            ("", "eve,Eve,eve@test.example,,berlin,en,,", "eve,Eve,eve@test.example,,berlin,en,,zed"),
        ])
    func invented(groups: String, old: String, new: String) async throws {
        try await Self.with { (harness) async throws in
            #expect(try await importing(Self.people(), by: "ivo", harness) == "nothing")
            #expect(try await enrol("zed", by: "ivo", harness) == "nothing")
            #expect(try await importing(Self.people("cyclists"), by: "ivo", harness) == "nothing")
            let gain = Self.people(groups).replacing(old.isEmpty ? "\n\n" : old, with: new)
            #expect(gain != Self.people())
            #expect(try await importing(gain, by: "ivo", harness) == "people.own_gain")
            #expect(try await importing(gain, by: "ida", harness) == "nothing")
        }
    }

    @Test(
        "Nor the other way round: whoever has something to see or to decide gets no code by one person alone",
        arguments: [
            ("payroll", "", ""), ("it-staff", "", ""), ("witnesses", "", ""),
            ("", "eve,Eve,eve@test.example,,berlin,en,,", "eve,Eve,eve@test.example,zed,berlin,en,,"),
            ("", "eve,Eve,eve@test.example,,berlin,en,,", "eve,Eve,eve@test.example,,berlin,en,,zed"),
        ])
    func reverse(groups: String, old: String, new: String) async throws {
        try await Self.with { (harness) async throws in
            #expect(try await importing(Self.people(), by: "ivo", harness) == "nothing")
            let early = try await harness.desk.invite("zed", by: harness.viewer("ivo"))
            #expect(!early.needsConfirmation)
            let gain = Self.people(groups).replacing(old.isEmpty ? "\n\n" : old, with: new)
            #expect(try await importing(gain, by: "ivo", harness) == "nothing")
            let redeemed = try await refusal {
                _ = try await harness.desk.signIn(
                    invitation: early.code, password: "the ferry leaves at nine", label: nil)
            }
            #expect(redeemed == "invitation.unconfirmed")
            #expect(try await enrol("zed", by: "ivo", harness) == "invitation.unconfirmed")
        }
    }

    @Test("Files give it to nobody whose code their author alone made")
    func files() async throws {
        try await Self.with { (harness) async throws in
            #expect(try await importing(Self.people("cyclists"), by: "ivo", harness) == "nothing")
            #expect(try await enrol("zed", by: "ivo", harness) == "nothing")
            let version = try #require(await harness.storage.currentVersion())
            var shared = try #require(await harness.storage.files(of: version)).filter { $0.key.hasPrefix("shared/") }
            shared["shared/roles.yaml"] = shared["shared/roles.yaml"]?
                .replacing("members: [group:hr-staff]", with: "members: [group:hr-staff, group:cyclists]")
            let changed = shared
            for (handle, code) in [("ivo", "configuration.own_gain"), ("ida", "nothing")] {
                let found = try await refusal {
                    _ = try await harness.desk.apply(
                        .shared, files: changed, replacing: nil, by: harness.viewer(handle))
                }
                #expect(found == code)
            }
        }
    }

    @Test("A program does it for nobody whose code those made who make its tokens")
    func program() async throws {
        try await Self.with { (harness) async throws in
            let bot = "\nbot,Bot,,,,,it-staff,,service"
            func file(_ groups: String) -> String {
                Self.people(groups).split(separator: "\n").enumerated()
                    .map { $0.offset == 0 ? "\($0.element),kind" : "\($0.element)," }.joined(separator: "\n") + bot
            }
            _ = try await harness.desk.importPeople(csv: file(""), by: "operator")
            #expect(try await importing(file(""), by: "ivo", harness) == "nothing")
            #expect(try await enrol("zed", by: "ivo", harness) == "nothing")
            #expect(try await importing(file("payroll"), by: "bot", harness) == "people.own_gain")
            #expect(try await importing(file("cyclists"), by: "bot", harness) == "nothing")
        }
    }

    @Test("Nobody gives by files or people to a program what its tokens would then give to them")
    func ownProgram() async throws {
        try await Self.with { (harness) async throws in
            // In a group of the importer's own, which names nobody anywhere.
            func file(_ ivo: String, _ bot: String) -> String {
                TestOrganisation.people.split(separator: "\n").enumerated().map { index, line in
                    let line = line.hasPrefix("ivo,") ? String(line).replacing("it-staff", with: ivo) : String(line)
                    return index == 0 ? "\(line),kind" : "\(line),"
                }.joined(separator: "\n") + "\nbot,Bot,,,,,\(bot),service"
            }
            _ = try await harness.desk.importPeople(
                csv: file("it-staff;cyclists;payroll", ""), by: "operator")
            #expect(
                try await importing(file("it-staff;cyclists;payroll", "payroll"), by: "ivo", harness)
                    == "people.own_gain")
            #expect(try await importing(file("it-staff;cyclists", "cyclists"), by: "ivo", harness) == "nothing")
            #expect(try await importing(file("it-staff", "cyclists"), by: "ivo", harness) == "nothing")
            let version = try #require(await harness.storage.currentVersion())
            let all = try #require(await harness.storage.files(of: version))
            func named(_ path: String, _ part: String, _ old: String) -> [String: String] {
                var files = all.filter { $0.key.hasPrefix(part) }
                files[path] = files[path]?.replacing(old, with: old.dropLast() + ", group:cyclists]")
                #expect(files[path] != all[path])
                return files
            }
            let shared = named("shared/roles.yaml", "shared/", "members: [group:hr-staff]")
            for handle in ["ivo", "ida", "bot"] {
                let viewer = try await harness.viewer(handle)
                let found = try await refusal {
                    _ = try await harness.desk.apply(.shared, files: shared, replacing: nil, by: viewer)
                }
                #expect(found == (handle == "bot" ? "access.not_allowed" : "configuration.own_gain"))
            }
            // The department itself may let it in. Then no administrator makes its tokens.
            let own = named("departments/hr/teams.yaml", "departments/hr/", "members: [group:payroll]")
            _ = try await harness.desk.apply(
                .department("hr"), files: own, replacing: nil, by: harness.viewer("hal"))
            let ida = try await harness.viewer("ida")
            let token = try await refusal {
                _ = try await harness.desk.createToken(
                    for: "bot", "x", scopes: [.requestsRead], lifetime: .seconds(9), by: ida)
            }
            #expect(token == "token.others_office")
            // What it has is no gain the next time.
            #expect(try await importing(file("it-staff", "cyclists"), by: "ivo", harness) == "nothing")
        }
    }

    @Test("A code of an operator's ends it, with the tokens that could have been made meanwhile, and so does leaving")
    func ended() async throws {
        try await Self.with { (harness) async throws in
            #expect(try await importing(Self.people(), by: "ivo", harness) == "nothing")
            #expect(try await enrol("zed", by: "ivo", harness) == "nothing")
            let token = try await harness.desk.issueToken(for: "zed", label: "x", lifetime: nil, by: "tests").secret
            #expect(try await harness.desk.viewer(bearer: token) != nil)
            // A second code by one person alone forgets nothing.
            #expect(try await enrol("zed", by: "ida", harness) == "nothing")
            #expect(try await importing(Self.people("payroll"), by: "ivo", harness) == "people.own_gain")
            #expect(try await importing(Self.people("payroll"), by: "ida", harness) == "people.own_gain")
            #expect(try await enrol("zed", by: nil, harness) == "nothing")
            #expect(try await harness.desk.viewer(bearer: token) == nil)
            #expect(try await importing(Self.people("payroll"), by: "ivo", harness) == "nothing")

            #expect(try await enrol("eve", by: "ivo", harness) == "nothing")
            let eve = try await harness.viewer("eve").person.id
            let ivo = try await harness.viewer("ivo").person.id
            #expect(try await harness.storage.people(withCodesOf: [ivo]) == [eve])
            let without = Self.people("payroll").replacing("eve,Eve,eve@test.example,,berlin,en,,\n", with: "")
            #expect(try await importing(without, by: "ivo", harness) == "nothing")
            #expect(try await harness.storage.people(withCodesOf: [ivo]).isEmpty)
        }
    }

    @Test("Nor does a confirmed code: it was confirmed for what the person was")
    func confirmed() async throws {
        try await Self.with { (harness) async throws in
            let code = try await harness.desk.invite("pia", by: harness.viewer("ivo")).code
            try await harness.desk.confirmInvitation(of: "pia", by: harness.viewer("hal"))
            _ = try await harness.desk.signIn(invitation: code, password: "the ferry leaves at nine", label: nil)
            let pia = "pia,Pia,pia@test.example,,berlin,en,payroll"
            let witness = Self.people("", [(pia, pia + ";witnesses")])
            #expect(try await importing(witness, by: "ivo", harness) == "people.own_gain")
            #expect(try await importing(witness, by: "ida", harness) == "nothing")
        }
    }

    @Test("Of an import and new files at one moment, the later sees the earlier")
    func raceOfFiles() async throws {
        try await Self.with { (harness) async throws in
            _ = try await harness.desk.importPeople(csv: Self.people(), by: "tests")
            #expect(try await enrol("zed", by: "ivo", harness) == "nothing")
            let viewer = try await harness.viewer("ivo")
            let shared = Self.files.filter { $0.key.hasPrefix("shared/") }
            let roles = shared["shared/roles.yaml", default: ""]
            let lead = roles.replacing("members: [group:hr-staff]", with: "members: [group:hr-staff, group:cyclists]")
            #expect(lead != roles)
            // It takes a while to read.
            let many = Self.people(Array(repeating: "cyclists", count: 20_000).joined(separator: ";"))
            for round in 0..<4 {
                async let applied = refusal {
                    _ = try await harness.desk.apply(
                        .shared, files: shared.merging(["shared/roles.yaml": lead]) { $1 }, replacing: nil, by: viewer)
                }
                async let imported = importing(many, by: "ivo", harness)
                let outcomes = try await (applied, imported)
                #expect(outcomes != ("nothing", "nothing"), "round \(round)")
                _ = try await harness.desk.importPeople(csv: Self.people(), by: "tests")
                _ = try await harness.desk.applyConfiguration(files: Self.files, by: "tests")
            }
        }
    }

    @Test("Of an import and the use of a code at one moment, the later sees the earlier")
    func race() async throws {
        try await Self.with { (harness) async throws in
            for round in 0..<6 {
                let handle = "zed"
                _ = try await harness.desk.importPeople(csv: Self.people(), by: "tests")
                let viewer = try await harness.viewer("ivo")
                let code = try await harness.desk.invite(handle, by: viewer).code
                async let used = refusal {
                    _ = try await harness.desk.signIn(
                        invitation: code, password: "the ferry leaves at nine", label: nil)
                }
                async let imported = importing(Self.people("payroll"), by: "ivo", harness)
                let outcomes = try await (used, imported)
                // Either may have to come again; both succeed never.
                #expect(outcomes != ("nothing", "nothing"), "round \(round)")
                _ = try await harness.desk.importPeople(csv: TestOrganisation.people, by: "tests")
            }
        }
    }
}
