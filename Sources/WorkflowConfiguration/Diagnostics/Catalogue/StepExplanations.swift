/// What can be wrong with single steps and their order.
enum StepExplanations {
    static let text = #"""
        == step.kind
        A step has no kind, or several.
        The kind is the key whose value is the step's identifier: `task: work`.
        wrong
        --- steps
        - assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true

        == step.after_unknown
        `after` names no step.
        wrong
        --- steps
        - task: work
          after: decide
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true

        == step.after_scope
        `after` names a step around or inside the step itself, or crosses the border of a loop, a choose, an each, a race or ad hoc steps.
        What such a step holds runs several times, or not at all; so what comes after waits for the whole of it.
        wrong
        --- steps
        - each: visits
          of: {who: names}
          steps:
            - task: visit
              assign: team:hr
              forever: true
        - task: report
          after: visit
          assign: team:hr
          forever: true
        right
        --- steps
        - each: visits
          of: {who: names}
          steps:
            - task: visit
              assign: team:hr
              forever: true
        - task: report
          after: visits
          assign: team:hr
          forever: true

        == step.after_cycle
        Steps wait for each other in a circle.
        wrong
        --- steps
        - task: first
          after: second
          assign: team:hr
          forever: true
        - task: second
          after: first
          assign: team:hr
          forever: true
        right
        --- steps
        - task: first
          assign: team:hr
          forever: true
        - task: second
          after: first
          assign: team:hr
          forever: true

        == step.no_due
        A step waits for people or for an outside event, or until its `only_while` holds, without ever being due.
        Nobody would notice that it was forgotten. It is due itself, or a step around it is; or, where people or events are waited for, it
        says that it may take forever.
        wrong
        --- steps
        - task: work
          assign: team:hr
        right
        --- steps
        - task: work
          assign: team:hr
          due: 2 working days
          on_overdue: {tell: role:lead}

        == step.due_without_action
        A step is due, but nothing follows when it is late.
        wrong
        --- steps
        - task: work
          assign: team:hr
          due: 2 working days
        right
        --- steps
        - task: work
          assign: team:hr
          due: 2 working days
          on_overdue: {tell: role:lead}

        == step.action_without_due
        Something follows when a step is late, but it is never due.
        wrong
        --- steps
        - block: prepare
          on_overdue: {tell: role:lead}
          steps:
            - task: work
              assign: team:hr
              forever: true
        right
        --- steps
        - block: prepare
          due: 2 working days
          on_overdue: {tell: role:lead}
          steps:
            - task: work
              assign: team:hr

        == step.due_moves
        A deadline reads the clock, so it would move with every command.
        Deadlines are live. A span counts from the start of the step.
        wrong
        --- steps
        - task: work
          assign: team:hr
          due: today + 2 days
          on_overdue: {tell: role:lead}
        right
        --- steps
        - task: work
          assign: team:hr
          due: 2 days
          on_overdue: {tell: role:lead}

        == step.tells_nobody
        Only single persons hear of a late or failed step, and they may have left.
        wrong
        --- steps
        - task: work
          assign: team:hr
          due: 2 days
          on_overdue: {tell: requester}
        right
        --- steps
        - task: work
          assign: team:hr
          due: 2 days
          on_overdue: {tell: [requester, role:lead]}

        == step.reject_without_approval
        Only an approval can be rejected.
        wrong
        --- steps
        - task: work
          assign: team:hr
          due: 2 days
          on_overdue: reject
        right
        --- steps
        - task: work
          assign: team:hr
          due: 2 days
          on_overdue: {end: no}

        == step.unhandled_failure
        A step can fail and nothing around it says what follows.
        A failure goes outward to the nearest handler; one that nobody handles would leave the request standing.
        wrong
        --- steps
        - approval: decide
          from: group:leads
          forever: true
        right
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {end: no}

        == step.leave_scope
        `leave` names something that is not around the step.
        wrong
        --- steps
        - block: prepare
          steps:
            - task: work
              assign: team:hr
              forever: true
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {leave: prepare}
        right
        --- steps
        - block: prepare
          steps:
            - task: work
              assign: team:hr
              forever: true
            - approval: decide
              after: work
              from: group:leads
              forever: true
              on_rejected: {leave: prepare}

