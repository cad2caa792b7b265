import Expressions
import WorkflowCore

/// Which steps' outputs each step sees, and when they are surely there.
///
/// A class, because what a name means is worked out once and asked for at many places. It belongs to one compilation and is not shared.
final class StepScopes {
    let graph: ProcessGraph
    /// The scope behind the form: built-in names and fields.
    let base: Scope
    let contracts: Contracts
    private let stability: Stability
    private var conditions: [Int: [Expression?]] = [:]
    /// By choose and case: what holds when it is taken.
    private var holding: [Int: [Int: [Expression]?]] = [:]
    private var givenTypes: [Int: [String: ExpressionType]] = [:]
    private var elementTypes: [Int: ExpressionType] = [:]
    /// What is being worked out: a process that waits for itself in a circle must not do so here.
    private var open: Set<Int> = []
    private var types: [Int: ExpressionType] = [:]
    private var parsed: [String: Expression?] = [:]
    private var tables: [Int: [String: ExpressionType]] = [:]
    /// By position: whether the step leaves a record behind, whether the process goes on from its failure, and the steps around it whose
    /// inner steps have no single name, the innermost first.
    let hasOutputs: [Bool]
    private let passedOver: [Bool]
    private let hiders: [[Int]]
    /// What cannot be worked out is not remembered, since it may be known outside of a circle. So that a broken process is not worked
    /// out for ever, there is an end to it.
    private var budget = 20_000

    init(
        graph: ProcessGraph, base: Scope, contracts: Contracts, stability: Stability
    ) {
        self.graph = graph
        self.base = base
        self.contracts = contracts
        self.stability = stability
        hasOutputs = graph.steps.map(Self.hasOutputs)
        passedOver = graph.steps.map { if case .continue = $0.onFailure?.action { true } else { false } }
        let hides = graph.steps.map(\.kind.hidesInner)
        hiders = graph.steps.indices.map { graph.ancestors(of: $0).filter { hides[$0] } }
        prepare()
    }

    /// Works out what needs other steps in the order in which they run, so that nothing goes deep when it is asked for.
    private func prepare() {
        let asked = graph.steps.indices.filter { position in
            switch graph.steps[position].kind {
            case .choose, .each: true
            default: false
            }
        }
        for (position, _) in asked.map({ ($0, graph.settledBefore($0).count) }).sorted(by: { $0.1 < $1.1 }) {
            switch graph.steps[position].kind {
            case .choose(let choose):
                _ = conditions(of: position)
                _ = types(givenBy: choose, at: position)
            case .each: _ = elementType(of: position)
            default: break
            }
        }
    }

    /// What a step's expressions see; its own condition is known to hold unless it is `when` itself that is asked for.
    func scope(of position: Int, forCondition: Bool = false) -> Scope {
        base.seeing(StepView(scopes: self, place: .step(position)))
            .assuming(known(at: position, forCondition: forCondition))
    }

    /// What a case's `gives` see: the choose's own scope, in which its condition holds.
    func scope(ofCase index: Int, of choose: Int) -> Scope {
        scope(of: choose).assuming(taken(index, of: choose) ?? [])
    }

    /// What is known at the end of a round: all that the loop's steps left behind in it.
    func scopeAtEndOfRound(of loop: Int) -> Scope {
        scope(of: loop).seeing(StepView(scopes: self, place: .endOfRound(loop)))
    }

    /// What is known when a step is done: what it saw, and its own outputs.
    func scopeAtEnd(of position: Int) -> Scope {
        var scope = scope(of: position)
        guard hasOutputs[position] else { return scope }
        let type = type(of: position, outputs: .always)
        scope.declare(graph.steps[position].id.value, VariableDeclaration(type: type))
        return scope
    }

    /// Whether something can be begun to be worked out; it is then taken out of `open` at its end.
    private func begin(_ work: Int) -> Bool {
        guard budget > 0, open.count < 64, open.insert(work).inserted else { return false }
        budget -= 1
        return true
    }

