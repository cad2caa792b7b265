/// What the analyses of whole processes and configurations find.
enum ProofExplanations {
    static let text = #"""
        == condition.never
        A condition never holds, so what it guards never happens.
        Exact for conditions that compare single fields with constants, also after what was asked and decided before: the conditions of
        the steps around, the form's own conditions and bounds, and the outcomes of the steps before.
        wrong
        --- steps
        - task: work
          when: n > 5 and n < 3
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: n > 3 and n < 5
          assign: team:hr
          forever: true

        == condition.always
        A condition always holds, so it says nothing.
        wrong
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {end: no}
        - task: work
          after: decide
          when: decide.outcome == "approved"
          assign: team:hr
          forever: true
        right
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {end: no}
        - task: work
          after: decide
          assign: team:hr
          forever: true

        == choose.gap
        No case of a choose holds for some values; an example is shown.
        wrong
        --- steps
        - choose: route
          table:
            - {site: berlin, gives: {level: 1}}
            - {site: porto, gives: {level: 2}}
        right
        --- steps
        - choose: route
          table:
            - {site: berlin, gives: {level: 1}}
            - {site: [porto, remote], gives: {level: 2}}

        == choose.unproven
        Whether some case of a choose always holds cannot be decided, so it needs `else`.
        Decided is what compares single fields with constants, or what is counted or read off a calendar, such as `apps.size()` and
        `weekday(day)`; `n > m` compares two fields.
        wrong
        --- steps
        - choose: route
          cases:
            - {when: n > m, gives: {level: 1}}
            - {when: n <= m, gives: {level: 2}}
        right
        --- steps
        - choose: route
          cases:
            - {when: n > m, gives: {level: 1}}
          else: {gives: {level: 2}}

        == choose.overlap
        Two rows of a table with `hit: unique` may both hold; an example is shown.
        wrong
        --- steps
        - choose: route
          hit: unique
          table:
            - {n: "<= 10", gives: {level: 1}}
            - {n: ">= 10", gives: {level: 2}}
        right
        --- steps
        - choose: route
          hit: unique
          table:
            - {n: "< 10", gives: {level: 1}}
            - {n: ">= 10", gives: {level: 2}}

        == choose.dead_case
        A case of a choose is never taken, because those before it are always taken first.
        An `else` behind cases that are all there are is a warning only.
        wrong
        --- steps
        - choose: route
          table:
            - {site: [berlin, porto], gives: {level: 1}}
            - {site: berlin, urgent: true, gives: {level: 2}}
            - {site: remote, gives: {level: 3}}
        right
        --- steps
        - choose: route
          table:
            - {site: berlin, urgent: true, gives: {level: 2}}
            - {site: [berlin, porto], gives: {level: 1}}
            - {site: remote, gives: {level: 3}}

        == field.race
        Two steps may write one field at the same time, and chance would decide which value stays.
        wrong
        --- steps
        - set: first
          fields: {n: 1}
        - set: second
          fields: {n: 2}
        right
        --- steps
        - set: first
          fields: {n: 1}
        - set: second
          after: first
          fields: {n: 2}

        == change.unanswered
        A step has read a field that may change afterwards, and does not say what follows.
        A field that is computed, or asked under a condition, changes with what that reads. What a step takes when it starts it keeps. `keep` says that this is right, `forward` tells the running child, `restart` starts the
        step again. Approvals need no answer for what they cover: a later change waits for the same voters.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          name: {label: Name, type: text}
        amend:
          name: {by: requester}
        steps:
          - request: account
            type: it.account
            with: {name: name}
            on_failed: continue
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          name: {label: Name, type: text}
        amend:
          name: {by: requester}
        steps:
          - request: account
            type: it.account
            with: {name: name}
            on_change: {name: keep}
            on_failed: continue

        == change.pointless
        `on_change` names a field that the step does not read, or that no longer changes once the step has started.
        What is worked out anew whenever it counts, such as `due` and `only_while`, follows a change by itself and needs no answer.
        wrong
        --- steps
        - request: account
          type: it.account
          with: {name: name}
          on_change: {name: keep}
          on_failed: continue
        right
        --- steps
        - request: account
          type: it.account
          with: {name: name}
          on_failed: continue

        == change.forward
        `on_change` forwards a field that the step passes to no running request.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          name: {label: Name, type: text}
          urgent: {label: Urgent?, type: yes_no}
        amend:
          urgent: {by: requester}
        steps:
          - request: account
            when: urgent
            type: it.account
            with: {name: name}
            on_change: {urgent: forward}
            on_failed: continue
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          name: {label: Name, type: text}
          urgent: {label: Urgent?, type: yes_no}
        amend:
          urgent: {by: requester}
        steps:
          - request: account
            when: urgent
            type: it.account
            with: {name: name}
            on_change: {urgent: keep}
            on_failed: continue

