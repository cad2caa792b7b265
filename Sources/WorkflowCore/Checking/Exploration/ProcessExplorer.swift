import Expressions

/// Walks through the ways a process can go, as far as they matter for one question: whether a rule can be broken, by a start of its subject
/// at which the condition does not hold, or whether steps can block each other.
///
/// Steps are waiting, open or settled; people and systems act in any order; conditions over single variables are exact. What it is
/// about does not depend on is left out: it may always come later. What a condition reads is remembered as long as it cannot change;
/// whatever asks the time, the directory or a field that changes is free each time it is asked.
struct ProcessExplorer {
    /// What a walk looks for.
    enum Goal {
        /// A start of a step at which the condition does not hold.
        case breaking(Int, unless: Formula)
        /// A state in which nothing can go on although some of these steps have not settled.
        case blocking(StepSet)
    }

    /// What a walk comes to.
    enum Answer {
        /// Every way was gone, and nothing was found.
        case holds
        /// A way there: what happens in order, and the values with which it does.
        case fails(path: [String], Witness)
        /// Too many ways to go them all.
        case tooMany
    }

    /// How many different states a walk visits before it gives up.
    static let budget = 200_000

    /// How steps stand.
    enum Status: UInt8 {
        case waiting
        /// Its `when` has been taken, and it is to start, or to start again, without asking once more.
        case beginning
        /// As that, but put aside until its `only_while` holds.
        case aside
        case open, done, skipped, failed, cancelled

        /// Whether what comes after it has to wait.
        var isUnsettled: Bool {
            switch self {
            case .waiting, .beginning, .aside, .open: true
            case .done, .skipped, .failed, .cancelled: false
            }
        }
    }

    /// A point of a walk.
    struct State: Hashable {
        var status: [Status]
        /// The chosen cell of each variable.
        var chosen: [Int?]
        /// The round of each repeat.
        var rounds: [Int]
    }

    let flow: ProcessFlow
    let domains: NameDomains
    let configuration: Configuration
    let goal: Goal
    let slice: ProcessSlice
    /// The steps of the slice in the order of the file.
    let members: [Int]
    /// Whether conditions that nothing is known of are taken to hold or not, as it suits.
    let isUsingFree: Bool

    private let table: ConditionTable
    private let conditions: [ProcessSlice.Key: ConditionTable.Compiled]
    private let background: ConditionTable.Compiled
    private let owners: [Int?]
    /// Whether a variable, or a free condition behind them, may have another answer at another moment.
    private let volatile: [Bool]

    init(facts: ProcessFacts, _ goal: Goal, isUsingFree: Bool) {
        flow = facts.flow
        domains = facts.domains
        configuration = facts.configuration
        self.goal = goal
        self.isUsingFree = isUsingFree
        let flow = facts.flow
        let slice = ProcessSlice(flow, goal)
        self.slice = slice
        members = slice.steps.elements
        let all = slice.conditions.values.map(\.self)
        let background = facts.domains.background(of: all)
        func owner(_ path: [String]) -> Int? {
            guard let name = path.first, let step = flow.position(of: StepID(name)), slice.steps.contains(step) else {
                return nil
            }
            return step
        }
        var table = ConditionTable(
            all.sorted { "\($0)" < "\($1)" } + background, domain: facts.domains.domain, mayVanish: { owner($0) != nil }
        )
        var compiled: [ProcessSlice.Key: ConditionTable.Compiled] = [:]
        for (key, condition) in slice.conditions { compiled[key] = table.compile(condition) }
        conditions = compiled
        self.background = table.compile(.all(background))
        owners = table.names.map(owner)
        // What a step has to say follows from how it stands.
        volatile =
            table.names.map { path in
                if let owner = owner(path) { return flow.mayGoOn(owner) }
                return !facts.domains.isLasting(.test(.init(path, .isPresent)))
            }
            + table.freeFormulas.map { formula in
                !facts.domains.isLasting(formula)
                    || formula.names.contains { flow.position(of: StepID($0)) != nil }
            }
        self.table = table
    }

    // MARK: The walk

    private struct Visit {
        let state: State
        let origin: Int?
        let event: String?
    }

    /// Breadth first, so that a way that is found is a shortest one. Cost: bounded by the budget.
    func explore() -> Answer {
        let count = flow.steps.count
        let start = State(
            status: Array(repeating: .waiting, count: count), chosen: Array(repeating: nil, count: table.count),
            rounds: Array(repeating: 0, count: count))
        var visits: [Visit] = []
        var seen: Set<State> = []
        func enter(_ next: [Settled], from origin: Int?, _ event: String?) -> (index: Int, state: State)? {
            for item in next {
                for result in settled(item) {
                    switch result {
                    case .found(let state):
                        visits.append(Visit(state: state, origin: origin, event: event))
                        return (visits.count - 1, state)
                    case .calm(let state):
                        if seen.insert(state).inserted {
                            visits.append(Visit(state: state, origin: origin, event: event))
                        }
                    }
                }
            }
            return nil
        }
        if let found = enter([.calm(start)], from: nil, nil) { return fails(found, visits) }
        var next = 0
        while next < visits.count {
            guard visits.count < Self.budget else { return .tooMany }
            for (event, states) in moves(from: visits[next].state) {
                if let found = enter(states, from: next, event) { return fails(found, visits) }
            }
            next += 1
        }
        return .holds
    }

