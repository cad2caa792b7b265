import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Against the applied version")
struct CompatibilityTests {
    private static let parent = """
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          name: {label: Name, type: text}
          site: {label: Where?, type: choice, of: sites}
        steps:
          - approval: decide
            from: group:leads
            forever: true
            on_rejected: {end: no}
          - request: account
            after: decide
            type: it.account
            with: {name: name, site: site}
            on_failed: continue
            undo: none
          - task: welcome
            after: account
            title: Welcome {{ account.login.otherwise("?") }}
            when: account.outcome == "ready"
            assign: team:hr
            forever: true

        """

    private static let path = "departments/hr/requests/case.yaml"
    private static let child = "departments/it/requests/account.yaml"

    private static func configuration(_ files: [String: String]) throws -> Configuration {
        let compilation = Fixtures.compile([path: parent].merging(files) { $1 })
        return try #require(compilation.configuration, "\(compilation.diagnostics)")
    }

    /// What replacing texts in both files breaks.
    private static func breaks(
        parent changes: [(String, String)] = [], child childChanges: [(String, String)] = []
    ) throws -> [String] {
        func changed(_ text: String, _ changes: [(String, String)]) -> String {
            changes.reduce(text) { text, change in
                #expect(text.contains(change.0), "\(change.0)")
                return text.replacing(change.0, with: change.1)
            }
        }
        let new = try configuration([
            path: changed(parent, changes), child: changed(Fixtures.organisation[child] ?? "", childChanges),
        ])
        return Compatibility.compare(try configuration([:]), new).map { "\($0.code): \($0.message)" }
    }

    @Test("The same version breaks nothing, and neither does more")
    func same() throws {
        #expect(try Self.breaks() == [])
        let more = try Self.breaks(parent: [
            ("  - task: welcome", "  - end: over\n    when: false or name == \"\"\n    outcome: no\n  - task: welcome")
        ])
        #expect(more == [])
    }

    @Test("A step that is gone is missed, unless another says that it was this one")
    func steps() throws {
        let found = try Self.breaks(parent: [("task: welcome", "task: greet")])
        #expect(found == ["compatibility.step: The step `welcome` is gone, and requests may stand there."])
        #expect(try Self.breaks(parent: [("task: welcome", "task: greet\n    was: welcome")]) == [])
    }

    @Test("A step of another kind is another step")
    func kinds() throws {
        let found = try Self.breaks(parent: [
            ("task: welcome", "notify: welcome"),
            ("assign: team:hr\n    forever: true", "to: team:hr\n    message: Hello"),
        ])
        #expect(found == ["compatibility.kind: `welcome` was a task and is a notify now."])
    }

    @Test("A step keeps the loops and eaches around it, whose rounds and keys are in the names of its runs")
    func places() throws {
        let task = """
              - task: welcome
                after: account
                title: Welcome {{ account.login.otherwise("?") }}
                when: account.outcome == "ready"
                assign: team:hr
                forever: true

            """
        let loop = """
              - repeat: again
                until: again.round > 2
                max: 3
                on_exhausted: continue
                steps:
                  - block: inner
                    steps:
                      - task: welcome
                        assign: team:hr
                        forever: true

            """
        let into = try Self.breaks(parent: [(task, loop)])
        #expect(
            into == [
                "compatibility.place: `welcome` stood in nothing that runs several times and stands in the repeat `again` now, "
                    + "where its runs have other names."
            ])
        let old = try Self.configuration([Self.path: Self.parent.replacing(task, with: loop)])
        func moved(_ text: String) throws -> [String] {
            let new = try Self.configuration([Self.path: Self.parent.replacing(task, with: text)])
            return Compatibility.compare(old, new).map { "\($0.code): \($0.message)" }
        }
        #expect(try moved(loop) == [])
        // Plain blocks are in no name, and a loop may be called otherwise.
        let renamed = loop.replacing("repeat: again", with: "repeat: over\n    was: again")
            .replacing("again.round", with: "over.round").replacing(
                "block: inner", with: "block: outer\n        was: inner")
        #expect(try moved(renamed) == [])
        let out = try moved(loop.replacing("task: welcome", with: "task: other") + task)
        #expect(
            out == [
                "compatibility.place: `welcome` stood in the repeat `again` and stands in nothing that runs several times now, "
                    + "where its runs have other names."
            ])
    }

    @Test("What was entered fits the field's new type, and a field that is gone is no longer shown")
    func fields() throws {
        let narrower = try Self.breaks(
            parent: [
                (
                    "site: {label: Where?, type: choice, of: sites}",
                    "site: {label: Where?, type: choice, of: {berlin: Berlin}}"
                )
            ])
        #expect(narrower == ["compatibility.field: `site` no longer takes what was entered in open requests."])
        let gone = try Self.breaks(parent: [
            ("  site: {label: Where?, type: choice, of: sites}\n", ""), (", site: site", ""),
        ])
        #expect(gone == ["compatibility.field: The field `site` is gone; what was entered is no longer shown."])
    }

    @Test("Other departments' inputs, outputs and outcomes stay as they were used")
    func contracts() throws {
        let who = "`hr.case` (step `account`)"
        let gone = try Self.breaks(
            parent: [("with: {name: name, site: site}", "with: {name: name}")],
            child: [("  site: {label: Site, type: choice, of: sites, optional: true}\n", "")])
        #expect(
            gone == [
                "compatibility.contract: The field `site` is gone, and \(who) passes it.",
                "compatibility.field: The field `site` is gone; what was entered is no longer shown.",
            ])
        let needed = try Self.breaks(
            parent: [("site: site}", "site: site, why: name}")],
            child: [("form:\n  name", "form:\n  why: {label: Why?, type: text}\n  name")])
        #expect(needed == ["compatibility.contract: `why` is needed now, and \(who) does not pass it."])
        let renamed = try Self.breaks(
            parent: [("account.login", "account.logon")], child: [("{login: create.login}", "{logon: create.login}")])
        #expect(renamed == ["compatibility.contract: The output `login` is gone, and \(who) uses it."])
        let outcome = try Self.breaks(
            parent: [("account.outcome == \"ready\"", "account.outcome == \"set_up\"")],
            child: [("ready: good", "set_up: good")])
        #expect(outcome == ["compatibility.contract: The outcome `ready` is gone, and \(who) asks for it."])
    }

    @Test("A type that is gone keeps its open requests")
    func types() throws {
        let new = Fixtures.compile([:])
        let found = Compatibility.compare(try Self.configuration([:]), try #require(new.configuration))
        #expect(found.map(\.code) == ["compatibility.type"])
        #expect(found.allSatisfy { $0.severity == .warning })
    }
}
