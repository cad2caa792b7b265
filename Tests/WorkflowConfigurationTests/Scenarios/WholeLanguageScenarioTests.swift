import Testing

@Suite("Scenario tests of the whole language")
struct WholeLanguageScenarioTests {
    /// Plays one scenario of these actions on a request type; gives its failures, or what is wrong with the files.
    private func play(_ type: String, _ actions: String, given: String = "") throws -> [String] {
        let head = """
            title: Case
            audience: [role:employee]
            outcomes: {done: good, rejected: bad, withdrawn: bad}

            """
        let people = """
            anna: {manager: bert}, bert: {deputies: {dora: {until: 2027-01-05}}}, carl: {groups: [staff]}, \
            dora: {groups: [leads]}, emil: {groups: [leads], deputies: [carl]}
            """
        let disable = """
            title: Disable
            offered_to: [hr]
            outcomes: {done: good, failed: bad}
            form: {login: {label: Login, type: text}}
            steps:
              - task: disable
                assign: team:it
                due: 1 working day
                on_overdue: {tell: role:lead}
            """
        return try PlayedCase.failures(
            of: actions, on: type, head: head, people: people, given: given,
            files: ["departments/it/requests/disable.yaml": disable])
    }

    @Test("Who was told what is said with the names that the file has")
    func told() throws {
        let type = """
            form:
              helpers: {label: Helpers, type: list, of: {type: person}, max: 5}
            steps:
              - each: help
                of: {helper: helpers}
                steps:
                  - task: ask
                    assign: helper
                    fallback: role:lead
                    remind: 1 working day
                    forever: true
            """
        let failures = try play(
            type,
            """
            - {raise: hr.case, as: anna, form: {helpers: [carl, dora]}}
            - advance: 1 working day
            - expect: {told: [{to: emil, about: "ask[carl]"}]}
            """)
        let text = failures.joined(separator: "\n")
        #expect(text.contains("emil: ask[carl]") && text.contains("carl: reminder ask[carl]"), "\(text)")
        #expect(text.contains("dora: reminder ask[dora]") && !text.contains(/[0-9a-f]{8}-/), "\(text)")
    }

