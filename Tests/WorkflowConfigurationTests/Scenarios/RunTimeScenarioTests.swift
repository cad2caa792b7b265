import Expressions
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

/// What the language means while a request runs, from files to what happens.
@Suite("Scenario tests of what happens at run time")
struct RunTimeScenarioTests {
    private func check(
        _ type: String, _ actions: String, given: String = "", sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        let failures = try PlayedCase.failures(of: actions, on: type, given: given)
        #expect(failures == [], sourceLocation: sourceLocation)
    }

    @Test("An expression that fails asks the department's agents; mended, the step starts again")
    func failing() throws {
        let type = """
            form:
              share: {label: Share, type: integer}
            amend: {share: {by: requester}}
            steps:
              - task: work
                when: 10 / share > 1
                on_change: {share: keep}
                assign: team:hr
                due: 1 working day
                on_overdue: {tell: role:lead}
            """
        let beginning = """
            - {raise: hr.case, as: anna, form: {share: 0}}
            - expect: {asked: {work: team:hr}, outcome: none}

            """
        try check(
            type,
            beginning + """
                - amend: {share: 2}
                - retry: work
                - complete: work
                - expect: {outcome: done}
                """)
        try check(
            type,
            beginning + """
                - amend: {share: 20}
                - {retry: work, as: carl}
                - expect: {outcome: done, skipped: work}
                """)
        try check(
            type,
            beginning + """
                - {give_up: work, outcome: rejected, as: carl}
                - expect: {outcome: rejected}
                """)
    }

