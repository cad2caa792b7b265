import Expressions
import WorkflowCore

/// Steps that hold others.
extension StepCompiler {
    func loop(_ draft: DraftRepeat, at position: Int, in scope: Scope) -> RepeatStep {
        let until = expressions.condition(draft.until, in: scopes.scopeAtEndOfRound(of: position))
        return RepeatStep(
            steps: steps(draft.steps), until: until ?? CheckedExpression.placeholder, maximum: draft.maximum,
            onExhausted: draft.onExhausted.map { handler($0.action, in: scope) })
    }

    func each(_ draft: DraftEach, of step: Located<String>, at position: Int, in scope: Scope) -> EachStep {
        let list = draft.of.flatMap { expressions.list($0, in: scope) }
        var inside = scope
        var key: CheckedExpression?
        if let variable = draft.variable {
            let element = scopes.elementType(of: position)
            inside.declare(variable.value, VariableDeclaration(type: element, size: element.usualSize))
            key = draft.key.flatMap { expressions.key($0, in: inside) }
            if draft.key == nil, !element.isKey, !element.isDynamic {
                findings.error(
                    .configMissingKey, "`\(step.value)` needs `key`: \(element) does not name itself.",
                    hint:
                        "A key is a text, a whole number, a choice or a person, such as `key: \(variable.value).item`.",
                    at: variable.location)
            }
        }
        if scopes.elementType(of: position).isKey { checkKeys(draft, key, of: step) }
        let add = draft.add.map { add in
            LateElements(by: people(add.by, in: scope), until: reference(add.until))
        }
        return EachStep(
            variable: draft.variable?.value ?? "", of: list ?? CheckedExpression.placeholder, key: key,
            need: draft.need,
            rest: draft.rest, add: add, steps: steps(draft.steps))
    }

    /// Elements that name themselves are told apart only where the form lets each stand in the list once.
    private func checkKeys(_ draft: DraftEach, _ key: CheckedExpression?, of step: Located<String>) {
        guard let variable = draft.variable, let of = draft.of, key == nil || key?.source == variable.value,
            let field = type.fields.first(where: { $0.id.value == of.expression.source }),
            case .list(_, _, _, unique: false)? = field.kind
        else { return }
        findings.warning(
            .eachSameKey,
            "`\(field.id.value)` may hold one value twice, and then `\(step.value)` fails before it begins.",
            hint: "Write `unique: true` at the field, so that the form says it.", at: of.scalar.location)
    }

    func race(_ draft: DraftRace) -> RaceStep {
        if draft.need > draft.branches.count, !draft.branches.isEmpty {
            findings.error(
                .configBadValue, "\(draft.need) of \(draft.branches.count) branches cannot win.", at: draft.needLocation
            )
        }
        return RaceStep(branches: steps(draft.branches), win: draft.win, need: draft.need, rest: draft.rest)
    }

    func adhoc(_ by: [DraftPeople], _ templates: [DraftStep], in scope: Scope) -> AdhocStep {
        return AdhocStep(by: people(by, in: scope), templates: steps(templates))
    }

    /// The name of a step of the process; nil after a complaint.
    private func reference(_ name: Located<String>?) -> StepID? {
        guard let name else { return nil }
        if graph.position(of: name.value) == nil {
            findings.error(
                .unknownStep, "There is no step `\(name.value)`.",
                hint: NearestName.hint(for: name.value, among: graph.names), at: name.location)
            return nil
        }
        return StepID(name.value)
    }

    // MARK: Choose