    private func settled(_ item: Settled) -> [Settled] {
        guard case .calm(let state) = item else { return [item] }
        guard case .blocking = goal else { return settle(state) }
        return settleInOrder(state).map { isStuck($0) ? .found($0) : .calm($0) }
    }

    private func fails(_ found: (index: Int, state: State), _ visits: [Visit]) -> Answer {
        var path: [String] = []
        var next: Int? = found.index
        while let index = next {
            if let event = visits[index].event { path.append(event) }
            next = visits[index].origin
        }
        var chosen = found.state.chosen
        for (variable, owner) in owners.enumerated() where owner != nil { chosen[variable] = nil }
        return .fails(path: path.reversed(), table.witness(chosen))
    }

    // MARK: Conditions

    /// The ways in which a condition can turn out; what may change meanwhile is asked anew the next time.
    func ask(_ key: ProcessSlice.Key, _ state: State) -> [(holds: Bool, state: State)] {
        answers(key, state).map { ($0.holds, kept($0.state)) }
    }

    /// The ways in which a condition can turn out, with all that this takes.
    func answers(_ key: ProcessSlice.Key, _ state: State) -> [(holds: Bool, state: State)] {
        guard let condition = conditions[key] else { return [(true, state)] }
        var found: [(holds: Bool, state: State)] = []
        var open = [state]
        while let state = open.popLast() {
            let known = derived(state)
            var ignored: Int?
            if case .no = table.truth(background, known, &ignored) { continue }
            var next: Int?
            switch table.truth(condition, known, &next) {
            case .yes: found.append((true, state))
            case .no: found.append((false, state))
            case .open:
                guard let next, isUsingFree || next < table.names.count else { continue }
                for cell in (0..<table.cellCount(next)).reversed() where mayBe(cell, next, state) {
                    var choice = state
                    choice.chosen[next] = cell
                    open.append(choice)
                }
            }
        }
        return found
    }

    /// Without what may change meanwhile.
    func kept(_ state: State) -> State {
        guard isUsingFree, volatile.contains(true) else { return state }
        var state = state
        for (variable, isVolatile) in volatile.enumerated() where isVolatile { state.chosen[variable] = nil }
        return state
    }

    /// The choices, and what follows from how the steps stand.
    private func derived(_ state: State) -> [Int?] {
        var known = state.chosen
        for (variable, owner) in owners.enumerated() {
            guard let owner else { continue }
            let path = table.names[variable]
            switch (flow.steps[owner].kind, state.status[owner]) {
            case (.repeat, _) where path.last == "round":
                known[variable] = table.cells[variable].firstIndex { $0.contains(state.rounds[owner]) }
            case (.approval, .done): known[variable] = cell("approved", of: variable)
            case (.approval, .failed): known[variable] = cell("rejected", of: variable)
            case (_, .done), (_, .failed), (.choose, .open): break
            default: known[variable] = table.cells[variable].firstIndex(of: .absent)
            }
        }
        return known
    }

    /// A step that runs anew has no outputs yet.
    func forget(_ step: Int, _ state: inout State) {
        for (variable, owner) in owners.enumerated() where owner == step { state.chosen[variable] = nil }
    }

    private func cell(_ member: String, of variable: Int) -> Int? {
        table.cells[variable].firstIndex(of: .equals(.string(member)))
    }

    /// A child that went well has a good outcome, one that did not a bad one; what has not settled has nothing.
    private func mayBe(_ cell: Int, _ variable: Int, _ state: State) -> Bool {
        guard variable < owners.count, let owner = owners[variable] else { return true }
        let cell = table.cells[variable][cell]
        let isFailed = state.status[owner] == .failed
        guard table.names[variable].last == "outcome", case .request(let child) = flow.steps[owner].kind,
            let contract = configuration.requestTypes[child.type]
        else { return isFailed || cell != .absent || flow.steps[owner].hasPerhaps }
        guard case .equals(.string(let outcome)) = cell else { return false }
        return contract.outcome(OutcomeID(outcome))?.isGood ?? false != isFailed
    }
}

extension Cell {
    /// Whether a whole number lies in it.
    fileprivate func contains(_ number: Int) -> Bool {
        let value = Value.int(Int64(number))
        switch self {
        case .absent: return false
        case .equals(let own): return own.order(to: value) == 0
        case .between(let low, let high):
            return (low.flatMap { $0.order(to: value) } ?? -1) < 0 && (high.flatMap { $0.order(to: value) } ?? 1) > 0
        }
    }
}

extension Step {
    /// Whether some of its outputs may be absent although it is done.
    fileprivate var hasPerhaps: Bool {
        switch kind {
        case .task(let task): task.form.fields.contains { $0.isOptional || $0.askWhen != nil }
        case .call(let call): call.answer.fields.contains { $0.isOptional }
        case .wait(.event(let event)): event.form.fields.contains { $0.isOptional }
        default: false
        }
    }
}
