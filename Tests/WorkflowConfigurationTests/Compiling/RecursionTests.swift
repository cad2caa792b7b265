import Foundation
import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Request types that start each other")
struct RecursionTests {
    private static let head = """
        title: Case
        audience: role:employee
        offered_to: everyone
        outcomes: {done: good, no: bad}
        form:
          depth: {label: How deep?, type: integer, min: 0, max: 5}
          site: {label: Where?, type: choice, of: sites}
        steps:

        """
    private static let again =
        "request: again, type: hr.case, with: {depth: depth, site: site}, on_failed: continue, undo: none"
    private static let task = "assign: team:hr, due: 1 day, on_overdue: {tell: role:lead}"

    private static func findings(_ steps: String, _ more: [String: String] = [:]) -> [String] {
        let indented = steps.split(separator: "\n").map { "  \($0)\n" }.joined()
        var files = ["departments/hr/requests/case.yaml": head + indented]
        for (name, text) in more { files["departments/hr/requests/\(name).yaml"] = text }
        return Fixtures.compile(files).diagnostics.filter { $0.severity == .error }.map(\.description)
    }

    @Test(
        "A request type may raise itself when somebody acts or time passes on the way, or a number gets smaller",
        arguments: [
            "- {task: work, \(task)}\n- {\(again), after: work}",
            "- {wait: a_day, for: 1 day}\n- {\(again), after: a_day}",
            "- {approval: ok, from: team:hr, need: any, due: 1 day, on_overdue: reject, on_rejected: {end: no}}\n"
                + "- {\(again), after: ok}",
            "- {request: again, type: hr.case, when: depth > 0, with: {depth: depth - 1, site: site}, on_failed: continue,"
                + " undo: none}",
            "- block: b\n  steps:\n    - {task: work, \(task)}\n- block: c\n  after: b\n  steps:\n    - {\(again)}",
            "- {task: work, \(task)}\n- adhoc: more\n  by: role:lead\n  allow:\n    - {\(again)}",
            "- repeat: r\n  until: work.good\n  max: 3\n  on_exhausted: continue\n  steps:\n"
                + "    - {task: work, \(task), form: {good: {label: Good?, type: yes_no}}}\n- {\(again), after: r}",
            "- task: work\n  assign: manager_of(requester)\n  fallback: team:hr\n  due: 1 day\n  on_overdue: fail\n"
                + "  on_failed: continue\n- {\(again), after: work}",
        ])
    func heldUp(_ steps: String) {
        #expect(Self.findings(steps) == [])
    }

