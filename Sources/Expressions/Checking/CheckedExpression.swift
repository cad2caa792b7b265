/// An expression that was found sound under its declarations, ready to be evaluated any number of times.
///
/// A class, because definitions hold many and are copied often; it never changes.
public final class CheckedExpression: Sendable {
    /// As it was written.
    public let source: String
    /// The type of its value.
    public let type: ExpressionType
    /// The declared variables it uses. Cost: linear in them, a set being made anew.
    public var references: Set<String> { Set(variables.lazy.map(\.name)) }
    /// The variables and fields it reads, each as its path (`["account", "login"]`, `["site"]`), unique and sorted.
    public let selections: [[String]]
    let root: Node
    /// The declared variables it uses and the host's functions there are, for the cost bound.
    let variables: [(name: String, declaration: VariableDeclaration)]
    let functions: [FunctionDeclaration]
    /// By where calls stand in the source: the whole numbers that their functions can give.
    let ranges: [Range<Int>: ClosedRange<Int64>]

    init(
        source: String, type: ExpressionType, root: Node, selections: [[String]],
        variables: [(name: String, declaration: VariableDeclaration)], functions: [FunctionDeclaration],
        ranges: [Range<Int>: ClosedRange<Int64>]
    ) {
        self.source = source
        self.type = type
        self.root = root
        self.selections = selections
        self.variables = variables
        self.functions = functions
        self.ranges = ranges
    }

    /// Whether it uses no declared variable, so that its value is always the same.
    package var isConstant: Bool { variables.isEmpty }

    /// The declared variables it uses, each once, in the order of their first use.
    package var referenceNames: some Sequence<String> { variables.lazy.map(\.name) }

    /// Whether it uses that variable.
    package func reads(_ name: String) -> Bool { variables.contains { $0.name == name } }

    /// The value under those variables. Deterministic; bounded by a budget of a million steps.
    public func evaluate(in activation: some Activation) throws(EvaluationError) -> Value {
        try Evaluation.run(root, activation, isChecked: true)
    }
}

extension Expression {
    /// Checks against declarations, and translates.
    ///
    /// - Parameters:
    ///   - declarations: the variables and functions there are.
    ///   - expected: the type the place asks for; a whole-number literal serves where a number is expected, a member's
    ///     literal where a choice is, a choice where text is. With an optional type, a plain value is wrapped.
    ///   - conditions: what is known to hold here; it makes variables surely present.
    /// - Throws: all issues, in order.
    public func checked(
        in declarations: Declarations, expecting expected: ExpressionType? = nil, assuming conditions: [Expression] = []
    ) throws(ExpressionIssues) -> CheckedExpression {
        try checked(against: declarations, expecting: expected, assuming: conditions)
    }

    /// The same with a vocabulary that works out what a name means only when the expression uses it.
    package func checked(
        against vocabulary: any Vocabulary, expecting expected: ExpressionType? = nil,
        assuming conditions: [Expression] = []
    ) throws(ExpressionIssues) -> CheckedExpression {
        var checker = Checker(vocabulary, assuming: conditions)
        return try checker.check(self, expecting: expected)
    }
}
