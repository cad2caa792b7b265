import Testing

/// What scenarios can say, and how they say it.
@Suite("What scenarios can say")
struct ScenarioWritingTests {
    /// A step that is put aside while a field says no, and one that goes on.
    private static let suspending = """
        form:
          open: {label: Open, type: yes_no}
        amend: {open: {by: requester}}
        steps:
          - {task: work, only_while: open, assign: team:hr, due: 9 days, on_overdue: {tell: role:lead}}
          - {task: beside, assign: team:hr, forever: true}
          - {task: late, after: work, assign: team:hr, forever: true}
        """

    @Test("An empty list says that no step stands so")
    func nothing() throws {
        let failures = try PlayedCase.failures(
            of: """
                - {raise: hr.case, as: anna, form: {open: true}}
                - expect: {suspended: [], done: [], failed: [], waiting: late}
                - {complete: beside, as: carl}
                - amend: {open: false}
                - expect: {suspended: work, done: beside, cancelled: []}
                """, on: Self.suspending)
        #expect(failures == [])
    }

    @Test(
        "An empty list fails where some step does",
        arguments: [("suspended", "work"), ("done", "beside"), ("waiting", "late")])
    func something(_ key: String, _ step: String) throws {
        let failures = try PlayedCase.failures(
            of: """
                - {raise: hr.case, as: anna, form: {open: false}}
                - {complete: beside, as: carl}
                - expect: {\(key): []}
                """, on: Self.suspending)
        let failure = try #require(failures.first)
        #expect(failure.contains("`\(key)` is not what was expected") && failure.contains(step))
    }

    @Test("The elements of an each over people go by their handles, in what is expected and in what is shown")
    func people() throws {
        let type = """
            form:
              whom: {label: Whom, type: list, of: {type: person}}
            steps:
              - each: ask
                of: {somebody: whom}
                add: {by: requester}
                steps:
                  - {task: answer, assign: somebody, fallback: role:lead, forever: true}
                  - request: account
                    type: it.account
                    with: {name: '"Mia"'}
                    on_failed: continue
                    undo: none
            """
        let raised = "- {raise: hr.case, as: anna, form: {whom: [bert, carl]}}\n"
        let failures = try PlayedCase.failures(
            of: raised + """
                - expect: {open: ["account[bert]", "account[carl]", "answer[bert]", "answer[carl]"], asked: {"answer[carl]": carl}}
                - {complete: "answer[bert]"}
                - {add: ask, element: dora}
                - {complete: create, on: "account[bert]", form: {login: mm}}
                - expect: {done: ["answer[bert]", "account[bert]"], gives: {"account[bert]": {login: mm}}}
                - {complete: "answer[dora]"}
                """, on: type, given: ", children: run")
        #expect(failures == [])
        let wrong = try PlayedCase.failures(
            of: raised + "- {complete: \"answer[bert]\"}\n- expect: {done: \"answer[carl]\"}\n", on: type)
        let failure = try #require(wrong.first)
        #expect(failure.contains("`done` of `answer[carl]`") && failure.contains("answer[bert] completed by bert"))
    }

    @Test("A change that waits is confirmed in an instance of the approval")
    func confirmations() throws {
        let failures = try PlayedCase.failures(
            of: """
                - {raise: hr.case, as: anna, form: {start: 2027-02-01}}
                - approve: decide
                - amend: {start: 2027-03-01}
                - expect: {open: [decide!change1, work], held: start, fields: {start: 2027-02-01}}
                - approve: decide!change1
                - expect: {open: work, held: [], fields: {start: 2027-03-01}}
                """,
            on: """
                form:
                  start: {label: Start, type: date}
                amend: {start: {by: requester}}
                steps:
                  - approval: decide
                    from: role:lead
                    covers: [start]
                    due: 2 days
                    on_overdue: reject
                    on_rejected: {end: rejected}
                  - {task: work, after: decide, assign: team:hr, forever: true}
                """)
        #expect(failures == [])
    }

    @Test("A list may hold nothing unless it says otherwise; a table needs a row unless it says that it need not")
    func empty() throws {
        let failures = try PlayedCase.failures(
            of: """
                - {raise: hr.case, as: anna, form: {names: [], rows: [], none: []}, refused: form.required}
                - {raise: hr.case, as: anna, form: {names: [], rows: [{n: 1}], none: [], some: [x]}, refused: form.too_few}
                - {raise: hr.case, as: anna, form: {names: [], rows: [{n: 1}], none: []}}
                - expect: {fields: {names: [], none: [], some: none}}
                """,
            on: """
                form:
                  names: {label: Names, type: list, of: {type: text}}
                  rows: {label: Rows, type: rows, columns: {n: {label: N, type: integer}}}
                  none: {label: None, type: rows, min: 0, columns: {n: {label: N, type: integer}}}
                  some: {label: Some, type: list, of: {type: text}, min: 2, optional: true}
                steps:
                  - {task: work, assign: team:hr, forever: true}
                """)
        #expect(failures == [])
    }
}
