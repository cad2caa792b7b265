/// A parsed expression. Equal to another when the structure is; spelling and spacing do not count.
public struct Expression: Hashable, Sendable {
    /// As it was written.
    public let source: String
    let root: Node

    /// The longest source, in UTF-8 bytes.
    public static let maximumSize = 10_000
    /// How deep parentheses, brackets, calls and operators may nest.
    public static let maximumDepth = 100

    /// Parses a whole text. Throws every issue found: `expression.syntax`, `expression.too_long`, `expression.too_deep`
    /// and those of literals. Cost: linear in the source.
    public static func parse(_ source: String) throws(ExpressionIssues) -> Expression {
        var parser = try Parser(source)
        return Expression(source: source, root: try parser.parse())
    }

    init(source: String, root: Node) {
        self.source = source
        self.root = root
    }

    /// Equal in structure.
    public static func == (left: Expression, right: Expression) -> Bool { left.root == right.root }

    /// Consistent with `==`.
    public func hash(into hasher: inout Hasher) { hasher.combine(root) }
}
