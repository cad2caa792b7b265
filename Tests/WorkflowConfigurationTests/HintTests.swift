import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Hints")
struct HintTests {
    private static let head = "title: Case\naudience: role:employee\noutcomes: {done: good, no: bad}\n"
    private static let steps = "steps:\n  - task: work\n    assign: team:hr\n    forever: true\n"

    private static func condition(_ text: String) -> String {
        head + "form:\n  n: {label: N, type: number}\n  m: {label: M, type: money}\n  t: {label: T, type: text}\n"
            + "  d: {label: D, type: date}\n  c: {label: C, type: time}\n"
            + "steps:\n  - task: w\n    when: '\(text)'\n    assign: team:hr\n    forever: true\n"
    }

    /// A request type with one mistake, its code, and a part of the hint.
    static let hints: [(text: String, code: String, hint: String)] = [
        (head + "sumary: x\n" + steps, "config.unknown_key", "Did you mean `summary`?"),
        (
            head + "form:\n  l: {label: L, type: long_text}\nsteps:\n  - notify: n\n    to: team:hr\n"
                + "    message: \"{{ l.split(',').join(';') }}\"\n", "expression.cost",
            "In a form, `max` limits a list and its rows, `max_length` a text."
        ),
        (head + "form:\n  a: {label: A, type: dat}\n" + steps, "config.bad_value", "Did you mean `date`?"),
        (
            head + "form:\n  a: {label: A, type: choice, of: site}\n" + steps, "reference.unknown_list",
            "Did you mean `sites`?"
        ),
        (
            head + "steps:\n  - task: w\n    assign: team:hrr\n    forever: true\n", "reference.unknown_team",
            "Did you mean `hr`?"
        ),
        (head + "steps:\n  - taks: w\n    assign: team:hr\n", "step.kind", "Did you mean `task`?"),
        (condition("n == 2 or yes"), "expression.unknown_name", "`true` and `false`"),
        (condition("t == approved"), "expression.unknown_name", "`\"approved\"`"),
        (condition("d > tomorrow"), "expression.unknown_name", "today + 1 day"),
        (condition("d > 1.3.2027"), "expression.syntax", "date(\"2027-03-01\")"),
        (
            head + "steps:\n  - task: w\n    assign: team:hr\n    due: 2 Werktage\n    on_overdue: {tell: role:lead}\n",
            "expression.unit", "Did you mean `working days`?"
        ),
        (
            head + "steps:\n  - task: w\n    assign: team:hr\n    due: 2 days\n    on_overdue: erinnern\n",
            "config.bad_value", "{tell: …}"
        ),
        (
            head + "form:\n  a: {label: A, type: choice, of: [de, en]}\n" + steps, "config.wrong_type",
            "{de: …, en: …}"
        ),
        (
            head + "steps:\n  - task: w\n    assign: group:leaders\n    forever: true\n", "reference.unknown_group",
            "Did you mean `leads`?"
        ),
        (
            head + "steps:\n  - task: w\n    assign: team:personnel\n    forever: true\n", "reference.unknown_team",
            "There are hr, it."
        ),
        (
            head
                + "steps:\n  - choose: size\n    cases:\n      - {when: requester == beneficiary, gives: {model: small}}\n"
                + "    else: {gives: {model: {text: large}}}\n", "expression.unknown_name", "{text: small}"
        ),
        (
            head
                + "steps:\n  - choose: size\n    cases:\n      - {when: requester == beneficiary, gives: {model: very small}}\n"
                + "    else: {gives: {model: {text: large}}}\n", "expression.syntax", "{text: very small}"
        ),
        (
            head + "form:\n  t: {label: T, type: text, default: etwas Größeres}\n" + steps, "expression.syntax",
            "{text: etwas Größeres}"
        ),
        (
            head + "steps:\n  - {task: w, when: requester in role:lead, assign: team:hr, forever: true}\n",
            "expression.syntax", "No condition asks who belongs to it"
        ),
        (
            head + "steps:\n  - task: w\n    when: requester in [role:lead, requester]\n    assign: team:hr\n",
            "expression.syntax", "No condition asks who belongs to it"
        ),
        (
            head + "steps:\n  - task: w\n    when: requester == person:anna\n    assign: team:hr\n",
            "expression.syntax", "Compare with `requester`"
        ),
        (head + "steps:\n  - task: w\n    assign: role: lead\n    forever: true\n", "yaml.syntax", "stands in quotes"),
        (
            head + "steps:\n  - task: w\n    assign: {role: lead}\n    forever: true\n", "config.wrong_type",
            "without a space"
        ),
        (head + "steps:\n  - task: w\n    assign: lead\n    forever: true\n", "expression.unknown_name", "role:lead"),
        (
            head + "form:\n  a:\n    label: A\n    type: text\n    check: a != \"x #y\"\n" + steps, "expression.syntax",
            "beginning of a comment"
        ),
        (
            head + "form:\n  a: {label: A, type: choice, of: sites, default: berlin}\n" + steps,
            "expression.unknown_name",
            "{text: berlin}"
        ),
        (
            head + "form:\n  a: {label: A, type: text, check: a.matches(b, c)}\n" + steps, "yaml.split_expression",
            "in quotes"
        ),
        (
            head + "form:\n  a: {label: A, type: text, ask_when: b == \"x\"}\n  b: {label: B, type: text}\n" + steps,
            "expression.not_before", "move it up"
        ),
        (
            head
                + "steps:\n  - task: a\n    when: b.x == 1\n    assign: team:hr\n    forever: true\n  - task: b\n    assign: team:hr\n    form: {x: {label: X, type: integer}}\n    forever: true\n",
            "expression.not_before", "add `after: b`"
        ),
        (
            head + "form:\n  b: {label: B, type: yes_no}\nsteps:\n  - task: w\n    assign: 'b ? role:lead : team:hr'\n"
                + "    forever: true\n", "expression.syntax", "by itself, or as an entry of a list"
        ),
        (
            head + "steps:\n  - repeat: l\n    until: g.x.otherwise(false)\n    max: 3\n    on_exhausted: {end: no}\n"
                + "    steps:\n      - task: f\n        when: l.round == 1 or previous.g.x\n        assign: team:hr\n"
                + "        form: {y: {label: Y, type: yes_no}}\n        forever: true\n"
                + "      - task: g\n        after: f\n        when: f.y.otherwise(false)\n        assign: team:hr\n"
                + "        form: {x: {label: X, type: yes_no}}\n        forever: true\n", "expression.maybe_absent",
            "Ask `has(previous.g.x)` first"
        ),
        (
            head + "rules:\n  - {never: w, unless: n > 20}\nform:\n  n: {label: N, type: integer, max: 10}\n"
                + "steps:\n  - task: w\n    assign: team:hr\n    forever: true\n", "rule.violated",
            "`n > 20` never holds"
        ),
        (condition("m > 5 EUR"), "expression.unit", "`money(\"5 EUR\")`"),
        (condition("m > 5.50 EUR"), "expression.unit", "`money(\"5.50 EUR\")`"),
        (condition("m > 5"), "expression.type", "money("),
        (condition("d > 2027-01-01"), "expression.type", "date("),
        (condition("d == \"2027-01-01\""), "expression.type", "date("),
        (condition("c < 12:00"), "expression.syntax", "`time(\"12:00\")`"),
        (condition("n > 5 AND n < 9"), "expression.syntax", "Write `and`."),
        (condition("n > 5 OR n < 3"), "expression.syntax", "Write `or`."),
        (condition("NOT n > 5"), "expression.syntax", "Write `not`."),
        (condition("n > 5 und n < 9"), "expression.syntax", "Write `and`."),
        (condition("n > 5 && n < 9 & n > 6"), "expression.syntax", "Write `and` or `&&`."),
        (condition("n = 5"), "expression.syntax", "Compare with `==`."),
        (condition("n > 1,5"), "expression.syntax", "`1.5`"),
        (condition("t == „x“"), "expression.syntax", "straight quotes"),
        (
            head + "steps:\n  - request: c\n    type: it.acount\n    on_failed: continue\n", "reference.unknown_type",
            "Did you mean `it.account`?"
        ),
    ]