        == step.dead
        A step can never start, because the request has ended before.
        Or an `end` comes no later than it, and cuts it off.
        Or it can never win: of a race with a branch that is over at once, the others lose as soon as they start. With
        `win: first_step` so they do of a branch that begins with something that takes no time.
        wrong
        --- steps
        - end: stop
          outcome: no
        - task: work
          after: stop
          assign: team:hr
          forever: true
        right
        --- steps
        - end: stop
          when: urgent
          outcome: no
        - task: work
          after: stop
          assign: team:hr
          forever: true

        == anonymous.assignee
        A task waits for a requester who may be anonymous, and for nobody else.
        Whoever holds the receipt of the request does the task; but nobody can remind them, and a receipt gets lost. The fallback is
        asked beside them.
        wrong
        --- type
        title: Case
        audience: role:employee
        anonymous: allowed
        outcomes: {done: good, no: bad}
        steps:
          - task: answer
            assign: requester
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        anonymous: allowed
        outcomes: {done: good, no: bad}
        steps:
          - task: answer
            assign: requester
            fallback: role:lead
            forever: true

        == span.backward
        A span of time is over as soon as it begins.
        A `due` may be `0 days`, which is the end of the same day.
        wrong
        --- steps
        - wait: a_while
          for: -3 days
        right
        --- steps
        - wait: a_while
          for: 3 days

        == each.same_key
        Two elements of an each may have the same name.
        A warning: the steps of an element are named after it, so a list with one value twice fails the each, and people are asked. The form
        keeps it from coming so far with `unique: true`.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          names: {label: For whom?, type: list, of: {type: text}, max: 20}
        steps:
          - each: person
            of: {name: names}
            on_failed: continue
            steps:
              - task: work
                assign: team:hr
                forever: true
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          names: {label: For whom?, type: list, of: {type: text}, max: 20, unique: true}
        steps:
          - each: person
            of: {name: names}
            on_failed: continue
            steps:
              - task: work
                assign: team:hr
                forever: true

        == event.differs
        Two steps wait for the same event and do not expect the same of it.
        An event that comes before anybody waits for it is read then, so all who wait for it in one request type have the same `gives`, and
        a `key` or none.
        wrong
        --- steps
        - wait: first_part
          event: paid
          gives: {amount: {label: How much?, type: money}}
          forever: true
        - wait: second_part
          event: paid
          gives: {percent: {label: Which part?, type: integer}}
          forever: true
        right
        --- steps
        - wait: first_part
          event: paid
          gives: {amount: {label: How much?, type: money}}
          forever: true
        - wait: second_part
          event: paid
          gives: {amount: {label: How much?, type: money}}
          forever: true

        == approval.need
        What an approval needs cannot be met.
        wrong
        --- steps
        - approval: decide
          from: [manager_of(requester), person:anna]
          need: 3
          fallback: role:lead
          forever: true
          on_rejected: {end: no}
        right
        --- steps
        - approval: decide
          from: [manager_of(requester), person:anna]
          need: 2
          fallback: role:lead
          forever: true
          on_rejected: {end: no}

        == approval.no_fallback
        An approval may be left without voters and says nobody instead.
        People leave, and `not` excludes some; then the seat passes on to the fallback.
        wrong
        --- steps
        - approval: decide
          from: manager_of(requester)
          forever: true
          on_rejected: {end: no}
        right
        --- steps
        - approval: decide
          from: manager_of(requester)
          fallback: role:lead
          forever: true
          on_rejected: {end: no}

        == approval.ignored
        Nothing depends on what an approval comes to.
        A process that goes on when it is rejected asks for the outcome later, else the vote is for show.
        wrong
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: continue
        - task: work
          after: decide
          assign: team:hr
          forever: true
        right
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: continue
        - task: work
          after: decide
          when: decide.outcome == "approved"
          assign: team:hr
          forever: true
        """#
}