    /// What is known when the request ends well: after every step has settled, or earlier at an `end` that is good.
    func scopeAtEnd(of outcomes: [Outcome]) -> Scope {
        let good = Set(outcomes.filter(\.isGood).map(\.id.text))
        let earlyEnds = graph.steps.indices.filter { endsWell(graph.steps[$0], good) }
        return base.seeing(StepView(scopes: self, place: .end(early: earlyEnds)))
    }

    /// Outside of the process, where no step is known to have settled.
    func scopeOutside(_ hint: String) -> Scope { base.seeing(StepView(scopes: self, place: .outside(hint))) }

    /// At the start of a step that a rule is about, or of any: whatever can be named there, and nothing of it is sure.
    func scopeOfRule(about position: Int?) -> Scope { base.seeing(StepView(scopes: self, place: .rule(position))) }

    // MARK: Names of containers

    /// The outermost step around one and not around the reader whose inner steps have no single name.
    func container(hiding position: Int, from around: [Int]) -> String? {
        let hiding = hiders[position]
        guard !hiding.isEmpty else { return nil }
        return hiding.last { !around.contains($0) }.map { graph.steps[$0].id.value }
    }

    /// The number of the round, the last round, and the element: names that containers give to what stands inside, the innermost first.
    func local(_ name: String, in around: [Int]) -> VariableDeclaration? {
        for container in around {
            let step = graph.steps[container]
            switch step.kind {
            case .repeat where name == step.id.value:
                let round = RecordType(name: name, fields: ["round": VariableDeclaration(type: .int)])
                return VariableDeclaration(type: .record(round))
            case .repeat where name == "previous": return previous(of: container)
            case .each(let each) where each.variable?.value == name:
                let type = elementType(of: container)
                return VariableDeclaration(type: type, size: type.usualSize)
            default: break
            }
        }
        return nil
    }

    /// The last round's steps; there is none in the first.
    private func previous(of loop: Int) -> VariableDeclaration {
        let around = [loop] + graph.ancestors(of: loop)
        var fields: [String: VariableDeclaration] = [:]
        // A step that reads the round before waits for nothing in it, so circles end here.
        guard begin(loop) else {
            return VariableDeclaration(type: .record(RecordType(name: "previous", fields: [:])), presence: .sometimes)
        }
        defer { open.remove(loop) }
        for other in graph.descendants(of: loop)
        where hasOutputs[other] && container(hiding: other, from: around) == nil {
            let declaration = declaration(of: other, seenInside: around, by: nil)
            let isSure = declaration.presence == .always
            fields[graph.steps[other].id.value] = VariableDeclaration(
                type: declaration.type, presence: isSure ? .always : .sometimes)
        }
        let later = expression("\(graph.steps[loop].id.value).round > 1")
        return VariableDeclaration(
            type: .record(RecordType(name: "the last round", fields: fields)),
            presence: later.map { .when($0) } ?? .sometimes)
    }

    /// The type of an each's elements; any, when its list is none.
    func elementType(of each: Int) -> ExpressionType {
        if let known = elementTypes[each] { return known }
        guard case .each(let draft) = graph.steps[each].kind, let list = draft.of, begin(each) else { return .dyn }
        defer { open.remove(each) }
        var type = ExpressionType.dyn
        // What is wrong with the list is said where the step is compiled.
        switch check(list.expression, in: scope(of: each))?.type {
        case .list(let element), .optional(.list(let element)): type = element
        default: break
        }
        if !type.isDynamic { elementTypes[each] = type }
        return type
    }

    // MARK: Conditions

    /// What holds at a step, because it and the steps around it have started.
    private func known(at position: Int, forCondition: Bool) -> [Expression] {
        var known: [Expression] = []
        for scope in [position] + graph.ancestors(of: position) {
            if let when = graph.steps[scope].when?.expression, !(forCondition && scope == position) {
                known.append(when)
            }
            if let parent = graph.parent(of: scope), let index = graph.caseIndex(of: scope) {
                known += taken(index, of: parent) ?? []
            }
        }
        return known
    }

