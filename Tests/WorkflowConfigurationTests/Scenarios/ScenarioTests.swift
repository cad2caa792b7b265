import Expressions
import Foundation
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("Scenario tests")
struct ScenarioTests {
    private static let type = """
        title: Case
        audience: [role:employee]
        outcomes: {done: good, rejected: bad}
        form:
          name: {label: Name, type: text}
          cost: {label: Cost, type: money, optional: true, sensitive: team:it}
        cancel: {by: requester, outcome: rejected}
        steps:
          - approval: decide
            from: manager_of(requester)
            need: any
            not: [requester]
            fallback: role:lead
            due: 2 working hours
            on_overdue: {tell: role:lead}
            on_rejected: {end: rejected}
          - request: account
            after: decide
            type: it.account
            with: {name: name}
            on_failed: {ask: team:hr}
            undo: none
          - task: welcome
            after: account
            assign: team:hr
            form: {size: {label: Size, type: integer}, when: {label: When, type: datetime, optional: true}}
            due: 1 working day
            on_overdue: {tell: role:lead}
        """
    private static let people =
        "people: {anna: {manager: bert}, bert: {groups: [leads]}, carl: {groups: [staff]}, dora: {groups: [staff]}}"

    /// Plays one scenario of these actions; gives its failures as `line: message | expected | actual`.
    private func play(_ actions: String, given: String = "") throws -> [String] {
        let indented = actions.split(separator: "\n").map { "      \($0)\n" }.joined()
        let text = "given: {\(Self.people)\(given)}\nscenarios:\n  - scenario: It plays\n    play:\n" + indented
        let (suite, _) = try suite(text)
        #expect(suite.diagnostics.map(\.description) == [])
        let results = suite.run()
        try #require(results.count == 1)
        return results[0].failures.map { failure in
            let parts = ["\(failure.location.line - 4): \(failure.message)", failure.expected, failure.actual]
            return parts.compactMap(\.self).joined(separator: " | ")
        }
    }

    private func suite(_ text: String) throws -> (ScenarioSuite, ScenarioFiles) {
        let compilation = Fixtures.compile(requestType: Self.type)
        let configuration = try #require(compilation.configuration, "\(compilation.diagnostics)")
        let time = try #require(TimeFrame(configuration.organisation) { _ in .fixed(offsetSeconds: 3600) })
        let files = ScenarioFiles(scenarios: ["departments/hr/tests/case.yaml": text], people: [:])
        return (ScenarioSuite(files, configuration: configuration, time: time), files)
    }

    @Test("A play restricts a request to a team, and ends that")
    func restriction() throws {
        let failures = try play(
            """
            - {raise: hr.case, as: anna, form: {name: Mia}}
            - {restrict: hr, as: anna, refused: request.restrict.not_allowed}
            - {restrict: hr, as: dora, reason: A suspicion}
            - {restrict: hr, as: dora, refused: request.restrict.already}
            - {unrestrict: Settled, as: carl}
            - {unrestrict: Settled, as: carl, refused: request.restrict.not_allowed}
            """)
        #expect(failures == [])
    }

    @Test("A whole request is played, with its child stood in for")
    func whole() throws {
        let failures = try play(
            """
            - {raise: hr.case, as: anna, form: {name: Mia, cost: "12.50"}}
            - expect: {open: decide, asked: {decide: bert}, due: {decide: 2027-01-04T11:00}, outcome: none, phase: open}
            - expect: {fields: {name: Mia, cost: 12.50 EUR}, sees: {anna: [name, cost], bert: name}, hidden_from: []}
            - {approve: decide, comment: Yes}
            - expect: {open: account, passed: {account: {name: Mia}}, waiting: welcome, assigned: {welcome: nobody}}
            - {child: account, outcome: ready, outputs: {login: mia}}
            - expect: {done: [decide, account], gives: {account: {login: mia, outcome: ready}}, due: {account: none}}
            - {claim: welcome, as: dora}
            - expect: {assigned: {welcome: dora}}
            - {complete: welcome, form: {size: 3, when: 2027-01-05T09:00:00+01:00}}
            - expect: {outcome: done, gives: {welcome: {size: 3, when: 2027-01-05T09:00}}, outputs: {}, told: [anna]}
            - expect: {told: nobody}
            """)
        #expect(failures == [])
    }

    @Test("Children run on the same desk when that is said, and `on` reaches them")
    func running() throws {
        let failures = try play(
            """
            - {raise: hr.case, as: anna, form: {name: Mia}}
            - approve: decide
            - expect: {on: account}
            """.replacingOccurrences(
                of: "- expect: {on: account}",
                with: "- {expect: {open: create}, on: account}\n"
                    + "- {complete: create, on: account, as: carl, form: {login: mm}}\n"
                    + "- {expect: {outcome: ready, outputs: {login: mm}}, on: [account]}\n- expect: {open: welcome}"),
            given: ", children: run")
        #expect(failures == [])
    }