    @Test("Nothing is raised, called or taken while `only_while` does not hold")
    func puttingAside() throws {
        let type = """
            form:
              open: {label: Open, type: yes_no}
              name: {label: Name, type: text}
            amend: {open: {by: requester}}
            steps:
              - request: account
                only_while: open
                type: it.account
                with: {name: name}
                on_failed: continue
                undo: none
                due: 30 days
                on_overdue: {tell: role:lead}
              - call: tell
                only_while: open
                due: 30 days
                on_overdue: {tell: role:lead}
                service: directory
                method: post
                path: /people
                on_failed: continue
                undo: none
              - wait: signed
                only_while: open
                event: signed
                due: 30 days
                on_overdue: fail
                on_failed: continue
            """
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {open: false, name: Mia}}
            - expect: {suspended: [account, tell, signed]}
            - event: signed
            - amend: {open: true}
            - expect: {open: [account, tell], done: signed}
            - amend: {open: false}
            - {child: account, outcome: ready, outputs: {login: mia}}
            - {answer: tell, status: 200}
            - expect: {suspended: [account, tell], outcome: none}
            - amend: {open: true}
            - expect: {done: [account, tell], gives: {account: {login: mia}}, outcome: done}
            """)
    }

    @Test("A race that starts late is won by what happened first")
    func occurring() throws {
        let type = """
            form:
              start: {label: Start, type: date}
            steps:
              - task: gate
                assign: team:hr
                due: 60 days
                on_overdue: {tell: role:lead}
              - race: answer
                after: gate
                win: finish
                steps:
                  - wait: arrived
                    event: arrived
                    forever: true
                  - wait: timer
                    until: start at 09:00
                  - wait: other
                    event: other
                    forever: true
              - task: work
                after: answer
                when: answer.winner == "timer"
                assign: team:hr
                due: 1 day
                on_overdue: {tell: role:lead}
            """
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {start: 2027-02-01}}
            - {until: 2027-02-01T10:00}
            - event: arrived
            - {complete: gate}
            - expect: {open: work}
            """)
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {start: 2027-02-01}}
            - event: other
            - advance: 1 day
            - event: arrived
            - {complete: gate}
            - expect: {outcome: done, done: other, cancelled: [arrived, timer]}
            """)
    }

    @Test("What voters wrote can be read in later rounds and texts")
    func comments() throws {
        let type = """
            form:
              reasons: {label: Reasons, type: text, default: '"none"'}
            steps:
              - repeat: intake
                until: decide.outcome == "approved"
                max: 3
                on_exhausted: {end: rejected}
                steps:
                  - set: note
                    when: intake.round > 1
                    fields: {reasons: 'previous.decide.comments.join(", ")'}
                  - approval: decide
                    after: note
                    covers: []
                    from: [manager_of(requester), group:leads]
                    need: each
                    reject_when: unreachable
                    not: requester
                    fallback: role:lead
                    due: 5 days
                    on_overdue: reject
                    on_rejected: continue
              - notify: tell
                after: intake
                to: requester
                message: '{{ size(decide.comments) }} comments'
            """
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {}}
            - {approve: decide, as: bert, comment: Fine by me}
            - {reject: decide, as: dora, comment: Too early}
            - expect: {fields: {reasons: "Fine by me, Too early"}}
            - {approve: "decide#2", as: bert}
            - {approve: "decide#2", as: dora, comment: Now it is right}
            - expect: {outcome: done, gives: {"decide#2": {outcome: approved, comments: [Now it is right]}}}
            """)
    }

    @Test("Those who have a skill are asked, whatever their team")
    func skills() throws {
        let type = """
            form:
              note: {label: Note, type: text, optional: true, sensitive: skill:german}
            steps:
              - task: translate
                assign: skill:german
                due: 1 day
                on_overdue: {tell: role:lead}
              - approval: check
                after: translate
                from: skill:german
                need: any
                due: 1 day
                on_overdue: reject
                on_rejected: {end: rejected}
            """
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {note: Hallo}}
            - expect: {asked: {translate: skill:german}, sees: {dora: note, carl: []}}
            - {complete: translate, as: carl, refused: request.task.not_offered}
            - {complete: translate, as: dora}
            - expect: {asked: {check: dora}}
            - {approve: check, as: dora}
            - expect: {outcome: done}
            """)
    }

    @Test("What is put aside before it began leaves its turn to others; what had begun keeps it")
    func turns() throws {
        let type = """
            form:
              open: {label: Open, type: yes_no}
            amend: {open: {by: requester}}
            steps:
              - block: visits
                one_at_a_time: true
                steps:
                  - {task: first, only_while: open, assign: team:hr, forever: true}
                  - {task: second, edit: open, assign: team:hr, forever: true}
                  - {task: third, assign: team:hr, forever: true}
            """
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {open: false}}
            - expect: {suspended: first, open: [first, second], waiting: third}
            - {complete: second, form: {open: true}}
            - expect: {open: first, waiting: third}
            - amend: {open: false}
            - expect: {suspended: first, open: [first], waiting: third}
            - amend: {open: true}
            - complete: first
            - complete: third
            - expect: {outcome: done}
            """)
        // Its condition holds again while it is another one's turn.
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {open: false}}
            - amend: {open: true}
            - expect: {open: [first, second], waiting: third}
            - {complete: first, as: carl, refused: request.step.suspended}
            - complete: second
            - complete: first
            - expect: {open: third}
            """)
    }

    @Test("A branch of a race in which nothing runs does not win", arguments: ["finish", "first_step"])
    func emptyBranches(_ win: String) throws {
        let type = """
            form:
              number: {label: Number, type: integer}
            steps:
              - race: answer
                win: \(win)
                steps:
                  - block: agreed
                    steps:
                      - approval: decide
                        when: number > 5
                        from: role:lead
                        due: 9 days
                        on_overdue: reject
                        on_rejected: {end: rejected}
                  - task: work
                    assign: team:hr
                    due: 1 day
                    on_overdue: {tell: role:lead}
            """
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {number: 1}}
            - expect: {skipped: decide, open: work, outcome: none}
            - complete: work
            - expect: {gives: {answer: {winner: work}}, outcome: done}
            """)
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {number: 6}}
            - {approve: decide, as: dora}
            - expect: {gives: {answer: {winner: agreed}}, outcome: done}
            """)
    }

    @Test("Time alone takes up what was put aside, and puts it aside")
    func time() throws {
        try check(
            """
            form:
              start: {label: Start, type: date}
              ends: {label: End, type: datetime}
            steps:
              - task: work
                only_while: today >= start and now < ends
                assign: team:hr
                due: 30 days
                on_overdue: {tell: role:lead}
            """,
            """
            - {raise: hr.case, as: anna, form: {start: 2027-01-06, ends: "2027-01-08T12:00:00Z"}}
            - expect: {suspended: work}
            - until: 2027-01-06T08:00
            - expect: {open: work, asked: {work: team:hr}}
            - until: 2027-01-08T14:00
            - expect: {suspended: work, outcome: none}
            """)
    }

    @Test("What leavers leave behind is passed on when the clock moves, and what asked for them is looked at again")
    func leavers() throws {
        try check(
            """
            steps:
              - task: work
                assign: manager_of(requester)
                fallback: team:hr
                due: 30 days
                on_overdue: {tell: role:lead}
              - task: beside
                only_while: manager_of(requester).hasValue()
                assign: team:hr
                due: 30 days
                on_overdue: {tell: role:lead}
            """,
            """
            - {raise: hr.case, as: anna}
            - expect: {asked: {work: bert, beside: team:hr}}
            - leaves: bert
            - advance: 1 minute
            - expect: {asked: {work: team:hr}, suspended: beside}
            """)
    }

    @Test("Where too few can vote, the fallback votes beside them; where that does not suffice, the agents are asked")
    func tooFew() throws {
        let type = """
            form:
              voters: {label: Voters, type: list, of: {type: person}, max: 5, unique: true}
            amend: {voters: {by: requester}}
            steps:
              - approval: decide
                from: voters
                need: 2
                covers: []
                fallback: role:lead
                on_change: {voters: keep}
                due: 9 days
                on_overdue: reject
                on_rejected: {end: rejected}
            """
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {voters: [bert]}}
            - expect: {asked: {decide: [bert, dora]}}
            - {approve: decide, as: bert}
            - {approve: decide, as: dora}
            - expect: {outcome: done}
            """)
        try check(
            type,
            """
            - {raise: hr.case, as: anna, form: {voters: [dora]}}
            - expect: {asked: {decide: team:hr}, outcome: none}
            - amend: {voters: [dora, bert]}
            - {retry: decide, as: carl}
            - expect: {asked: {decide: [bert, dora]}}
            - {reject: decide, as: bert}
            - expect: {outcome: rejected}
            """)
    }
}
