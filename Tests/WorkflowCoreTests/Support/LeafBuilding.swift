import Expressions

@testable import WorkflowCore

/// The value with something about it changed.
func with<Subject>(_ subject: Subject, _ change: (inout Subject) -> Void) -> Subject {
    var subject = subject
    change(&subject)
    return subject
}

func taskStep(_ assign: PeopleSource..., form: [Field] = [], _ change: (inout TaskStep) -> Void) -> StepKind {
    .task(with(TaskStep(assign: assign, fallback: [], form: Form(fields: form)), change))
}

func approvalStep(
    _ from: PeopleSource..., need: Need = .any, not excluded: [PeopleSource] = [], fallback: [PeopleSource] = [],
    rejection: RejectionRule = .any, covers: [FieldID]? = nil, _ change: (inout ApprovalStep) -> Void = { _ in }
) -> StepKind {
    .approval(
        with(
            ApprovalStep(
                from: from, need: need, excluded: excluded, fallback: fallback, rejection: rejection, covers: covers),
            change))
}

func nudges(remind: String? = nil, escalate: (String, [PeopleSource])? = nil) -> Nudges {
    with(Nudges()) {
        $0.remind = remind.map { expression($0) }
        $0.escalation = escalate.map { Escalation(after: expression($0.0), to: $0.1) }
    }
}

func wait(until expression_: String) -> StepKind { .wait(.until(expression(expression_))) }

func wait(for span: String) -> StepKind { .wait(.span(expression(span))) }

func wait(
    event: String, key: String? = nil, form: [Field] = [], keep: Span = Span(amount: 7, unit: .days)
) -> StepKind {
    .wait(.event(EventWait(event: event, key: key.map { expression($0) }, form: Form(fields: form), keep: keep)))
}

func call(
    _ method: CallMethod = .post, _ path: String = "/accounts", with inputs: [(String, String)] = [],
    perhaps absent: [String] = [], answer: [Field] = []
) -> CallStep {
    let declared = Dictionary(
        uniqueKeysWithValues: absent.map { ($0, VariableDeclaration(type: .date, presence: .sometimes)) })
    return CallStep(
        service: "directory", method: method, path: template(path),
        inputs: inputs.map { CallInput(name: $0, value: .expression(expression($1, declared: declared))) },
        answer: Form(fields: answer))
}

func notify(_ to: PeopleSource..., message: String) -> StepKind {
    .notify(
        NotifyStep(
            to: to, message: LocalizedTemplate(["en": template(message), "de": template("de: " + message)])))
}

func set(_ assignments: (FieldID, String)...) -> StepKind {
    .set(assignments.map { Assignment(field: $0, value: .expression(expression($1))) })
}

func target(
    _ id: String, of step: StepID, within span: String? = nil, by moment: String? = nil, pause: [StepID] = [],
    warn: [Int] = [], onBreach: [PeopleSource] = []
) -> Target {
    let goal: Target.Goal =
        if let span { .within(expression(span)) } else { .by(expression(moment ?? "today")) }
    var target = Target(
        id: id, of: step, goal: goal, source: SourceLocation(file: "test.yaml", line: 1, column: 1))
    target.pause = pause
    target.warn = warn
    target.onBreach = onBreach
    return target
}

func rule(never subject: Rule.Subject, unless condition: String) -> Rule {
    Rule(
        never: subject, unless: expression(condition),
        source: SourceLocation(file: "test.yaml", line: 1, column: 1))
}

extension World {
    /// From now on, or on these days, somebody stands in for a person.
    mutating func deputise(
        _ person: PersonID, by deputy: PersonID, department: DepartmentID? = nil, from: CivilDate? = nil,
        until: CivilDate? = nil
    ) {
        people = people.map { row in
            guard row.id == person else { return row }
            return with(row) {
                $0.deputies.append(Directory.Deputy(deputy, department: department, from: from, until: until))
            }
        }
    }
}