        == loop.without_wait
        A loop in which nothing waits may run more than 100 rounds at once.
        wrong
        --- steps
        - repeat: count
          until: n > 500
          max: 1000
          on_exhausted: continue
          steps:
            - set: more
              fields: {n: n + 1}
        right
        --- steps
        - repeat: count
          until: n > 50
          max: 100
          on_exhausted: continue
          steps:
            - set: more
              fields: {n: n + 1}

        == step.blocked
        Steps keep each other from running, so that the request could not go on.
        Something that runs in a block with `one_at_a_time` waits inside for what cannot start meanwhile. Where what waits for what makes
        a circle, every way is gone, up to a number of states; when that does not suffice, the diagnostic says so.
        So it is where something that was put aside keeps its turn, or what it holds, while the only step that could let it go on waits
        for that.
        wrong
        --- steps
        - block: visits
          one_at_a_time: true
          steps:
            - block: first
              steps:
                - task: look
                  assign: team:hr
                  forever: true
                - task: sign
                  after: second
                  assign: team:hr
                  forever: true
            - task: second
              assign: team:hr
              forever: true
        right
        --- steps
        - block: visits
          one_at_a_time: true
          steps:
            - block: first
              after: second
              steps:
                - task: look
                  assign: team:hr
                  forever: true
                - task: sign
                  assign: team:hr
                  forever: true
            - task: second
              assign: team:hr
              forever: true

        == step.never_opens
        A step is put aside while something does not hold, and nothing that may still happen changes that.
        `only_while` follows what it reads: a field that can be amended, also one that may be until the very step starts, or that a task
        or a `set` beside the step may still write, the time, the directory. What holds at no moment, such as `now > now`, never opens
        anything. Where all of it is settled before the step begins, the step either begins at once or never. What is asked
        once stands under `when`.
        wrong
        --- form
        urgent: {label: Urgent?, type: yes_no}
        --- steps
        - task: prepare
          only_while: urgent
          assign: team:hr
          forever: true
        right
        --- form
        urgent: {label: Urgent?, type: yes_no}
        --- steps
        - task: prepare
          when: urgent
          assign: team:hr
          forever: true

        == adhoc.closed_at_once
        Nothing keeps open what people may add steps to.
        An adhoc holds nothing open: steps can be added as long as something beside it runs.
        wrong
        --- steps
        - adhoc: extras
          by: team:hr
          allow:
            - {task: errand, assign: team:hr, forever: true}
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true
        - adhoc: extras
          by: team:hr
          allow:
            - {task: errand, assign: team:hr, forever: true}

        == approval.unawaited
        Nothing waits for an approval, and work goes on beside it.
        What has no `after` starts at once, so that the work may be done before anybody has decided. Where it shall run meanwhile, let
        something later wait for both.
        wrong
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {end: no}
        - task: work
          assign: team:hr
          forever: true
        right
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {end: no}
        - task: work
          after: decide
          assign: team:hr
          forever: true

        == each.closed_at_once
        People may add to an each that may be over before they could.
        Without `until`, or with one that waits for the each, the last element closes it. Where the list may be empty there is none.
        A step that may be skipped, or whose turn comes at once because what it waits for may be skipped, closes it as early.
        wrong
        --- steps
        - each: people
          of: {person: names}
          add: {by: requester}
          steps:
            - task: greet
              assign: team:hr
              forever: true
        right
        --- steps
        - each: people
          of: {person: names}
          add: {by: requester, until: close}
          steps:
            - task: greet
              assign: team:hr
              forever: true
        - wait: a_week
          for: 7 days
        - notify: close
          after: a_week
          to: role:lead
          message: The list is closed

        == race.unmet
        Too few branches of a race may run, and nothing says what follows then.
        A branch that is skipped, or in which nothing runs, does not win. When fewer are left than `need` asks, the race fails. Conditions
        of which enough always hold are fine: proven is what compares one field with constants.
        wrong
        --- form
        urgent: {label: Urgent?, type: yes_no}
        --- steps
        - race: first
          steps:
            - task: look
              when: urgent
              assign: team:hr
              forever: true
            - approval: decide
              when: urgent
              from: role:lead
              due: 2 days
              on_overdue: reject
              on_rejected: {end: no}
        right
        --- form
        urgent: {label: Urgent?, type: yes_no}
        --- steps
        - race: first
          on_failed: continue
          steps:
            - task: look
              when: urgent
              assign: team:hr
              forever: true
            - approval: decide
              when: urgent
              from: role:lead
              due: 2 days
              on_overdue: reject
              on_rejected: {end: no}

