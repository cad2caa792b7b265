import ServiceDesk
import Testing
import WorkflowCore

@Suite("Nobody gives themself a say")
struct OwnGainTests {
    /// ivo administers the platform, hal HR.
    private static func with(_ body: @Sendable (DeskHarness) async throws -> Void) async throws {
        var files = TestOrganisation.files
        files["shared/organisation.yaml", default: ""] += "\nadministrators: [group:it-staff]\n"
        try await DeskHarness.with(files: files, body)
    }

    /// The people, with more groups or deputies for one of them.
    private static func people(_ handle: String, group: String? = nil, deputy: String = "") -> String {
        TestOrganisation.people.split(separator: "\n").enumerated().map { index, line in
            if index == 0 { return "\(line),deputies" }
            guard line.hasPrefix("\(handle),") else { return "\(line)," }
            let more = group.map { line.hasSuffix(",") ? $0 : ";\($0)" } ?? ""
            return "\(line)\(more),\(deputy)"
        }.joined(separator: "\n")
    }

    @Test("Whoever imports people comes into no group by it and stands in for nobody, another may let them")
    func importing() async throws {
        try await Self.with { harness in
            let ivo = try await harness.viewer("ivo")
            for file in [Self.people("ivo", group: "hr-staff"), Self.people("hal", deputy: "ivo 2026-11-23..")] {
                #expect(
                    try await refusal { _ = try await harness.desk.importPeople(csv: file, by: ivo) }
                        == "people.own_gain")
            }
            #expect(try await harness.viewer("ivo").authority.agentOf == ["it"])
            _ = try await harness.desk.importPeople(csv: Self.people("eve", group: "hr-staff", deputy: "ada"), by: ivo)
            #expect(try await harness.viewer("eve").authority.agentOf == ["hr"])
            // What an operator has given is no gain the next time.
            let given = Self.people("ivo", group: "hr-staff")
            _ = try await harness.desk.importPeople(csv: given, by: "operator")
            _ = try await harness.desk.importPeople(csv: given, by: harness.viewer("ivo"))
            #expect(try await harness.viewer("ivo").authority.agentOf == ["hr", "it"])
        }
    }

    @Test(
        "Whoever applies shared files comes into no office and no role by it",
        arguments: [
            ("shared/roles.yaml", "members: [group:hr-staff]", "members: [group:hr-staff, group:it-staff]"),
            (
                "shared/organisation.yaml", "administrators: [group:it-staff]",
                "administrators: [group:it-staff]\nauditors: [group:it-staff]"
            ),
        ])
    func applying(path: String, old: String, new: String) async throws {
        try await Self.with { harness in
            let before = try #require(await harness.storage.currentVersion())
            let files = try #require(await harness.storage.files(of: before))
            var shared = files.filter { $0.key.hasPrefix("shared/") }
            shared[path] = shared[path]?.replacing(old, with: new)
            let changed = shared
            #expect(changed[path] != files[path])
            let ivo = try await harness.viewer("ivo")
            #expect(
                try await refusal {
                    _ = try await harness.desk.apply(.shared, files: changed, replacing: nil, by: ivo)
                } == "configuration.own_gain")
            #expect(try await harness.storage.currentVersion() == before)
        }
    }

    @Test("Whoever administers a department says who is in its teams, themself too")
    func ownDepartment() async throws {
        var files = TestOrganisation.files
        // What others made of the team.
        files["shared/roles.yaml", default: ""] +=
            "\npaymaster: {title: {en: Pays, de: Zahlt}, members: [team:hr-payroll]}\n"
        try await DeskHarness.with(files: files) { harness in
            let version = try #require(await harness.storage.currentVersion())
            var files = try #require(await harness.storage.files(of: version)).filter {
                $0.key.hasPrefix("departments/hr/")
            }
            files["departments/hr/teams.yaml"] = files["departments/hr/teams.yaml"]?
                .replacing("[group:payroll]", with: "[group:payroll, group:hr-staff]")
            let changed = files
            let applied = try await harness.desk.apply(
                .department("hr"), files: changed, replacing: nil, by: harness.viewer("hal"))
            #expect(applied.changed == ["departments/hr/teams.yaml"])
            #expect(try await harness.viewer("hal").parties.contains(.team("hr-payroll")))
        }
    }
}
