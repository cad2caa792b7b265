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

    @Test("Who keeps the shared files too comes by a team of their department into nothing outside of it")
    func ownTeamAsLever() async throws {
        var files = TestOrganisation.files
        files["shared/organisation.yaml", default: ""] += "\nadministrators: [group:it-staff]\nauditors: [team:it-x]\n"
        files["departments/it/department.yaml", default: ""] += "\nadministrators: [group:it-staff]\n"
        files["departments/it/teams.yaml", default: ""] += "\nit-x: {title: {en: X, de: X}, members: [group:payroll]}\n"
        files["shared/groups.yaml", default: ""] += "\ncyclists: {en: Cyclists, de: Radfahrende}\n"
        files["shared/roles.yaml"] = files["shared/roles.yaml"]?
            .replacing("members: [group:hr-staff]", with: "members: [group:hr-staff, team:it-x]")
        try await DeskHarness.with(files: files) { harness in
            let version = try #require(await harness.storage.currentVersion())
            let own = try #require(await harness.storage.files(of: version))
                .filter { $0.key.hasPrefix("departments/it/") }
            for (old, new, code) in [
                ("members: [group:payroll]", "members: [group:it-staff]", "configuration.own_gain"),
                ("members: [group:payroll]", "members: [group:payroll, group:cyclists]", "nothing"),
                ("{en: X, de: X}", "{en: Y, de: Y}", "nothing"),
                ("members: [group:it-staff]", "members: [group:it-staff, group:payroll]", "nothing"),
            ] {
                var files = own
                files["departments/it/teams.yaml"] = files["departments/it/teams.yaml"]?.replacing(old, with: new)
                let changed = files
                #expect(changed != own)
                let found = try await refusal {
                    _ = try await harness.desk.apply(
                        .department("it"), files: changed, replacing: nil, by: harness.viewer("ivo"))
                }
                #expect(found == code, "\(new)")
            }
        }
    }

    @Test(
        "Nor does an importer change their own address, come above somebody or make more of whom they stand in for",
        arguments: [
            ("ivo,Ivo,ivo@test.example,", "ivo,Ivo,other@test.example,", "people.own_gain"),
            ("ivo,Ivo,ivo@test.example,", "ivo,Ivo,IVO@test.example,", "nothing"),
            // Ida works under Ivo.
            ("eve,Eve,eve@test.example,,", "eve,Eve,eve@test.example,ida,", "people.own_gain"),
            ("ada,Ada,ada@test.example,boss,", "ada,Ada,ada@test.example,eve,", "nothing"),
            ("boss,Boss,boss@test.example,,", "boss,Boss,boss@test.example,ida,", "people.own_gain"),
            // Ivo stands in for Bo.
            ("eve,Eve,eve@test.example,,", "eve,Eve,eve@test.example,bo,", "people.own_gain"),
            (
                "bo,Bo,bo@test.example,boss,berlin,en,", "bo,Bo,bo@test.example,boss,berlin,en,hr-staff",
                "people.own_gain"
            ),
            ("eve,Eve,", "new,New,new@test.example,bo,berlin,en,,\neve,Eve,", "nothing"),
            ("eve,Eve,", "new,New,new@test.example,ida,berlin,en,,\neve,Eve,", "nothing"),
            // Somebody new in between, under a hand of Ivo's.
            (
                "eve,Eve,eve@test.example,,", "new,New,new@test.example,bo,berlin,en,,\neve,Eve,eve@test.example,new,",
                "people.own_gain"
            ),
        ])
    func detoursOfManagers(old: String, new: String, code: String) async throws {
        try await Self.with { harness in
            let lines = TestOrganisation.people.split(separator: "\n").enumerated().map { index, line in
                if index == 0 { return "\(line),deputies" }
                let isIda = line.hasPrefix("ida,")
                let line = isIda ? String(line).replacing("example,,", with: "example,ivo,") : String(line)
                return line.hasPrefix("bo,") ? "\(line),ivo" : "\(line),"
            }
            let file = lines.joined(separator: "\n")
            _ = try await harness.desk.importPeople(csv: file, by: "operator")
            let changed = file.replacing(old, with: new)
            #expect(changed != file)
            let ivo = try await harness.viewer("ivo")
            #expect(try await refusal { _ = try await harness.desk.importPeople(csv: changed, by: ivo) } == code)
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

    @Test(
        "Nor by somebody else's row: a person is no program, a program gets no group, a manager and an address no other owner",
        arguments: [
            (
                "hal,Hal,hal@test.example,,berlin,en,hr-staff", "hal,Hal,hal@test.example,,berlin,en,hr-staff,service",
                "people.other_kind"
            ),
            (
                "eve,Eve,eve@test.example,,berlin,en,",
                "eve,Eve,eve@test.example,,berlin,en,,\nbot,Bot,,,,,hr-staff,service", "people.own_gain"
            ),
            ("ada,Ada,ada@test.example,boss,berlin,de,", "ada,Ada,ada@test.example,ivo,berlin,de,,", "people.own_gain"),
            (
                "hal,Hal,hal@test.example,,berlin,en,hr-staff", "hal,Hal,IVO@test.example,,berlin,en,hr-staff,",
                "people.own_gain"
            ),
        ])
    func detours(old: String, new: String, code: String) async throws {
        try await Self.with { harness in
            let lines = TestOrganisation.people.split(separator: "\n").enumerated().map { index, line in
                line == old ? new : index == 0 ? "\(line),kind" : "\(line),"
            }
            // Each address once.
            let file = lines.joined(separator: "\n").replacing(
                "ivo,Ivo,ivo@test.example,", with: "ivo,Ivo,\(new.contains("IVO@") ? "new" : "ivo")@test.example,")
            let ivo = try await harness.viewer("ivo")
            #expect(try await refusal { _ = try await harness.desk.importPeople(csv: file, by: ivo) } == code)
        }
    }

    @Test("Whoever applies files says by no claim who is in a group")
    func claims() async throws {
        try await Self.with { harness in
            let version = try #require(await harness.storage.currentVersion())
            let all = try #require(await harness.storage.files(of: version))
            var shared = all.filter { $0.key.hasPrefix("shared/") }
            shared["shared/groups.yaml", default: ""] +=
                "\nguests: {title: {en: Guests, de: Besuch}, claim: it-people}\n"
            let files = shared
            let ivo = try await harness.viewer("ivo")
            #expect(
                try await refusal { _ = try await harness.desk.apply(.shared, files: files, replacing: nil, by: ivo) }
                    == "configuration.own_gain")
            _ = try await harness.desk.applyConfiguration(files: all.merging(files) { $1 }, by: "operator")
        }
    }

    @Test(
        "Who answers for a department is told when a service that it calls goes elsewhere, gets another secret or serves others",
        arguments: [
            (
                "url: https://a.example/api", "url: https://b.example/api",
                "Ivo moved Archive, which your processes may call, to https://b.example/api."
            ),
            (
                "secret: ARCHIVE", "secret: OTHER",
                "Ivo changed with which secret your processes call Archive; the one before may go elsewhere now."
            ),
            ("{en: Archive", "{en: The archive", nil),
            (
                "offered_to: [hr]", "offered_to: [hr, it]",
                "Ivo offered Archive, which your processes may call, also to: IT."
            ),
            (
                "offered_to: [hr]", "offered_to: everyone",
                "Ivo offered Archive, which your processes may call, also to: every department."
            ),
            (
                "offered_to: [hr]",
                """
                offered_to: [hr]
                mirror:
                  title: {en: Mirror, de: Spiegel}
                  url: https://a.example/other
                  secret: ARCHIVE
                  offered_to: [it]
                """, "Ivo lets Mirror be called with the secret of Archive, which your processes may call."
            ),
        ] as [(String, String, String?)])
    func services(old: String, new: String, text: String?) async throws {
        var files = TestOrganisation.files
        files["shared/organisation.yaml", default: ""] += "\nadministrators: [group:it-staff]\n"
        files["shared/services.yaml"] = """
            archive:
              title: {en: Archive, de: Archiv}
              url: https://a.example/api
              secret: ARCHIVE
              offered_to: [hr]
            """
        files["departments/hr/requests/file.yaml"] = """
            title: {en: File it, de: Ablegen}
            audience: [role:employee]
            outcomes: {done: good, failed: bad}
            form:
              what: {label: {en: What, de: Was}, type: text}
            steps:
              - call: keep
                service: archive
                method: post
                path: /papers
                with: {what: what}
                on_failed: {end: failed}
                undo: none
            """
        try await DeskHarness.with(files: files) { harness in
            let version = try #require(await harness.storage.currentVersion())
            var shared = try #require(await harness.storage.files(of: version)).filter { $0.key.hasPrefix("shared/") }
            shared["shared/services.yaml"] = shared["shared/services.yaml"]?.replacing(old, with: new)
            let changed = shared
            _ = try await harness.desk.apply(.shared, files: changed, replacing: nil, by: harness.viewer("ivo"))
            let told = try await harness.desk.notifications(
                for: harness.viewer("hal"), onlyUnread: false, cursor: nil, limit: 10)
            #expect(told.page.items.map(\.text) == [text].compactMap { $0 })
            #expect(told.page.items.allSatisfy { $0.kind == "service_changed" })
            let audit = try await harness.storage.auditEntries(
                AuditQuery(log: .administration, kind: .serviceChanged, limit: 10))
            #expect(audit.count == (text == nil ? 0 : 1))
            #expect(
                audit.allSatisfy { $0.entry.text.contains("service:\(new.contains("mirror") ? "mirror" : "archive")") })
        }
    }

    @Test("And when it goes, also where no process of now calls it: requests that started before may")
    func removedService() async throws {
        var files = TestOrganisation.files
        files["shared/organisation.yaml", default: ""] += "\nadministrators: [group:it-staff]\n"
        files["shared/services.yaml"] =
            "archive: {title: {en: Archive, de: Archiv}, url: https://a.example, offered_to: [hr]}"
        try await DeskHarness.with(files: files) { harness in
            let version = try #require(await harness.storage.currentVersion())
            let shared = try #require(await harness.storage.files(of: version))
                .filter { $0.key.hasPrefix("shared/") && $0.key != "shared/services.yaml" }
            _ = try await harness.desk.apply(.shared, files: shared, replacing: nil, by: harness.viewer("ivo"))
            let told = try await harness.desk.notifications(
                for: harness.viewer("hal"), onlyUnread: false, cursor: nil, limit: 10)
            #expect(
                told.page.items.map(\.text) == [
                    "Ivo removed Archive, which your processes could call; its secret may go elsewhere now."
                ])
        }
    }

    @Test("Whoever writes themself into a team of their department stands in the audit, and its leads are told")
    func noticed() async throws {
        var files = TestOrganisation.files
        files["departments/hr/department.yaml"] = files["departments/hr/department.yaml"]?
            .replacing("administrators: [role:hr-lead]", with: "administrators: [group:payroll]\nleads: [role:hr-lead]")
        try await DeskHarness.with(files: files) { harness in
            let version = try #require(await harness.storage.currentVersion())
            var own = try #require(await harness.storage.files(of: version))
                .filter { $0.key.hasPrefix("departments/hr/") }
            own["departments/hr/teams.yaml"] = own["departments/hr/teams.yaml"]?
                .replacing("[group:hr-staff]", with: "[group:hr-staff, group:payroll]")
            let changed = own
            _ = try await harness.desk.apply(
                .department("hr"), files: changed, replacing: nil, by: harness.viewer("pia"))
            let told = try await harness.desk.notifications(
                for: harness.viewer("hal"), onlyUnread: false, cursor: nil, limit: 10)
            #expect(
                told.page.items.map(\.text) == ["Pia belongs to Human resources by new files of the configuration."])
            let audit = try await harness.storage.auditEntries(
                AuditQuery(log: .administration, kind: .membershipChanged, limit: 10))
            #expect(audit.count == 1 && audit[0].entry.text.contains("hr:agent"))
        }
    }
}
