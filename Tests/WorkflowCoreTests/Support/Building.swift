import Expressions

@testable import WorkflowCore

// Definitions with good defaults: a test states only what matters to it.

private let nowhere = SourceLocation(file: "test.yaml", line: 1, column: 1)

/// A checked expression; every name in it that is not built in is declared as known only at run time, unless `declared` says more.
func expression(_ source: String, declared: [String: VariableDeclaration] = [:]) -> CheckedExpression {
    var declarations = Declarations(
        variables: StandardDeclarations.builtIns.merging(declared) { $1 }, functions: StandardDeclarations.functions)
    for name in names(in: source) where declarations.variables[name] == nil {
        declarations.variables[name] = VariableDeclaration(type: .dyn)
    }
    do {
        return try Expression.parse(source).checked(in: declarations)
    } catch {
        preconditionFailure("\(source): \(error)")
    }
}

func template(_ source: String) -> CheckedTemplate {
    var declarations = Declarations(variables: StandardDeclarations.builtIns)
    for name in names(in: source) where declarations.variables[name] == nil {
        declarations.variables[name] = VariableDeclaration(type: .dyn)
    }
    do {
        return try TextTemplate.parse(source).checked(in: declarations)
    } catch {
        preconditionFailure("\(source): \(error)")
    }
}

private let words: Set<String> = [
    "in", "and", "or", "not", "true", "false", "null", "at", "has", "days", "day", "working", "hours", "hour",
    "minutes",
    "weeks", "week", "manager_of", "size", "sum", "map", "r", "otherwise",
]

private func names(in source: String) -> Set<String> {
    var names: Set<String> = []
    var current = ""
    for scalar in (source + " ").unicodeScalars {
        if ("a"..."z").contains(scalar) || scalar == "_" || (!current.isEmpty && ("0"..."9").contains(scalar)) {
            current.unicodeScalars.append(scalar)
        } else {
            if !current.isEmpty, !words.contains(current) { names.insert(current) }
            current = ""
        }
    }
    return names
}

func people(_ source: String) -> PeopleSource { .expression(expression(source)) }

func field(
    _ id: FieldID, _ kind: FieldKind = .text(maximumLength: 200), optional: Bool = false, askWhen: String? = nil,
    check: String? = nil, message: String? = nil, default defaultValue: String? = nil,
    sensitive: [PeopleSource]? = nil, computed: String? = nil
) -> Field {
    var field = Field(
        id: id, label: text(id.text), help: nil, kind: kind, isOptional: optional,
        askWhen: askWhen.map { expression($0) }, check: check.map { expression($0) },
        message: message.map { LocalizedTemplate(["en": template($0), "de": template("de: " + $0)]) },
        defaultValue: defaultValue.map { expression($0) }, sensitive: sensitive, source: nowhere)
    field.computed = computed.map { expression($0) }
    return field
}

func rows(_ columns: Field..., minimum: Int = 0, maximum: Int = 10) -> FieldKind {
    .rows(RowsKind(columns: Form(fields: columns), minimum: minimum, maximum: maximum))
}

func step(
    _ id: StepID, _ kind: StepKind, when: String? = nil, after: [StepID] = [], due: String? = nil,
    onOverdue: OverdueAction? = nil, onFailure: FailureHandler? = nil
) -> Step {
    step(
        id, kind, when: when, after: after, due: due.map { expression($0) }, onOverdue: onOverdue, onFailure: onFailure)
}

func step(
    _ id: StepID, _ kind: StepKind, when: String? = nil, after: [StepID] = [], due: CheckedExpression?,
    onOverdue: OverdueAction? = nil, onFailure: FailureHandler? = nil
) -> Step {
    Step(
        id: id, title: nil, when: when.map { expression($0) }, after: after, stage: nil, due: due,
        onOverdue: onOverdue, onFailure: onFailure, kind: kind, source: nowhere)
}

func task(
    _ assign: PeopleSource..., fallback: [PeopleSource] = [], form: [Field] = []
) -> StepKind {
    .task(TaskStep(assign: assign, fallback: fallback, form: Form(fields: form)))
}

func approval(
    _ from: PeopleSource..., need: Need = .any, not excluded: [PeopleSource] = [], fallback: [PeopleSource] = [],
    rejection: RejectionRule = .any
) -> StepKind {
    .approval(
        ApprovalStep(
            from: from, need: need, excluded: excluded, fallback: fallback, rejection: rejection, covers: nil))
}

func child(
    _ type: RequestTypeID, with inputs: [(FieldID, String)] = [], wait: ChildWait = .ended
) -> StepKind {
    .request(
        ChildStep(
            type: type, inputs: inputs.map { ChildInput(field: $0, value: .expression(expression($1))) }, wait: wait))
}

func requestType(
    _ id: RequestTypeID = "hr.leave", form: [Field] = [], audience: [PeopleSource] = [.role("employee")],
    offeredTo: Offer = .nobody, outputs: [(String, String)] = [], cancel: Cancellation? = nil,
    outcomes: [Outcome] = [.done, .rejected, .withdrawn], _ steps: [Step]
) -> RequestType {
    RequestType(
        id: id, department: id.department, title: text(id.text), summary: nil, audience: audience,
        offeredTo: offeredTo, outcomes: outcomes, form: Form(fields: form),
        outputs: outputs.map { Output(name: $0, value: expression($1), source: nowhere) }, cancellation: cancel,
        steps: steps, source: nowhere)
}

extension Outcome {
    static let done = Outcome(id: "done", isGood: true)
    static let rejected = Outcome(id: "rejected", isGood: false)
    static let withdrawn = Outcome(id: "withdrawn", isGood: false)
}

/// A request type of which only the steps matter.
func requestType(_ steps: [Step]) -> RequestType { requestType(form: [], steps) }

// Containers.

func branch(when condition: String? = nil, gives: [(String, String)] = [], _ steps: [Step] = []) -> ChooseCase {
    ChooseCase(
        when: condition.map { expression($0) },
        gives: gives.map { Output(name: $0, value: expression($1), source: nowhere) }, steps: steps, source: nowhere)
}

func choose(_ cases: ChooseCase...) -> StepKind { .choose(ChooseStep(cases: cases)) }

func loop(
    until: String, max maximum: Int = 3, onExhausted: FailureHandler? = nil, _ steps: [Step]
) -> StepKind {
    .repeat(
        RepeatStep(steps: steps, until: expression(until), maximum: maximum, onExhausted: onExhausted))
}

func each(
    _ variable: String, of list: String, key: String? = nil, need: EachNeed = .all, rest: Rest = .cancel,
    add: LateElements? = nil, _ steps: [Step]
) -> StepKind {
    .each(
        EachStep(
            variable: variable, of: expression(list), key: key.map { expression($0) }, need: need, rest: rest, add: add,
            steps: steps))
}

func race(_ win: RaceStep.Win, need: Int = 1, rest: Rest = .cancel, _ branches: [Step]) -> StepKind {
    .race(RaceStep(branches: branches, win: win, need: need, rest: rest))
}

func undo(by type: RequestTypeID, with inputs: [(FieldID, String)] = []) -> Undo {
    .request(
        ChildStep(
            type: type, inputs: inputs.map { ChildInput(field: $0, value: .expression(expression($1))) }, wait: .ended))
}
