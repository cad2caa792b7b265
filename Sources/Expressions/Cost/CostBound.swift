/// How many steps an evaluation can take: of the same unit as its budget of a million.
public struct CostBound: Hashable, Sendable, CustomStringConvertible {
    /// An evaluation that gives a value takes at least so many.
    public let least: Int
    /// No evaluation takes more; nil when nothing bounds it but the budget.
    public let most: Int?
    /// The part that takes most, in UTF-8 offsets into the source.
    public let range: Range<Int>
    /// What to do about it: where a limit is missing, or what to make smaller.
    public let hint: String

    /// "3 to 120 steps", "3 steps or more, without a bound".
    public var description: String {
        most.map { "\(least) to \($0) steps" } ?? "\(least) steps or more, without a bound"
    }

    /// Whether no evaluation takes more steps than that.
    public func isWithin(_ limit: Int) -> Bool { most.map { $0 <= limit } ?? false }
}

extension CheckedExpression {
    /// The bounds of what an evaluation costs, from the sizes that the declarations promise.
    ///
    /// - Parameter sizes: sizes by variable, in place of those declared.
    /// - Complexity: linear in the expression times the depth of its types.
    public func cost(_ sizes: [String: SizeBound] = [:]) -> CostBound {
        var analysis = CostAnalysis(self, sizes)
        let result = analysis.visit(root)
        let most = result.cost + result.extent.nodes
        let advice = analysis.advice(for: most)
        return CostBound(least: root.leastCost + 1, most: most.bound, range: advice.range, hint: advice.hint)
    }

    /// How large its value can be, as its operands' declarations promise, for the cost of what reads it; nil where nothing bounds it, and
    /// for what has one size. Of a text, the scalars that take as many bytes at most.
    public var size: SizeBound? {
        var analysis = CostAnalysis(self, [:])
        return analysis.visit(root).extent.size(of: type)
    }

    /// The issue `expression.cost`, at the dearest part, when an evaluation may take more steps than the limit; nil when
    /// it surely does not.
    public func costIssue(limit: Int = 100_000, _ sizes: [String: SizeBound] = [:]) -> ExpressionIssue? {
        var analysis = CostAnalysis(self, sizes)
        let result = analysis.visit(root)
        if let most = (result.cost + result.extent.nodes).bound, most <= limit { return nil }
        let cost = cost(sizes)
        let message =
            cost.most.map { "This may take \($0) steps; \(limit) are allowed." }
            ?? "Nothing limits how many steps this takes; \(limit) are allowed."
        return ExpressionIssue(code: "expression.cost", message: message, hint: cost.hint, range: cost.range)
    }

    /// Evaluates and tells how many steps it took, with an error too.
    package func measured(in activation: some Activation) -> (outcome: Result<Value, EvaluationError>, steps: Int) {
        Evaluation.measured(root, activation)
    }
}

extension CheckedTemplate {
    /// The issues `expression.cost` of its expressions that may each take more steps than the limit, their ranges
    /// counted from the start of the text.
    public func costIssues(limit: Int = 100_000, _ sizes: [String: SizeBound] = [:]) -> [ExpressionIssue] {
        segments.compactMap { segment in
            guard case .expression(let expression, let offset) = segment else { return nil }
            return expression.costIssue(limit: limit, sizes)?.moved(by: offset)
        }
    }
}

extension Node {
    /// The steps that an evaluation with a value takes at least. An operand of `and` and `or` may fail at its first step
    /// where another decides.
    var leastCost: Int {
        switch kind {
        case .literal, .name, .maybe, .has: 1
        case .and, .or: 2
        case .conditional(let test, let yes, let no): 1 + test.leastCost + min(yes.leastCost, no.leastCost)
        case .comprehension(let macro): 1 + macro.operand.leastCost
        case .optionalMap(let operand, _, _, _): 1 + operand.leastCost
        default: kind.children.reduce(1) { $0 + $1.leastCost }
        }
    }
}
