import Expressions
import JSONText
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("What people read for outcomes, promises and steps that are put aside")
struct TitleTests {
    private static let files = TestOrganisation.files.merging([
        "departments/hr/requests/repair.yaml": """
        title: {en: Repair, de: Reparatur}
        audience: [role:employee]
        outcomes:
          solved: {is: good, title: {en: Put right, de: Behoben}}
          not_worth_it: bad
          gone: {is: bad, title: {en: Not needed any more, de: Hat sich erledigt}}
        form:
          at_home: {label: {en: At home?, de: Zu Hause?}, type: yes_no}
        amend:
          at_home: {by: requester}
        targets:
          quick: {title: {en: Quick help, de: Schnelle Hilfe}, of: mend, within: 3 working days}
          in_time: {of: mend, within: 4 working days}
        cancel: {by: requester, outcome: gone}
        steps:
          - task: mend
            only_while: at_home
            assign: team:hr
            forever: true
        """
    ]) { $1 }

    private func raise(_ harness: DeskHarness, isAtHome: Bool) async throws {
        _ = try await harness.desk.raise(
            "hr.repair", entries: ["at_home": .bool(isAtHome)], beneficiary: nil, by: harness.viewer("ada"), key: nil)
    }

    @Test("An outcome and a promise are called by their titles, in the reader's language, else by their names as words")
    func titles() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            try await raise(harness, isAtHome: true)
            #expect(
                try await harness.view("HR-1", by: "hal").targets.map(\.title).sorted()
                    == ["In time", "Quick help"])
            try await harness.perform(.cancel(reason: nil), on: "HR-1", by: "ada")
            #expect(try await harness.view("HR-1", by: "hal").summary.outcomeTitle == "Not needed any more")
            var german = try await harness.viewer("ada")
            german.language = "de"
            #expect(try await harness.desk.request("HR-1", for: german).summary.outcomeTitle == "Hat sich erledigt")
        }
    }

    @Test("An output that hands on what a choose gives, or what somebody entered, is shown as that is")
    func outputs() async throws {
        var files = Self.files
        files["departments/it/requests/account.yaml"] = files["departments/it/requests/account.yaml"]?
            .replacing("  login: create.login\n", with: "  login: create.login\n  how: speed.level\n")
            .replacing(
                "steps:\n",
                with: """
                    steps:
                      - choose: speed
                        title: {en: Speed, de: Tempo}
                        gives:
                          level:
                            label: {en: Pace, de: Eile}
                            type: choice
                            of: {quick: {en: At once, de: Sofort}, slow: {en: In time, de: Rechtzeitig}}
                        cases:
                          - when: name == "Nora"
                            gives: {level: {text: quick}}
                        else: {gives: {level: {text: slow}}}

                    """)
        try await DeskHarness.with(files: files) { harness in
            _ = try await harness.raiseJoiner()
            try await harness.work()
            try await harness.perform(
                .complete(InstanceName("create"), ["login": .string("nora")]), on: "IT-1", by: "ivo")
            try await harness.perform(.complete(InstanceName("hand_over"), [:]), on: "IT-1", by: "ivo")
            try await harness.work()
            var german = try await harness.viewer("hal")
            german.language = "de"
            let shown = try await harness.desk.request("HR-1", for: german).step("account").outputs
            #expect(shown.map(\.id).sorted() == ["how", "login"])
            #expect(shown.map { "\($0.label): \($0.text)" }.sorted() == ["Anmeldename: nora", "Eile: Sofort"])
            let own = try await harness.view("IT-1", by: "ivo").outputs
            #expect(own.map { "\($0.label): \($0.text)" } == ["Login: nora", "Pace: At once"])
        }
    }

    @Test("A step that is put aside says so, is nobody's turn and offers nothing, until it is taken up")
    func suspended() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            try await raise(harness, isAtHome: true)
            let open = try await harness.view("HR-1", by: "hal").step("mend")
            #expect(open.status == .open && !open.actions.isEmpty && !open.waitingFor.isEmpty)
            try await harness.perform(.amend(["at_home": .bool(false)]), on: "HR-1", by: "ada")
            let aside = try await harness.view("HR-1", by: "hal").step("mend")
            #expect(aside.status == .suspended && aside.actions.isEmpty && aside.waitingFor.isEmpty)
            try await harness.perform(.amend(["at_home": .bool(true)]), on: "HR-1", by: "ada")
            #expect(try await harness.view("HR-1", by: "hal").step("mend").status == .open)
            try await raise(harness, isAtHome: false)
            #expect(try await harness.view("HR-2", by: "hal").step("mend").status == .suspended)
        }
    }
}
