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

    /// What holds when this one does not; nil when it would be longer or deeper than an expression may be.
    package var negation: Expression? { Self.made("!(\(source))", Node(.not(root), root.range)) }

    /// What holds when all of them do; nil when there is none, and when it would be longer or deeper than an expression may be.
    package static func all(_ conditions: [Expression]) -> Expression? {
        guard let first = conditions.first, conditions.count > 1 else { return conditions.first }
        let source = conditions.map { "(\($0.source))" }.joined(separator: " && ")
        return made(source, Node(.and(conditions.map(\.root)), first.root.range))
    }

    private static func made(_ source: String, _ root: Node) -> Expression? {
        guard source.utf8.count <= maximumSize, root.height <= maximumDepth else { return nil }
        return Expression(source: source, root: root)
    }

    /// Equal in structure.
    public static func == (left: Expression, right: Expression) -> Bool { left.root == right.root }

    /// Consistent with `==`.
    public func hash(into hasher: inout Hasher) { hasher.combine(root) }
}