    func choose(_ draft: DraftChoose, of step: Located<String>, at position: Int) -> ChooseStep {
        let scope = scopes.scope(of: position)
        let types = scopes.columnTypes(of: position)
        let conditions = scopes.conditions(of: position)
        let tables = TableCompiler(expressions: expressions, scope: scope, types: types)
        tables.checkColumns(draft)
        checkGiven(draft, of: step)
        let declared = draft.outputs.reduce(into: [:]) { $0[$1.id.value] = $1.kind?.expressionType }
        let cases = draft.cases.enumerated().map { index, which in
            let inside = scopes.scope(ofCase: index, of: position)
            let when: CheckedExpression? =
                switch which.condition {
                case .expression(let condition): expressions.condition(condition, in: scope)
                case .row(let cells):
                    tables.row(
                        cells, conditions.indices.contains(index) ? conditions[index] : nil,
                        isLast: index == draft.cases.count - 1, at: which.location)
                case .else: nil
                }
            let gives = which.gives.compactMap { given in
                given.value.flatMap {
                    expressions.value($0, in: inside, expecting: declared[given.name.value])
                }.map {
                    Output(name: given.name.value, value: $0, source: given.name.location)
                }
            }
            return ChooseCase(when: when, gives: gives, steps: steps(which.steps), source: which.location)
        }
        if draft.outputs.isEmpty { checkTypes(cases, of: step) }
        // `else: none` is a case too, in which nothing happens.
        let none = ChooseCase(when: nil, gives: [], steps: [], source: step.location)
        var choose = ChooseStep(cases: cases + (draft.mayTakeNone ? [none] : []), hit: draft.hit)
        choose.columns = draft.columns.map(\.name)
        choose.outputs = FormCompiler(expressions: expressions, roles: roles).compile(draft.outputs, in: scope).form
        return choose
    }

    /// Every case gives the same names: those that are declared, where any are.
    private func checkGiven(_ draft: DraftChoose, of step: Located<String>) {
        var names = draft.outputs.map(\.id.value)
        if !names.isEmpty {
            for given in draft.cases.flatMap(\.gives) where !names.contains(given.name.value) {
                findings.error(
                    .chooseOutputs, "`\(step.value)` declares no output `\(given.name.value)`.",
                    hint: NearestName.hint(for: given.name.value, among: names)
                        ?? "Its own `gives` declares \(names.joined(separator: ", ")).",
                    at: given.name.location)
            }
        }
        for which in draft.cases where draft.outputs.isEmpty {
            for given in which.gives where !names.contains(given.name.value) { names.append(given.name.value) }
        }
        for which in draft.cases {
            let missing = names.filter { name in !which.gives.contains { $0.name.value == name } }
            guard !missing.isEmpty else { continue }
            findings.error(
                .chooseOutputs, "This case of `\(step.value)` does not give `\(missing.joined(separator: "`, `"))`.",
                hint: "Every case gives the same names.", at: which.location)
        }
    }

    /// Every case gives a name the same type.
    private func checkTypes(_ cases: [ChooseCase], of step: Located<String>) {
        guard let first = cases.first else { return }
        for given in first.gives {
            let others = cases.dropFirst().flatMap { $0.gives.filter { $0.name == given.name } }
            guard GivenTypes.joined(([given] + others).map(\.value), name: "") == nil,
                let odd = others.first(where: { GivenTypes.joined([given.value, $0.value], name: "") == nil })
            else { continue }
            findings.error(
                .chooseOutputs, "`\(given.name)` is \(odd.value.type) here and \(given.value.type) in the first case.",
                hint: "Give the same kind of value in every case.", at: odd.source)
        }
    }
}

extension ExpressionType {
    /// How large a value of it is taken to be where no form bounds it: as the longest text and the longest list of any form.
    var usualSize: SizeBound? {
        switch self {
        // Of a type that is not known because of another mistake, no second one is made.
        case .string, .dyn: .text(10_000)
        case .list(let element): .list(1_000, of: element.usualSize)
        case .optional(let wrapped): wrapped.usualSize
        default: nil
        }
    }

    /// Whether a value of it can name an element of an each.
    var isKey: Bool {
        switch self {
        case .string, .int, .choice, .person: true
        default: false
        }
    }
}
