import Expressions

/// The steps that decide whether and how some steps start, and the conditions that are asked on the way.
struct ProcessSlice {
    /// What a condition is for.
    enum Key: Hashable {
        case when(Int)
        case branch(Int, Int)
        case until(Int)
        case unless
    }

    let steps: StepSet
    let conditions: [Key: Formula]

    init(_ flow: ProcessFlow, _ goal: ProcessExplorer.Goal) {
        var steps = StepSet(count: flow.steps.count)
        var conditions: [Key: Formula] = [:]
        var open: [Int] = []
        func add(_ step: Int) {
            if steps.insert(step) { open.append(step) }
        }
        func addReads(of formula: Formula) {
            for name in formula.paths.compactMap(\.first) + formula.freeConditions.flatMap(\.names) {
                if let step = flow.position(of: StepID(name)) { add(step) }
            }
        }
        func take(_ key: Key, _ condition: CheckedExpression) {
            let formula = condition.formula
            conditions[key] = formula
            addReads(of: formula)
        }
        switch goal {
        case .breaking(let subject, let unless):
            conditions[.unless] = unless
            add(subject)
            addReads(of: unless)
        case .blocking(let steps): for step in steps.elements { add(step) }
        }
        while let position = open.popLast() {
            let step = flow.steps[position]
            if let parent = flow.parents[position] { add(parent) }
            for name in step.after {
                guard let other = flow.position(of: name) else { continue }
                for inner in other...flow.lasts[other] { add(inner) }
            }
            if let when = step.when { take(.when(position), when) }
            // What a change starts again depends on whether all around it, and in it, has settled.
            if step.startsAgain {
                for scope in [position] + flow.ancestors(of: position) {
                    for inner in scope...flow.lasts[scope] { add(inner) }
                }
            }
            // Whoever competes for a turn or a resource can come first.
            if case .blocking = goal, let parent = flow.parents[position], flow.takesTurns(parent) {
                for rival in parent...flow.lasts[parent] { add(rival) }
            }
            if case .blocking = goal, step.hold != nil {
                for (other, holder) in flow.steps.enumerated() where holder.mayHoldTheSame(as: step) { add(other) }
            }
            switch step.kind {
            case .choose(let choose):
                for (number, branch) in choose.cases.enumerated() {
                    if let when = branch.when { take(.branch(position, number), when) }
                }
            case .repeat(let loop): take(.until(position), loop.until)
            default: break
            }
        }
        self.steps = steps
        self.conditions = conditions
    }
}

extension Step {
    /// Whether both hold something, and not surely different things.
    func mayHoldTheSame(as other: Step) -> Bool {
        guard let own = hold, let others = other.hold else { return false }
        guard let name = own.constantValue, let otherName = others.constantValue else { return true }
        return name == otherName
    }

    /// Whether both surely hold the same.
    func holdsTheSame(as other: Step) -> Bool {
        guard let own = hold, let others = other.hold else { return false }
        return own.source == others.source
    }
}