    @Test(
        "A file without a place is told where its like stands",
        arguments: [
            ("shared/rolles.yaml", "`shared/roles.yaml`"), ("shared/x/roles.yaml", "There are shared/…"),
            ("departments/hr/team.yaml", "`departments/hr/teams.yaml`"),
            ("departments/hr/leave.yaml", "departments/hr/requests/."),
            ("departments/HR/department.yaml", "small letters"), ("departments/hr/notes.txt", "There are shared/…"),
            ("departments/hr/requests/Leave.yaml", "underscores"),
        ])
    func place(_ path: String, _ hint: String) throws {
        let found = Fixtures.compile([path: "a: b"]).diagnostics.first { $0.code == "config.unknown_file" }
        #expect(try #require(found?.hint).contains(hint))
    }

    @Test("A mistake is answered with what helps", arguments: hints)
    func hint(_ sample: (text: String, code: String, hint: String)) {
        let found = Fixtures.compile(requestType: sample.text).diagnostics
        let match = found.first { $0.code == sample.code && ($0.hint ?? "").contains(sample.hint) }
        #expect(match != nil, "\(found.map(\.description).joined(separator: "\n"))")
    }

    /// A request type with one mistake, and the sentence that says what is wrong.
    static let sentences: [(text: String, sentence: String)] = [
        (head + "steps:\n  - taks: w\n    assign: team:hr\n    forever: true\n", "`taks` is no kind of step."),
        (head + "steps:\n  - {assign: team:hr, forever: true}\n", "The step has no kind."),
        (
            head + "form:\n  d: {label: D, type: date}\namend: {d: {by: requester}}\nsteps:\n"
                + "  - {task: w, assign: team:hr, due: d, on_overdue: {tell: role:lead}, on_change: {d: keep}}\n",
            "What `w` reads of `d` follows by itself: `due` is worked out anew."
        ),
        (
            head + "form:\n  d: {label: D, type: date}\namend: {d: {by: requester}}\nsteps:\n"
                + "  - {task: w, assign: team:hr, forever: true, on_change: {d: keep}}\n",
            "`w` does not read `d`."
        ),
        (
            head + "form:\n  l: {label: L, type: list, of: {type: text}, max: 9}\nsteps:\n  - choose: w\n    cases:\n"
                + "      - {when: l.size() < 2, gives: {n: 1}}\n      - {when: l.size() > 2, gives: {n: 2}}\n",
            "That some case of `w` always holds cannot be proven: perhaps none does when `l.size()` is 2."
        ),
    ]

    @Test("A mistake is named as what it is, once", arguments: sentences)
    func names(_ text: String, _ sentence: String) {
        let findings = Fixtures.compile(["departments/hr/requests/case.yaml": text]).diagnostics
        #expect(findings.map(\.message) == [sentence])
    }
}