    @Test("Children end at once when `given` says how, and failures ask people")
    func answered() throws {
        #expect(
            try play(
                """
                - {raise: hr.case, as: anna, form: {name: Mia}}
                - approve: decide
                - expect: {open: account, asked: {account: team:hr}}
                - {retry: account}
                - {give_up: account, outcome: rejected, as: carl}
                - expect: {outcome: rejected}
                """, given: ", children: {it.account: {outcome: failed}}") == [])
        #expect(
            try play(
                """
                - {raise: hr.case, as: anna, form: {name: Mia}}
                - approve: decide
                - expect: {open: welcome}
                """, given: ", children: {account: {outcome: ready, outputs: {login: mm}}}") == [])
        #expect(
            try play(
                """
                - {raise: hr.case, as: anna, form: {name: Mia}}
                - approve: decide
                - cancel: ""
                - expect: {phase: ending}
                - {child: account, outcome: ready}
                - expect: {outcome: rejected}
                """, given: ", children: {it.account: {cancel: refused}}") == [])
    }

    @Test("The clock moves by spans, to moments and to the next timer")
    func clock() throws {
        #expect(
            try play(
                """
                - {raise: hr.case, as: anna, form: {name: Mia}}
                - advance: 119 minutes
                - expect: {overdue: [], told: nobody}
                - until: next timer
                - expect: {overdue: decide, told: [{to: role:lead, notice: overdue, about: decide}]}
                - until: 2027-01-05
                - until: 2027-01-04T08:00
                """) == ["7: This was refused. | It is 2027-01-05T09:00 already. [scenario.past]"])
    }

    @Test("People leave, and their work passes on")
    func leaving() throws {
        #expect(
            try play(
                """
                - {raise: hr.case, as: anna, form: {name: Mia}}
                - leaves: bert
                - {comment: Hello, as: anna}
                - expect: {asked: {decide: bert}}
                """) == [])
    }

    @Test(
        "What is not as expected is said with its line, what was expected and what is",
        arguments: [
            ("- expect: {open: account}", "2: `open` is not what was expected. | account | decide"),
            (
                "- expect: {asked: {decide: [carl, team:hr]}}",
                "2: `asked` of `decide` is not what was expected. | carl, team:hr | bert"
            ),
            (
                "- expect: {assigned: {welcome: carl}}",
                "2: `assigned` of `welcome` is not what was expected. | carl | nobody"
            ),
            (
                "- expect: {due: {decide: 2027-01-04}}",
                "2: `due` of `decide` is not what was expected. | 2027-01-04T17:00 | 2027-01-04T11:00"
            ),
            ("- expect: {overdue: decide}", "2: `overdue` is not what was expected. | decide | none"),
            ("- expect: {done: decide}", "2: `done` of `decide` is not what was expected. | done | open"),
            ("- expect: {skipped: welcome}", "2: `skipped` of `welcome` is not what was expected. | skipped | waiting"),
            ("- expect: {outcome: done}", "2: `outcome` is not what was expected. | done | none"),
            ("- expect: {phase: closed}", "2: `phase` is not what was expected. | closed | open"),
            ("- expect: {fields: {name: Max}}", "2: `name` is not what was expected. | Max | Mia"),
            ("- expect: {fields: {cost: 5 EUR}}", "2: `cost` is not what was expected. | 5 EUR | none"),
            (
                "- expect: {gives: {decide: {outcome: approved}}}",
                "2: `decide.outcome` is not what was expected. | approved | none"
            ),
            ("- expect: {passed: {account: {name: Mia}}}", "2: `account.name` is not what was expected. | Mia | none"),
            ("- expect: {sees: {bert: []}}", "2: `sees` of `bert` is not what was expected. | none | name"),
            (
                "- expect: {hidden_from: [bert]}",
                "2: `hidden_from` of `bert` is not what was expected. | sees nothing | sees the request"
            ),
            (
                "- expect: {told: [{to: carl, notice: overdue}]}",
                "2: Nobody was told that. | carl: overdue | nobody was told"
            ),
            (
                "- {approve: decide, as: anna}",
                "2: This was refused. | You have no vote on this. [request.vote.not_a_voter]"
            ),
            ("- {approve: decide, refused: a.code}", "2: This was to be refused, but it was done. | a.code | done"),
            (
                "- {approve: decide, as: anna, refused: a.code}",
                "2: This was refused for another reason. | a.code | You have no vote on this. [request.vote.not_a_voter]"
            ),
            (
                "- {complete: welcome}",
                "2: This was refused. | The step `welcome` waits for nobody. [scenario.not_there]"
            ),
            (
                "- {child: account, outcome: ready}",
                "2: This was refused. | The step `account` has no child. [scenario.not_there]"
            ),
        ])
    func unexpected(_ action: String, _ failure: String) throws {
        #expect(try play("- {raise: hr.case, as: anna, form: {name: Mia}}\n" + action) == [failure])
    }

    @Test("A refused form says each field, and its codes count, too")
    func forms() throws {
        #expect(
            try play("- {raise: hr.case, as: anna}")
                == [
                    "1: This was refused. | This is required. [form.invalid]\n    name: This is required. [form.required]"
                ])
        #expect(try play("- {raise: hr.case, as: anna, form: {nam: x}, refused: form.unknown_field}") == [])
    }

    @Test(
        "What is wrong with a file is found before anything is played",
        arguments: [
            ("- {raise: hr.cas}", "reference.unknown_type 5:17 Did you mean `hr.case`?"),
            ("- {raise: hr.case, form: {nam: x}}", "reference.unknown_field 5:33 Did you mean `name`?"),
            ("- {raise: hr.case, as: ana}", "config.bad_value 5:30 Did you mean `anna`?"),
            ("- {aprove: decide}", "step.kind 5:10 Did you mean `approve`?"),
            ("- {approve: decide, reject: decide}", "step.kind 5:27 One of"),
            ("- {approve: decde}", "reference.unknown_step 5:19 Did you mean `decide`?"),
            ("- {approve: decide, a: anna}", "config.unknown_key 5:27 Did you mean `as`"),
            ("- {advance: 3 dayz}", "config.bad_value 5:19 Such as"),
            ("- {until: tomorrow}", "config.bad_value 5:17 Such as"),
            ("- {child: welcome, outcome: ready}", "config.bad_value 5:17 "),
            ("- {child: account, outcome: redy}", "reference.unknown_outcome 5:35 Did you mean `ready`?"),
            ("- {child: account, outcome: ready, outputs: {logn: x}}", "config.bad_value 5:52 Did you mean `login`?"),
            ("- {child: account}", "config.missing_key 5:10 "),
            ("- {expect: {opn: decide}}", "config.unknown_key 5:19 Did you mean `open`?"),
            ("- {expect: {outcome: don}}", "reference.unknown_outcome 5:28 Did you mean `done`?"),
            ("- {expect: {asked: {decide: team:hq}}}", "config.bad_value 5:35 Did you mean `hr`?"),
            ("- {expect: {fields: {nam: x}}}", "reference.unknown_field 5:28 Did you mean `name`?"),
            ("- {complete: create, on: [welcome]}", "config.bad_value 5:33 "),
            ("- approve", "config.wrong_type 5:9 "),
        ])
    func diagnostics(_ action: String, _ expected: String) throws {
        let text = "given: {\(Self.people)}\nscenarios:\n  - scenario: It is read\n    play:\n      \(action)\n"
        let (suite, _) = try suite(text)
        let found = suite.diagnostics.map { "\($0.code) \($0.location.line):\($0.location.column) \($0.hint ?? "")" }
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(expected) == true, "\(found)")
        #expect(suite.run().isEmpty)
    }

    @Test("A failure shows its line, what was expected, what is and what has happened")
    func rendering() throws {
        let (suite, files) = try suite(
            """
            given: {\(Self.people), clock: 2027-01-04T09:00}
            scenarios:
              - scenario: A case ends well
                play:
                  - {raise: hr.case, as: anna, form: {name: Mia}}
                  - expect: {outcome: done}
            """)
        let result = try #require(suite.run().first)
        #expect(
            files.text(of: result) == """
                departments/hr/tests/case.yaml:6:18: error: A case ends well: `outcome` is not what was expected. [scenario.failed]
                 6 |       - expect: {outcome: done}
                   |                  ^^^^^^^
                  expected: done
                  is:       none
                  so far:
                    Mon 2027-01-04 09:00  HR-1  raised hr.case by anna
                    Mon 2027-01-04 09:00  HR-1  decide started: bert
                """)
    }

    @Test("Coverage says which steps never started and which outcomes were never reached")
    func coverage() throws {
        let (suite, _) = try suite(
            """
            given: {\(Self.people), children: {it.account: {outcome: ready, outputs: {login: x}}}}
            scenarios:
              - scenario: No
                play:
                  - {raise: hr.case, as: anna, form: {name: Mia}}
                  - reject: decide
              - scenario: Half
                play:
                  - {raise: hr.case, as: anna, form: {name: Mia}}
                  - approve: decide
            """)
        var coverage = ScenarioCoverage()
        for result in suite.run() { coverage.formUnion(result.coverage) }
        let type = try #require(Fixtures.compile(requestType: Self.type).configuration?.requestTypes["hr.case"])
        #expect(coverage.missingSteps(of: type) == [])
        #expect(coverage.missingOutcomes(of: type) == ["done"])
        #expect(suite.run { _, name in name == "No" }.map(\.name) == ["No"])
    }

    @Test("Files in other places are complained about")
    func places() throws {
        let compilation = Fixtures.compile(requestType: Self.type)
        let configuration = try #require(compilation.configuration)
        let time = try #require(TimeFrame(configuration.organisation) { _ in .utc })
        let files = ScenarioFiles(
            scenarios: ["departments/hr/tests/case.yml": "x", "departments/hr/tests/other.yaml": "scenarios: []"],
            people: [:])
        let suite = ScenarioSuite(files, configuration: configuration, time: time)
        #expect(suite.diagnostics.map(\.code) == ["config.unknown_file", "reference.unknown_type"])
    }
}
