struct Parser {
    init(_ source: String) throws(ExpressionIssues) {
        throw ExpressionIssues([ExpressionIssue(code: "expression.syntax", message: "Not read yet.", range: 0..<0)])
    }
    mutating func parse() throws(ExpressionIssues) -> Node { Node(kind: .literal(.null), range: 0..<0) }
}
struct Pattern: Hashable, Sendable {}
struct Checker {
    init(_ declarations: Declarations, assuming: [Expression]) {}
    mutating func check(_ e: Expression, expecting: ExpressionType?) throws(ExpressionIssues) -> CheckedExpression {
        CheckedExpression(source: e.source, type: .dyn, references: [], selections: [], root: e.root)
    }
}
enum Evaluation {
    static func run(_ root: Node, _ activation: any Activation, isChecked: Bool) throws(EvaluationError) -> Value {
        throw EvaluationError(code: "evaluation.unsupported", message: "Not evaluated yet.")
    }
}