    @Test("Checklists, handing over and editing")
    func tasks() throws {
        let type = """
            form:
              site: {label: Site, type: choice, of: sites}
            steps:
              - task: prepare
                assign: team:hr
                edit: [site]
                checklist: {desk: There is a desk, badge: There is a badge}
                form: {note: {label: Note, type: text, optional: true}}
                due: 2 working days
                on_overdue: {tell: role:lead}
            """
        #expect(
            try play(
                type,
                """
                - {raise: hr.case, as: anna, form: {site: berlin}}
                - {hand_over: prepare, as: carl, to: dora}
                - expect: {assigned: {prepare: dora}}
                - {complete: prepare, form: {site: porto}, refused: request.task.not_ticked}
                - {tick: prepare, items: desk}
                - {untick: prepare, items: [desk]}
                - tick: prepare
                - {complete: prepare, form: {site: porto, note: Done}}
                - expect: {outcome: done, fields: {site: porto}, gives: {prepare: {note: Done}}}
                """) == [])
    }

    @Test("Deputies vote, voters are added, and people are reminded")
    func approvals() throws {
        let type = """
            steps:
              - approval: decide
                from: manager_of(requester)
                need: all
                add: {by: manager_of(requester)}
                fallback: role:lead
                remind: 1 working day
                due: 5 working days
                on_overdue: reject
                on_rejected: {end: rejected}
            """
        #expect(
            try play(
                type,
                """
                - {raise: hr.case, as: anna}
                - expect: {told: nobody}
                - advance: 1 working day
                - expect: {told: [{to: bert, notice: reminder, about: decide}]}
                - {add_voter: decide, voter: emil, as: bert}
                - {approve: decide, as: dora, comment: For Bert}
                - {approve: decide, as: emil}
                - expect: {outcome: done}
                """) == [])
    }

    @Test("Calls are answered by the play, by steps and by services")
    func calls() throws {
        let type = """
            form:
              login: {label: Login, type: text}
            steps:
              - call: mailbox
                service: directory
                method: post
                path: /mailboxes/{{ login }}
                with: {quota: 5}
                answer: {address: {type: email}}
                undo: none
                on_failed: {ask: role:lead}
            """
        let raise = "- {raise: hr.case, as: anna, form: {login: mm}}\n"
        #expect(
            try play(
                type,
                raise
                    + """
                    - expect: {open: mailbox, passed: {mailbox: {quota: 5}}}
                    - {answer: mailbox, status: 503}
                    - expect: {asked: {mailbox: role:lead}}
                    - retry: mailbox
                    - {answer: mailbox, body: {address: mm@example.org}}
                    - expect: {outcome: done, gives: {mailbox: {address: mm@example.org}}}
                    - {answer: mailbox, refused: simulation.no_call}
                    """) == [])
        #expect(
            try play(
                type, raise + "- expect: {outcome: done}",
                given: ", calls: {directory: {status: 201, body: {address: a@example.org}}}") == [])
        #expect(
            try play(
                type, raise + "- expect: {asked: {mailbox: role:lead}}", given: ", calls: {mailbox: {failed: Down}}")
                == [])
    }

    @Test("Waits end by events, also early ones, and notices are read")
    func waiting() throws {
        let type = """
            form:
              name: {label: Name, type: text}
            steps:
              - task: order
                assign: team:hr
                due: 1 working day
                on_overdue: {tell: role:lead}
              - wait: parcel
                after: order
                event: parcel_arrived
                gives: {weight: {type: integer}}
                forever: true
              - notify: heads_up
                after: parcel
                to: [requester]
                message: "Your {{ name }} has come."
            """
        #expect(
            try play(
                type,
                """
                - {raise: hr.case, as: anna, form: {name: Chair}}
                - {event: parcel_arrived, form: {weight: 7}}
                - {event: parcel_lost, refused: request.event.unknown}
                - complete: order
                - expect: {outcome: done, gives: {parcel: {weight: 7}}}
                - expect: {told: [{to: anna, about: heads_up, text: Your Chair has come.}, {to: anna, notice: closed}]}
                """) == [])
    }

    @Test("Elements and steps are added, and rounds begin")
    func containers() throws {
        let type = """
            form:
              places: {label: Places, type: choices, of: sites}
            steps:
              - each: visits
                of: {place: places}
                add: {by: team:hr}
                steps:
                  - task: visit
                    assign: team:hr
                    due: 1 working day
                    on_overdue: {tell: role:lead}
              - repeat: draft
                until: write.good
                max: 3
                on_exhausted: {end: rejected}
                steps:
                  - task: write
                    assign: team:hr
                    form: {good: {label: Good?, type: yes_no}}
                    due: 1 working day
                    on_overdue: {tell: role:lead}
              - adhoc: extras
                by: team:hr
                allow:
                  - task: errand
                    assign: team:hr
                    due: 3 working days
                    on_overdue: {tell: role:lead}
            """
        #expect(
            try play(
                type,
                """
                - {raise: hr.case, as: anna, form: {places: [berlin]}}
                - expect: {open: ["visit[berlin]", write]}
                - {add: visits, element: porto, as: carl}
                - {add: extras, step: errand, as: carl}
                - {complete: write, form: {good: false}}
                - expect: {open: ["visit[berlin]", "visit[porto]", "write#2", "errand[1]"], done: write}
                - {complete: "visit[berlin]"}
                - {complete: "visit[porto]"}
                - {complete: "write#2", form: {good: true}}
                - {complete: "errand[1]"}
                - expect: {outcome: done}
                """) == [])
    }

    @Test("What was done is taken back, in the children, too")
    func undoing() throws {
        let type = """
            form:
              name: {label: Name, type: text}
            cancel: {by: requester, outcome: withdrawn}
            steps:
              - request: account
                type: it.account
                with: {name: name}
                on_failed: {ask: team:hr}
                undo: {type: it.disable, with: {login: account.login}}
              - task: welcome
                after: account
                assign: team:hr
                due: 1 working day
                on_overdue: {tell: role:lead}
            """
        #expect(
            try play(
                type,
                """
                - {raise: hr.case, as: anna, form: {name: Mia}}
                - {complete: create, on: account, form: {login: mm}}
                - expect: {open: welcome, undone: []}
                - cancel: Not any more
                - expect: {phase: ending, open: account!undo, undone: account, passed: {account!undo: {login: mm}}}
                - {complete: disable, on: account!undo}
                - expect: {outcome: withdrawn}
                """, given: ", children: run") == [])
    }

    @Test("Fields are amended, promises kept, and what has ended is rated and reopened")
    func promises() throws {
        let type = """
            form:
              start: {label: Start, type: date}
            amend: {start: {by: [requester], until: work}}
            targets: {ready: {of: work, by: start}}
            feedback: ask
            reopen: {within: 10 working days}
            steps:
              - task: prepare
                assign: team:hr
                due: 5 working days
                on_overdue: {tell: role:lead}
              - task: work
                after: prepare
                assign: team:hr
                due: start
                on_overdue: {tell: role:lead}
            """
        #expect(
            try play(
                type,
                """
                - {raise: hr.case, as: anna, form: {start: 2027-02-01}}
                - expect: {targets: {ready: running}, held: []}
                - {amend: {start: 2027-02-08}, as: carl, refused: request.amend.not_allowed}
                - amend: {start: 2027-02-08}
                - complete: prepare
                - expect: {fields: {start: 2027-02-08}, due: {work: 2027-02-08}}
                - {amend: {start: 2027-02-09}, refused: request.amend.too_late}
                - complete: work
                - expect: {targets: {ready: met}}
                - {rate: 5, comment: Splendid}
                - reopen: {start: 2027-03-01}
                - expect: {open: prepare, fields: {start: 2027-03-01}, outcome: none}
                """) == [])
    }

    @Test(
        "What is wrong with these actions is found before anything is played",
        arguments: [
            ("- {tick: work, items: dsk}", "There is no line `dsk`."),
            ("- {event: parcel}", "There is no event `parcel`."),
            ("- {add: work}", "`add` says the `element`"), ("- {amend: {strt: 1}}", "has no field `strt`"),
            ("- {expect: {targets: {redy: met}}}", "There is no target `redy`."),
            ("- {expect: {targets: {ready: meet}}}", "`meet` is not one of"), ("- {rate: good}", "not a whole number"),
            ("- {hand_over: work}", "needs `to`"),
        ])
    func diagnostics(_ action: String, _ part: String) throws {
        let type = """
            form:
              start: {label: Start, type: date}
            targets: {ready: {of: work, by: start}}
            steps:
              - task: work
                assign: team:hr
                due: start
                on_overdue: {tell: role:lead}
            """
        let found = try play(type, action)
        #expect(found.count == 1 && found[0].contains(part), "\(found)")
    }
}
