import Expressions

/// The steps that decide whether and how a step starts, and the conditions that are asked on the way.
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

    init(_ flow: ProcessFlow, subject: Int, unless: Formula) {
        var steps = StepSet(count: flow.steps.count)
        var conditions: [Key: Formula] = [.unless: unless]
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
        add(subject)
        addReads(of: unless)
        while let position = open.popLast() {
            let step = flow.steps[position]
            if let parent = flow.parents[position] { add(parent) }
            for name in step.after {
                guard let other = flow.position(of: name) else { continue }
                for inner in other...flow.lasts[other] { add(inner) }
            }
            if let when = step.when { take(.when(position), when) }
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