    /// What holds when a case is taken; nil when that is not known.
    private func taken(_ index: Int, of choose: Int) -> [Expression]? {
        if let known = holding[choose]?[index] { return known }
        let found = worked(index, of: choose)
        // Of conditions that are not all known yet, more may be later.
        if conditions[choose] != nil { holding[choose, default: [:]][index] = .some(found) }
        return found
    }

    private func worked(_ index: Int, of choose: Int) -> [Expression]? {
        guard case .choose(let draft) = graph.steps[choose].kind else { return nil }
        let conditions = conditions(of: choose)
        guard conditions.indices.contains(index) else { return nil }
        var holding: [Expression] = []
        let isElse = draft.cases[index].isElse
        if !isElse {
            guard let condition = conditions[index] else { return nil }
            holding.append(condition)
        }
        // In a table without overlaps it is enough that the row holds.
        if isElse || draft.hit == .first {
            for earlier in conditions[..<index] {
                guard let negation = earlier?.negation else { return nil }
                holding.append(negation)
            }
        }
        return holding
    }

    /// The conditions of a choose's cases; nil for one that cannot be read, and for `else`.
    func conditions(of choose: Int) -> [Expression?] {
        if let known = conditions[choose] { return known }
        guard case .choose(let draft) = graph.steps[choose].kind, begin(choose) else { return [] }
        defer { open.remove(choose) }
        let hasRows = draft.cases.contains { if case .row = $0.condition { true } else { false } }
        let types = hasRows ? columnTypes(of: choose) : [:]
        let found = draft.cases.map { which -> Expression? in
            switch which.condition {
            case .expression(let draft): draft?.expression
            case .row(let cells): TableCells.condition(of: cells, types).flatMap { expression($0) }
            case .else: nil
            }
        }
        if zip(found, draft.cases).allSatisfy({ $0 != nil || $1.isUnconditional }) { conditions[choose] = found }
        return found
    }

    /// What the columns of a choose's table hold; a column that cannot be read is missing.
    func columnTypes(of choose: Int) -> [String: ExpressionType] {
        if let known = tables[choose] { return known }
        guard case .choose(let draft) = graph.steps[choose].kind, !draft.columns.isEmpty else { return [:] }
        let scope = scope(of: choose)
        var types: [String: ExpressionType] = [:]
        for column in draft.columns {
            guard let type = check(column.expression.expression, in: scope)?.type else { continue }
            types[column.name] = if case .optional(let wrapped) = type { wrapped } else { type }
        }
        if types.count == draft.columns.count, !types.values.contains(where: \.isDynamic) { tables[choose] = types }
        return types
    }

    /// Without a word about what is wrong: that is said where the expression is compiled.
    private func check(_ expression: Expression, in scope: Scope) -> CheckedExpression? {
        try? scope.check(expression)
    }

    /// Conditions that parse singly parse together, unless they are too long together; then less is known.
    /// Each is parsed once: the same conditions are asked for by every step that reads what stands under them.
    private func expression(_ source: String) -> Expression? {
        if let known = parsed[source] { return known }
        let expression = try? Expression.parse(source)
        parsed[source] = .some(expression)
        return expression
    }

    // MARK: Presence

    /// A step's record as another one sees it, or as it is seen at the end of the request when that is nil.
    func declaration(of position: Int, seenInside around: [Int], by reader: Int?) -> VariableDeclaration {
        let ancestors = graph.ancestors(of: position)
        let outer = ancestors.isEmpty ? ancestors : ancestors.filter { !around.contains($0) }
        let mayBeLeft = outer.contains { scope in
            passedOver[scope] || graph.leftBlocks.contains(graph.steps[scope].id.value)
        }
        // A failure that the process goes on from leaves a record behind in which only the outcome is sure; a step that was
        // cancelled because what is around it was left leaves nothing.
        let type = knownType(of: position, isSure: !passedOver[position] && !mayBeLeft)
        return VariableDeclaration(
            type: type, presence: mayBeLeft ? .sometimes : presence(of: position, outer, by: reader))
    }

