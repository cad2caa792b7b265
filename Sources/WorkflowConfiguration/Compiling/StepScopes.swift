import Expressions
import WorkflowCore

/// Which steps' outputs each step sees, and when they are surely there.
struct StepScopes {
    let graph: ProcessGraph
    /// The scope behind the form: built-in names and fields.
    let base: Scope
    let contracts: [RequestTypeID: Contract]

    /// What a step's expressions see; its own condition is known to hold unless it is `when` itself that is asked for.
    func scope(of position: Int, forCondition: Bool = false) -> Scope {
        var scope = base
        let before = graph.settledBefore(position)
        let around = graph.ancestors(of: position)
        for (other, step) in graph.steps.enumerated() where Self.hasOutputs(step) {
            if before.contains(other) {
                scope.declare(step.id.value, declaration(of: other, seenInside: around))
            } else {
                scope.later[step.id.value] =
                    other == position
                    ? "It is this step itself." : "It need not have settled before: add `after: \(step.id.value)`."
            }
        }
        let conditions = (forCondition ? [] : [position]) + around
        return scope.assuming(conditions.compactMap { graph.steps[$0].when?.expression })
    }

    /// What is known when the request ends well: after every step has settled, or earlier at an `end` that is good.
    func scopeAtEnd(of outcomes: [Outcome]) -> Scope {
        var scope = base
        let good = Set(outcomes.filter(\.isGood).map(\.id.text))
        let earlyEnds = graph.steps.indices.filter { endsWell(graph.steps[$0], good) }
        for (position, step) in graph.steps.enumerated() where Self.hasOutputs(step) {
            let isSure = earlyEnds.allSatisfy { $0 == position ? false : graph.settledBefore($0).contains(position) }
            let declaration = declaration(of: position, seenInside: [])
            scope.declare(
                step.id.value,
                isSure ? declaration : VariableDeclaration(type: declaration.type, presence: .sometimes))
        }
        return scope
    }

    /// Outside of the process, where no step is known to have settled.
    func scopeOutside(_ hint: String) -> Scope {
        var scope = base
        for step in graph.steps where Self.hasOutputs(step) { scope.later[step.id.value] = hint }
        return scope
    }

    private static func hasOutputs(_ step: DraftStep) -> Bool {
        switch step.kind {
        case .task, .approval, .request: true
        case .block, .end: false
        }
    }

    private func endsWell(_ step: DraftStep, _ good: Set<String>) -> Bool {
        if case .end(let outcome?) = step.kind, good.contains(outcome.value) { return true }
        if case .end(let outcome) = step.onFailure?.action, good.contains(outcome.value) { return true }
        if case .end(let outcome) = step.onOverdue?.action, good.contains(outcome.value) { return true }
        return false
    }

    // MARK: Presence

    private func declaration(of position: Int, seenInside around: [Int]) -> VariableDeclaration {
        let outer = graph.ancestors(of: position).filter { !around.contains($0) }
        let isPassedOver = ([position] + outer).contains { scope in
            if case .continue = graph.steps[scope].onFailure?.action { true } else { false }
        }
        let mayBeLeft = outer.contains { scope in
            if case .continue = graph.steps[scope].onFailure?.action { return true }
            return graph.leftBlocks.contains(graph.steps[scope].id.value)
        }
        // A failure that the process goes on from leaves a record behind in which only the outcome is sure; a step that was
        // cancelled because its block was left leaves nothing.
        return VariableDeclaration(
            type: type(of: graph.steps[position], outputs: isPassedOver || mayBeLeft ? .sometimes : .always),
            presence: mayBeLeft ? .sometimes : Stability.later(presence(of: [position] + outer)))
    }

    /// A step that has settled was not skipped when its conditions and those of the blocks around it held.
    private func presence(of scopes: [Int]) -> Presence {
        let conditions = scopes.compactMap { graph.steps[$0].when }
        switch conditions.count {
        case 0: return .always
        case 1: return .when(conditions[0].expression)
        default:
            let source = conditions.map { "(\($0.expression.source))" }.joined(separator: " && ")
            // Conditions that parse singly parse together, unless they are too long together; then less is known.
            return (try? Expression.parse(source)).map { .when($0) } ?? .sometimes
        }
    }

    private func type(of step: DraftStep, outputs presence: Presence) -> ExpressionType {
        switch step.kind {
        case .task(_, _, let fields):
            var record: [String: VariableDeclaration] = [:]
            for field in fields {
                let declaration = FormCompiler.declaration(field)
                // A condition of the form is about the form's own names, which mean nothing outside of it.
                record[field.id.value] = VariableDeclaration(
                    type: declaration.type, presence: declaration.presence == .always ? presence : .sometimes)
            }
            return .record(RecordType(name: step.id.value, fields: record))
        case .approval:
            let outcome = ChoiceType(name: "outcomes of an approval", members: ["approved", "rejected"])
            return .record(
                RecordType(name: step.id.value, fields: ["outcome": VariableDeclaration(type: .choice(outcome))]))
        case .request(let child):
            guard let type = child.type, let contract = contracts[RequestTypeID(type.value)] else { return .dyn }
            return .record(contract.record(named: step.id.value, wait: child.wait, outputs: presence))
        case .block, .end: return .dyn
        }
    }
}