    @Test(
        "It may not when nothing holds it up on some way",
        arguments: [
            "- {\(again)}",
            "- {\(again), when: depth > 0}",
            "- block: b\n  when: depth > 0\n  steps:\n    - {\(again)}",
            "- choose: c\n  cases: [{when: depth > 0, steps: [{\(again)}]}]\n  else: none",
            "- {task: work, \(task)}\n- {\(again)}",
            "- {task: work, when: depth > 0, \(task)}\n- {\(again), after: work}",
            "- task: work\n  assign: manager_of(requester)\n  due: 1 day\n  on_overdue: fail\n  on_failed: continue\n"
                + "- {\(again), after: work}",
            "- block: b\n  when: depth > 0\n  steps:\n    - {task: work, \(task)}\n- {\(again), after: b}",
            "- block: b\n  on_failed: continue\n  steps:\n    - {task: work, \(task)}\n- {\(again), after: b}",
            "- each: e\n  of: {number: '[1, 2]'}\n  steps:\n    - {task: work, \(task)}\n- {\(again), after: e}",
            "- choose: c\n  cases: [{when: depth > 0, steps: [{task: work, \(task)}]}]\n  else: none\n"
                + "- {\(again), after: c}",
            "- race: r\n  steps:\n    - {task: work, \(task)}\n"
                + "    - {notify: note, when: depth > 3, to: requester, message: Hello}\n- {\(again), after: r}",
        ])
    func endless(_ steps: String) {
        let found = Self.findings(steps)
        #expect(found.count == 1, "\(found)")
        #expect(
            found.first?.contains(
                "`hr.case` starts itself, and nothing says that this comes to an end. [request.recursive]") == true,
            "\(found)")
    }

    private static func other(_ steps: String, outputs: String = "") -> String {
        head.replacingOccurrences(of: "steps:\n", with: "\(outputs)steps:\n") + steps
    }

    @Test("Every way round several types is asked for, and one place that holds it up is enough")
    func several() {
        let back =
            "  - {request: back, type: hr.case, with: {depth: depth, site: site}, on_failed: continue, undo: none}\n"
        let to = "- {request: again, type: hr.other, with: {depth: depth, site: site}, on_failed: continue, undo: none}"
        #expect(Self.findings(to + "\n- {task: work, \(Self.task)}", ["other": Self.other(back)]).count == 1)
        let held = back.replacingOccurrences(of: "on_failed", with: "when: depth > 0, on_failed")
        #expect(Self.findings(to, ["other": Self.other(held)]) == [])
        for way in [
            "  - block: b\n    when: depth > 0\n    steps:\n    \(back)",
            "  - choose: c\n    cases:\n      - when: depth > 0\n        steps:\n        \(back)    else: none\n",
            "  - choose: c\n    table:\n      - site: berlin\n        steps:\n        \(back)    else: none\n",
            "  - {task: work, \(Self.task)}\n  - adhoc: more\n    by: role:lead\n    allow:\n    \(back)",
            "  - {task: work, \(Self.task)}\n"
                + back.replacingOccurrences(of: "on_failed", with: "after: work, on_failed"),
        ] {
            #expect(Self.findings(to, ["other": Self.other(way)]) == [], "\(way)")
        }
        let both = held + back.replacingOccurrences(of: "back", with: "also")
        #expect(Self.findings(to, ["other": Self.other(both)]).count == 1)
    }

    @Test("They read what the others hand out, whichever comes first")
    func outputs() {
        let work = "  - {task: work, \(Self.task), form: {login: {label: Login, type: text}}}\n"
        let back =
            "  - {request: back, type: hr.case, after: work, with: {depth: depth, site: site}, on_failed: continue, undo: none}\n"
        let steps = """
            - {request: inner, type: hr.other, when: depth > 0, with: {depth: depth - 1, site: site}, on_failed: {end: no}, undo: none}
            - {notify: note, after: inner, when: depth > 0, to: requester, message: "{{ inner.login }}"}
            """
        let own = Self.other(work + back, outputs: "outputs: {login: work.login}\n")
        #expect(Self.findings(steps, ["other": own]) == [])
        let wrong = steps.replacingOccurrences(of: "inner.login", with: "inner.logn")
        #expect(Self.findings(wrong, ["other": own]).count == 1)
    }

    @Test("What they hand out may not rest on each other")
    func resting() {
        let steps = "- {task: work, \(Self.task)}\n- {\(Self.again), after: work}"
        let text = Self.head.replacingOccurrences(of: "steps:\n", with: "outputs: {deep: again.deep}\nsteps:\n")
        let compilation = Fixtures.compile([
            "departments/hr/requests/case.yaml": text
                + steps.split(separator: "\n").map { "  \($0)\n" }.joined().replacingOccurrences(
                    of: "on_failed: continue", with: "on_failed: {end: no}")
        ])
        let found = compilation.diagnostics.filter { $0.severity == .error }
        #expect(found.first?.code == "request.recursive", "\(found)")
        #expect(found.first?.location.line == 8)
    }

    @Test("A missing child of a circle is told once")
    func unknown() {
        let found = Self.findings(
            "- {task: work, \(Self.task)}\n- {\(Self.again), after: work}\n- {request: x, type: hr.lost, on_failed: continue, undo: none}"
        )
        #expect(found.count == 1)
        #expect(found.first?.contains("[reference.unknown_type]") == true, "\(found)")
    }
}