    /// The type of a step's record; worked out once when all of it is known.
    private func knownType(of position: Int, isSure: Bool) -> ExpressionType {
        let key = position * 2 + (isSure ? 1 : 0)
        if let known = types[key] { return known }
        let type = type(of: position, outputs: isSure ? .always : .sometimes)
        if !type.isDynamic { types[key] = type }
        return type
    }

    /// A step that has settled was not skipped when its conditions and those of what is around it held, nor lost in a race that it won.
    private func presence(of position: Int, _ outer: [Int], by reader: Int?) -> Presence {
        if outer.isEmpty, graph.steps[position].when == nil { return .always }
        var conditions: [Expression] = []
        let locals = locals(of: outer)
        for scope in [position] + outer {
            var own = graph.steps[scope].when.map { [$0.expression] } ?? []
            if let parent = graph.parent(of: scope), outer.contains(parent) {
                if let index = graph.caseIndex(of: scope) {
                    guard let taken = taken(index, of: parent) else { return .sometimes }
                    own += taken
                } else if case .race = graph.steps[parent].kind {
                    let names = (graph.steps[parent].id.value, graph.steps[scope].id.value)
                    guard let won = expression("\(names.0).winner == \"\(names.1)\"") else { return .sometimes }
                    conditions.append(won)
                }
            }
            guard
                own.allSatisfy({ condition in
                    stability.isStable(condition, from: scope, to: reader)
                        && stability.words(condition).isDisjoint(with: locals)
                })
            else { return .sometimes }
            conditions += own
        }
        if conditions.isEmpty { return .always }
        return Expression.all(conditions).map { .when($0) } ?? .sometimes
    }

    /// Names that mean something only inside of these containers.
    private func locals(of containers: [Int]) -> Set<String> {
        containers.reduce(into: []) { names, container in
            switch graph.steps[container].kind {
            case .repeat: names.insert("previous")
            case .each(let each): if let variable = each.variable { names.insert(variable.value) }
            default: break
            }
        }
    }

    private func endsWell(_ step: DraftStep, _ good: Set<String>) -> Bool {
        if case .end(let outcome?) = step.kind, good.contains(outcome.value) { return true }
        if case .end(let outcome) = step.onFailure?.action, good.contains(outcome.value) { return true }
        if case .end(let outcome) = step.onOverdue?.action, good.contains(outcome.value) { return true }
        if case .repeat(let loop) = step.kind, case .end(let outcome) = loop.onExhausted?.action {
            return good.contains(outcome.value)
        }
        return false
    }

    // MARK: Types

    /// What a choose gives; one whose cases disagree is any, which is complained about where the step is compiled.
    func types(givenBy choose: DraftChoose, at position: Int) -> [String: ExpressionType] {
        if !choose.outputs.isEmpty {
            return choose.outputs.reduce(into: [:]) { $0[$1.id.value] = $1.kind?.expressionType ?? .dyn }
        }
        if let known = givenTypes[position] { return known }
        guard begin(-1 - position) else { return [:] }
        defer { open.remove(-1 - position) }
        var values: [String: [CheckedExpression?]] = [:]
        for (index, which) in choose.cases.enumerated() {
            for given in which.gives {
                values[given.name.value, default: []].append(
                    given.value?.expression.flatMap { check($0, in: scope(ofCase: index, of: position)) })
            }
        }
        let types = values.reduce(into: [:]) { types, entry in
            types[entry.key] =
                GivenTypes.joined(entry.value, name: "\(graph.steps[position].id.value).\(entry.key)") ?? .dyn
        }
        if !types.values.contains(where: \.isDynamic) { givenTypes[position] = types }
        return types
    }
}

extension DraftValue {
    /// As an expression; nil for a text that holds expressions itself.
    var expression: Expression? {
        switch self {
        case .expression(let draft): draft.expression
        case .text(let template, let scalar): LiteralText.expression(template, scalar)?.expression
        }
    }
}
