import Expressions

/// What surely holds when a step starts: conditions on the way to it, and how the steps before it have settled.
struct ProcessFacts {
    let flow: ProcessFlow
    let domains: NameDomains
    let configuration: Configuration

    /// Whether conditions can hold together, given what forms make sure of.
    func solve(_ conditions: [Formula]) -> ConditionSolver.Answer {
        ConditionSolver(conditions + domains.background(of: conditions), domain: domains.domain).solve()
    }

    /// What holds when a step is about to start, its own `when` left out.
    func around(_ position: Int) -> [Formula] {
        var facts: [Formula] = []
        for scope in [position] + flow.ancestors(of: position) {
            if scope != position, let when = flow.steps[scope].when { facts.append(lasting(when.formula)) }
            if let parent = flow.parents[scope], let number = flow.cases[scope] {
                facts += chosen(number, of: parent).map(lasting)
            }
        }
        for other in flow.befores[position].elements { facts += settled(other, seenFrom: position) }
        return facts
    }

    /// What holds when a step starts, its own `when` included, which is asked at that very moment.
    func start(of position: Int) -> [Formula] {
        around(position) + (flow.steps[position].when.map { [$0.formula] } ?? [])
    }

    /// What holds when a case of a choose is taken: its condition, and none of those before it.
    func chosen(_ number: Int, of position: Int) -> [Formula] {
        guard case .choose(let choose) = flow.steps[position].kind else { return [] }
        return choose.cases[..<number].compactMap { $0.when.map { .not($0.formula) } }
            + (choose.cases[number].when.map { [$0.formula] } ?? [])
    }

    private func lasting(_ formula: Formula) -> Formula { formula.weakened { !domains.isLasting($0) } }

    /// What is known of a step that has settled before another starts.
    private func settled(_ position: Int, seenFrom start: Int) -> [Formula] {
        let step = flow.steps[position]
        let around = flow.ancestors(of: start)
        let scopes = flow.ancestors(of: position).filter { !around.contains($0) }
        // In a scope that can be over before its steps are done, or run anew, nothing is sure of a single step.
        guard scopes.allSatisfy({ isPlain($0) }), !flow.left.contains(step.id) else { return [] }
        if case .continue? = step.onFailure { return [] }
        let isSkipped = ([position] + scopes).compactMap { flow.steps[$0].when.map { lasting(.not($0.formula)) } }
        switch step.kind {
        case .approval:
            return [.any(isSkipped + [.equals([step.id.text, "outcome"], .string("approved"))])]
        case .request(let child):
            guard child.wait == .ended, let contract = configuration.requestTypes[child.type] else { return [] }
            let good = contract.outcomes.filter(\.isGood).map(\.id.text)
            return [.any(isSkipped + [.isOne(of: good, [step.id.text, "outcome"])])]
        case .repeat(let loop):
            if case .continue? = loop.onExhausted { return [] }
            return [.any(isSkipped + [lasting(loop.until.formula)])]
        default: return []
        }
    }

    /// A scope whose steps have surely run their course when it has settled, unless it was skipped.
    private func isPlain(_ scope: Int) -> Bool {
        let step = flow.steps[scope]
        if flow.left.contains(step.id) { return false }
        if case .continue? = step.onFailure { return false }
        switch step.kind {
        case .block: return true
        case .repeat(let loop):
            if case .continue? = loop.onExhausted { return false }
            return true
        default: return false
        }
    }
}
