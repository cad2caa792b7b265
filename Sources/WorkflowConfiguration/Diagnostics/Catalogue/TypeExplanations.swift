/// What can be wrong with request types, their forms and expressions.
enum TypeExplanations {
    static let text = #"""
        == outcome.none_good
        A request type cannot end well.
        When every step has settled, a request ends with its first good outcome.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true

        == outcome.none_bad
        A request type has no outcome for ending badly, which every request may.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good}
        steps:
          - task: work
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, failed: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true

        == outcome.expected_bad
        An outcome that has to be a bad one is good.
        A rejected or cancelled request that ends well would run what follows success, and its undos would not run.
        wrong
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {end: done}
        right
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: {end: no}

        == outcome.unreached
        An outcome is declared that no request ever ends with.
        The first good one is reached when the last step has settled, the first bad one when something goes wrong that nothing is said
        about. Any other needs what gives it: an `end`, an `{end: …}`, `cancel`, or people who are asked after a failure.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad, late: bad}
        steps:
          - task: work
            assign: team:hr
            due: 3 working days
            on_overdue: {tell: role:lead}
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad, late: bad}
        steps:
          - task: work
            assign: team:hr
            due: 3 working days
            on_overdue: {end: late}

        == until.too_early
        Something may be done until a step starts, which starts at once.
        That holds for `cancel`, for `amend`, and for `add` of an `each` when the step has started before that one does, or starts with it.
        wrong
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, withdrawn: bad}
        cancel: {by: requester, until: work, outcome: withdrawn}
        steps:
          - task: work
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, withdrawn: bad}
        cancel: {by: requester, until: work, outcome: withdrawn}
        steps:
          - task: prepare
            assign: team:hr
            forever: true
          - task: work
            after: prepare
            assign: team:hr
            forever: true

        == audience.expression
        An audience is computed; it is made of roles, groups, teams and persons.
        There is no request yet when somebody looks at the catalogue, so there is nothing to compute with.
        wrong
        --- type
        title: Case
        audience: requester
        offered_to: [it]
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true

        == confidential.expression
        Who sees confidential requests is computed; it is made of roles, groups, teams and persons.
        What a request says can change, and so can managers; whoever is no longer meant would keep it in their lists.
        Let a step ask the person instead: whoever is asked sees the request by that.
        wrong
        --- type
        title: Case
        audience: role:employee
        confidential: [team:hr, manager_of(requester)]
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        confidential: team:hr
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true

        == hidden.field
        `hidden_from` names a field that holds no people, or one twice.
        A request is kept from whoever its fields name: one of the type `person`, or a list of them.
        wrong
        --- type
        title: Case
        audience: role:employee
        hidden_from: place
        outcomes: {done: good, no: bad}
        form:
          place: {label: Where?, type: text}
        steps:
          - task: work
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        hidden_from: colleague
        outcomes: {done: good, no: bad}
        form:
          colleague: {label: Who?, type: person}
        steps:
          - task: work
            assign: team:hr
            forever: true

        == hidden.asked
        A step, or the type itself, turns to the person from whom the request is kept.
        They could neither see it nor do what it asks or allows, whatever the key: `assign`, `escalate`, `visible_to`, `cancel`. Another request of theirs may hold what they need to know.
        wrong
        --- type
        title: Case
        audience: role:employee
        hidden_from: colleague
        outcomes: {done: good, no: bad}
        form:
          colleague: {label: Who?, type: person}
        steps:
          - task: work
            assign: colleague
            fallback: team:hr
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        hidden_from: colleague
        outcomes: {done: good, no: bad}
        form:
          colleague: {label: Who?, type: person}
        steps:
          - task: work
            assign: manager_of(colleague)
            fallback: team:hr
            forever: true

        == request.unreachable
        Nobody can raise a request type, and no department may start it.
        wrong
        --- type
        title: Case
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true
        right
        --- type
        title: Case
        offered_to: [it]
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:hr
            forever: true

        == request.not_offered
        A child's department does not offer it to this department.
        `offered_to` is the contract between departments: its owners decide who may start it.
        wrong
        --- steps
        - request: inside
          type: it.inside
          on_failed: continue
        --- file departments/it/requests/inside.yaml
        title: Inside
        offered_to: [it]
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:it
            forever: true
        right
        --- steps
        - request: inside
          type: it.inside
          on_failed: continue
        --- file departments/it/requests/inside.yaml
        title: Inside
        offered_to: [it, hr]
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:it
            forever: true

        == request.missing_input
        A field that a child needs is not passed.
        wrong
        --- steps
        - request: account
          type: it.account
          on_failed: continue
        right
        --- steps
        - request: account
          type: it.account
          with: {name: name}
          on_failed: continue

        == anonymous.child
        A request type takes requests without a requester's name, and one that it starts does not.
        A child has the requester of its parent. A type without an `audience` that says `anonymous: allowed` is a child of such requests
        and nothing else: it opens no form to the outside.
        wrong
        --- type
        title: Case
        audience: role:employee
        anonymous: allowed
        outcomes: {done: good, no: bad}
        steps:
          - request: inside
            type: it.inside
            on_failed: continue
        --- file departments/it/requests/inside.yaml
        title: Inside
        offered_to: [hr]
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:it
            forever: true
        right
        --- type
        title: Case
        audience: role:employee
        anonymous: allowed
        outcomes: {done: good, no: bad}
        steps:
          - request: inside
            type: it.inside
            on_failed: continue
        --- file departments/it/requests/inside.yaml
        title: Inside
        offered_to: [hr]
        anonymous: allowed
        outcomes: {done: good, no: bad}
        steps:
          - task: work
            assign: team:it
            forever: true

        == request.recursive
        Request types start each other in a circle, so they might never end.
        They may when a task, an approval or a wait surely comes first on every way round. Otherwise a type that starts itself passes
        a whole number that gets smaller each time (a field with `min` and `max` that nothing changes meanwhile), and of several
        types one says `when` it is started. Their outputs do not rest on each other.
        wrong
        --- type
        title: Case
        audience: role:employee
        offered_to: [hr]
        outcomes: {done: good, no: bad}
        form:
          depth: {label: How deep?, type: integer, min: 0, max: 5}
        steps:
          - request: smaller
            when: depth > 0
            type: hr.case
            with: {depth: depth}
            on_failed: continue
            undo: none
        right
        --- type
        title: Case
        audience: role:employee
        offered_to: [hr]
        outcomes: {done: good, no: bad}
        form:
          depth: {label: How deep?, type: integer, min: 0, max: 5}
        steps:
          - request: smaller
            when: depth > 0
            type: hr.case
            with: {depth: depth - 1}
            on_failed: continue
            undo: none

        == call.not_offered
        A service is not offered to this department.
        wrong
        --- steps
        - call: pay
          service: ledger
          method: post
          path: /pay
          on_failed: continue
        right
        --- steps
        - call: pay
          service: payroll
          method: post
          path: /pay
          on_failed: continue

        == field.bounds
        A field's bounds contradict each other or are out of range.
        wrong
        --- form
        count: {label: How many?, type: integer, min: 5, max: 1}
        right
        --- form
        count: {label: How many?, type: integer, min: 1, max: 5}

        == field.default_unused
        A field has a default and is optional, so the default is always taken.
        wrong
        --- form
        count: {label: How many?, type: integer, default: 1, optional: true}
        right
        --- form
        count: {label: How many?, type: integer, default: 1}

        == expression.syntax
        An expression is not written as expressions are.
        Expressions are CEL with three additions: a number with a unit (`2 working days`), `X at 09:00`, and the words `and`, `or`, `not`.
        wrong
        --- steps
        - task: work
          when: n > > 5
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: n > 5
          assign: team:hr
          forever: true

        == expression.type
        A value is of another type than its place or its operator wants.
        There is no guessing and no truthiness: a text is no number, and a condition is yes or no.
        wrong
        --- steps
        - task: work
          when: name
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: name != ""
          assign: team:hr
          forever: true

        == expression.unknown_name
        There is no field, step or function of that name here.
        wrong
        --- steps
        - task: work
          when: cost > 5
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: n > 5
          assign: team:hr
          forever: true

        == expression.unknown_field
        A step or a row has nothing of that name.
        wrong
        --- steps
        - approval: decide
          from: group:leads
          forever: true
          on_rejected: continue
        - task: work
          after: decide
          when: decide.result == "approved"
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

        == expression.unknown_function
        There is no function of that name, or it is not called like this.
        wrong
        --- steps
        - task: work
          when: length(name) > 5
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: size(name) > 5
          assign: team:hr
          forever: true

        == expression.arguments
        A function takes another number of arguments.
        wrong
        --- steps
        - task: work
          when: size(name, 3)
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: size(name) > 3
          assign: team:hr
          forever: true

        == expression.maybe_absent
        A value may be absent where it is needed.
        A field that is not always asked, or a step that may be skipped, has no value then. Say what counts instead, ask `has(x)`, or
        repeat the condition under which it is there.
        wrong
        --- form
        remote: {label: From home?, type: yes_no}
        floor: {label: Which floor?, type: integer, ask_when: not remote}
        high: {label: High up, type: yes_no, value: floor > 5}
        right
        --- form
        remote: {label: From home?, type: yes_no}
        floor: {label: Which floor?, type: integer, ask_when: not remote}
        high: {label: High up, type: yes_no, value: floor.otherwise(0) > 5}

        == expression.choice
        A literal is no member of the list that it is compared with.
        wrong
        --- steps
        - task: work
          when: site == "berlim"
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: site == "berlin"
          assign: team:hr
          forever: true

        == expression.pattern
        A pattern of `matches` is wrong.
        Patterns are RE2's, without look-around and back references, so that every text is decided in linear time.
        wrong
        --- form
        code: {label: Code, type: text, check: 'code.matches("[A-Z")'}
        right
        --- form
        code: {label: Code, type: text, check: 'code.matches("^[A-Z]+$")'}

        == expression.literal
        A text is no date, moment, duration, time or amount.
        wrong
        --- steps
        - task: work
          when: start > date("1.12.2026")
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: start > date("2026-12-01")
          assign: team:hr
          forever: true

        == expression.number
        A number is too large.
        wrong
        --- steps
        - task: work
          when: n > 99999999999999999999
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: n > 999999
          assign: team:hr
          forever: true

        == expression.unit
        A word behind a number is no unit of time, or the number is no whole one.
        wrong
        --- steps
        - task: work
          assign: team:hr
          due: 3 fortnights
          on_overdue: {tell: role:lead}
        right
        --- steps
        - task: work
          assign: team:hr
          due: 6 weeks
          on_overdue: {tell: role:lead}

        == expression.time_of_day
        What stands behind `at` is no time of day.
        wrong
        --- steps
        - wait: morning
          until: start at 29:00
        right
        --- steps
        - wait: morning
          until: start at 09:00

        == expression.too_deep
        An expression nests too deep.
        A hundred levels of parentheses and operators are more than anybody reads. Compute a part of it in a field.

        == expression.too_long
        An expression is too long.
        An expression has at most 10,000 octets. Compute a part of it in a field.

        == expression.dynamic
        The type of a value is known only while the request runs.
        Values in a list or a map are of one type, and `dyn` is not part of the language.
        wrong
        --- steps
        - task: work
          when: '[1, "two"].size() > n'
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          when: '[1, 2].size() > n'
          assign: team:hr
          forever: true

        == expression.cost
        An expression may take too many steps.
        The bound comes from the forms: the longest texts and lists they allow. Lower those, or compare less with everything.
        wrong
        --- form
        many: {label: Many, type: list, of: {type: text}, max: 1000}
        twins: {label: T, type: yes_no, value: "many.exists(a, many.exists(b, many.exists(c, a + b == c)))"}
        right
        --- form
        many: {label: Many, type: list, of: {type: text}, max: 1000}
        twins: {label: T, type: yes_no, value: 'many.exists(a, a == "twin")'}

        == expression.not_before
        An expression uses something that is not known yet at its place.
        A field sees the fields before it, a step the outputs of those that have surely settled before it starts.
        wrong
        --- steps
        - task: first
          assign: team:hr
          form: {size: {label: Size, type: integer}}
          forever: true
        - task: work
          when: first.size > 5
          assign: team:hr
          forever: true
        right
        --- steps
        - task: first
          assign: team:hr
          form: {size: {label: Size, type: integer}}
          forever: true
        - task: work
          after: first
          when: first.size > 5
          assign: team:hr
          forever: true

        == expression.constant
        A condition reads nothing, so it is always the same.
        wrong
        --- steps
        - task: work
          when: 1 < 2
          assign: team:hr
          forever: true
        right
        --- steps
        - task: work
          assign: team:hr
          forever: true

        == choose.outputs
        The cases of a choose give different outputs.
        What a choose gives is used behind it whichever case was taken, so each case gives the same names and types.
        wrong
        --- steps
        - choose: route
          cases:
            - {when: urgent, gives: {level: 1}}
          else: {gives: {rank: 2}}
        right
        --- steps
        - choose: route
          cases:
            - {when: urgent, gives: {level: 1}}
          else: {gives: {level: 2}}
        """#
}