        == undo.missing
        What a step has done elsewhere may have to be taken back, and it does not say how.
        A request or call inside something that can be cancelled, can end badly, is a race or is left, says `undo`: a request type, a call,
        or `none` when it may stay.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, withdrawn: bad}
        form:
          name: {label: Name, type: text}
        cancel: {by: requester, outcome: withdrawn}
        steps:
          - request: account
            type: it.account
            with: {name: name}
            on_failed: continue
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, withdrawn: bad}
        form:
          name: {label: Name, type: text}
        cancel: {by: requester, outcome: withdrawn}
        steps:
          - request: account
            type: it.account
            with: {name: name}
            on_failed: continue
            undo: none

        == rule.violated
        A declared rule does not hold on some way; the way is shown.
        Proven by what surely holds when the step starts, else by going every way the process can take.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          urgent: {label: Urgent?, type: yes_no}
        rules:
          - never: grant
            unless: decide.outcome == "approved"
        steps:
          - approval: decide
            when: not urgent
            from: group:leads
            forever: true
            on_rejected: {end: no}
          - task: grant
            after: decide
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          urgent: {label: Urgent?, type: yes_no}
        rules:
          - never: grant
            unless: decide.outcome == "approved" or urgent
        steps:
          - approval: decide
            when: not urgent
            from: group:leads
            forever: true
            on_rejected: {end: no}
          - task: grant
            after: decide
            assign: team:hr
            forever: true

        == rule.not_proven
        A declared rule may hold, but it cannot be proven.
        A condition on more than one field may turn out either way, and so may one that asks the time, the directory or a field that can
        change, each time it is asked. A proof stops after 200,000 states, and an undo may run at any later time. Repeat the rule in the
        step's `when`, and it holds by itself.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          cost: {label: Cost, type: integer}
          budget: {label: Budget, type: integer}
        rules:
          - never: grant
            unless: decide.outcome == "approved"
        steps:
          - approval: decide
            when: cost > budget
            from: group:leads
            forever: true
            on_rejected: {end: no}
          - task: grant
            after: decide
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          cost: {label: Cost, type: integer}
          budget: {label: Budget, type: integer}
        rules:
          - never: grant
            unless: decide.outcome == "approved"
        steps:
          - approval: decide
            when: cost > budget
            from: group:leads
            forever: true
            on_rejected: {end: no}
          - task: grant
            after: decide
            when: decide.outcome == "approved"
            assign: team:hr
            forever: true

        == rule.pointless
        A rule guards nothing: no step starts what it names, or its condition always holds.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          name: {label: Name, type: text}
        rules:
          - never: it.account
            unless: decide.outcome == "approved"
        steps:
          - approval: decide
            from: group:leads
            forever: true
            on_rejected: {end: no}
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        form:
          name: {label: Name, type: text}
        rules:
          - never: it.account
            unless: decide.outcome == "approved"
        steps:
          - approval: decide
            from: group:leads
            forever: true
            on_rejected: {end: no}
          - request: account
            after: decide
            type: it.account
            with: {name: name}
            on_failed: continue

        == sensitive.flows
        A sensitive value flows to people who may not read it.
        Through a child's open field, a message, a call, a title, an output, another field, or what is made of it: a computed field, the
        elements of an each, the outputs of a choose. A service that only this department may call is trusted; so are the field's own
        readers. Where a message or another sensitive field takes the value, all who read it there have to be among the readers of every
        field that it is made of. They are compared as they are written, and an expression says nothing about a child's readers.
        wrong
        --- steps
        - notify: tell
          to: role:lead
          message: The salary is {{ salary }}
        right
        --- steps
        - notify: tell
          to: team:hr
          message: The salary is {{ salary }}

        == sensitive.condition
        A condition depends on a sensitive value, so what happens tells it.
        A warning: whoever sees which steps run can tell something of the value.
        wrong
        --- steps
        - task: work
          when: salary > money("9000.00 EUR")
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: urgent
          assign: team:hr
          forever: true

        == ownership.team
        A department names another department's team.
        Departments meet only through contracts: raise a request of theirs, or name a group or a role, which are shared. That holds for
        all who are given work, asked, told or let in: `assign`, `from`, `fallback`, `escalate`, `add`, `by`, `to`, `on_failed`, `on_overdue`,
        `visible_to`, `cancel`, `amend`, `on_breach`, `confidential`, and for the offices and teams of a department. Any team may stand in
        `audience`, `on_behalf` and `offered_to`, which are the contract, in `not`, which takes a vote away, and in `sensitive`, because a
        value that is passed on keeps its readers.
        wrong
        --- steps
        - task: work
          assign: team:it
          forever: true
        right
        --- steps
        - request: account
          type: it.account
          with: {name: name}
          on_failed: continue

        == compatibility.step
        A step is gone in which requests of the applied version may stand.
        If another took its place, that one says `was:` and the old name.

        == compatibility.kind
        A step is of another kind than in the applied version.
        What is known of an open approval means nothing to a task. Give the new step another name.

        == compatibility.place
        A step stands inside another `each` or `repeat` than in the applied version, or in none.
        What runs several times is told apart by rounds and keys, so what is open or done there would not be found any more. Leave it where
        it was, and let a step of another name stand in the new place.

        == compatibility.field
        A field is gone, or no longer takes what was entered in open requests.

        == compatibility.contract
        Another department relies on something that the new version no longer has.
        A field, an output or an outcome that a consumer of the applied version uses is gone or has another type, a new field is needed
        that it does not pass, or the type is no longer offered to it.

        == compatibility.type
        A request type of the applied version is gone.
        A warning: its open requests stay on the version they have.
        """#
}
