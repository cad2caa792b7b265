import Expressions

/// What surely holds when a step starts: conditions on the way to it, and how the steps before it have settled.
///
/// A class, because several checks hold it, and what chooses ask is translated once. It belongs to one check and is not shared.
final class ProcessFacts {
    let flow: ProcessFlow
    let domains: NameDomains
    let configuration: Configuration
    /// The conditions of the steps, translated once.
    private let whens: [Formula?]
    /// What stays true of them once they held, and once they did not.
    private let lastingWhens: [Formula?]
    private let lastingSkips: [Formula?]
    /// For each step, what is known once it has settled well, unless it was skipped; nil for nothing.
    private let results: [Formula?]
    /// By the position of a choose: what its cases ask.
    private var cases: [Int: [Formula?]] = [:]

    init(flow: ProcessFlow, domains: NameDomains, configuration: Configuration) {
        self.flow = flow
        self.domains = domains
        self.configuration = configuration
        let whens = flow.steps.map { $0.when?.formula }
        self.whens = whens
        lastingWhens = whens.map { $0?.weakened { !domains.isLasting($0) } }
        lastingSkips = whens.map { when in when.map { Formula.not($0).weakened { !domains.isLasting($0) } } }
        results = flow.steps.map { step in
            if case .continue? = step.onFailure { return nil }
            switch step.kind {
            case .approval: return .equals([step.id.text, "outcome"], .string("approved"))
            case .request(let child):
                guard child.wait == .ended, let contract = configuration.requestTypes[child.type] else { return nil }
                let good = contract.outcomes.filter(\.isGood).map(\.id.text)
                return .isOne(of: good, [step.id.text, "outcome"])
            case .repeat(let loop):
                if case .continue? = loop.onExhausted { return nil }
                return loop.until.formula.weakened { !domains.isLasting($0) }
            default: return nil
            }
        }
    }

    /// Whether conditions can hold together, given what forms make sure of.
    func solve(_ conditions: [Formula]) -> ConditionSolver.Answer {
        ConditionSolver(conditions + domains.background(of: conditions), domain: domains.domain).solve()
    }

    /// Whether a condition can never hold where others do, and whether it can never fail.
    func verdict(on condition: Formula, knowing known: [Formula]) -> (never: Bool, always: Bool) {
        let conditions = known + [condition]
        let solver = ConditionSolver(
            conditions + domains.background(of: conditions), negating: known.count, domain: domains.domain)
        if case .never = solver.solve() { return (true, false) }
        if case .never = solver.negated.solve() { return (false, true) }
        return (false, false)
    }

    /// Those of some facts that have to do with conditions: that read what they read, or what such facts read. The others hold
    /// whatever the conditions come to.
    static func relevant(_ facts: [Formula], to conditions: [Formula]) -> [Formula] {
        var names = Set(conditions.flatMap(\.names))
        var left = facts
        var found: [Formula] = []
        var isGrowing = true
        while isGrowing, !left.isEmpty {
            isGrowing = false
            left.removeAll { fact in
                let own = fact.names
                guard !names.isDisjoint(with: own) else { return false }
                names.formUnion(own)
                found.append(fact)
                isGrowing = true
                return true
            }
        }
        return found
    }

    /// What holds when a step is about to start, its own `when` left out.
    func around(_ position: Int) -> [Formula] {
        var facts: [Formula] = []
        for scope in [position] + flow.ancestors(of: position) {
            if scope != position, let when = lastingWhens[scope] { facts.append(when) }
            if let parent = flow.parents[scope], let number = flow.cases[scope] {
                facts += chosen(number, of: parent).map(lasting)
            }
        }
        for other in flow.befores[position].elements { facts += settled(other, seenFrom: position) }
        return facts
    }

    /// What holds when a step starts, its own `when` included, which is asked at that very moment. Where the step may start later or once
    /// more, only what stays true of that helps.
    func start(of position: Int) -> [Formula] {
        let when = flow.steps[position].mayStartLater ? lastingWhens[position] : whens[position]
        return around(position) + (when.map { [$0] } ?? [])
    }

    /// What holds when a case of a choose is taken: its condition, and none of those before it.
    func chosen(_ number: Int, of position: Int) -> [Formula] {
        let conditions = conditions(of: position)
        guard conditions.indices.contains(number) else { return [] }
        return conditions[..<number].compactMap { $0.map { .not($0) } } + (conditions[number].map { [$0] } ?? [])
    }

    /// The conditions of a choose's cases; nil for `else`.
    func conditions(of position: Int) -> [Formula?] {
        if let known = cases[position] { return known }
        guard case .choose(let choose) = flow.steps[position].kind else { return [] }
        let conditions = choose.cases.map { $0.when?.formula }
        cases[position] = conditions
        return conditions
    }

    private func lasting(_ formula: Formula) -> Formula { formula.weakened { !domains.isLasting($0) } }

    /// What is known of a step that has settled before another starts.
    private func settled(_ position: Int, seenFrom start: Int) -> [Formula] {
        guard let result = results[position], !flow.left.contains(flow.steps[position].id) else { return [] }
        let around = flow.ancestors(of: start)
        let scopes = flow.ancestors(of: position).filter { !around.contains($0) }
        // In a scope that can be over before its steps are done, or run anew, nothing is sure of a single step.
        guard scopes.allSatisfy({ isPlain($0) }) else { return [] }
        // What begins again because a field changes need not be over a second time.
        guard !([position] + scopes).contains(where: { flow.steps[$0].startsAgain }) else { return [] }
        let isSkipped = ([position] + scopes).compactMap { lastingSkips[$0] }
        return [isSkipped.isEmpty ? result : .any(isSkipped + [result])]
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
