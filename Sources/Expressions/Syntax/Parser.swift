/// Reads tokens into a tree: CEL's grammar, and the three additions (a number with a unit, `at`, the words and, or,
/// not).
///
/// It goes on after a bad literal and stops at the first word that fits nowhere.
struct Parser {
    let source: String
    private let tokens: [Token]
    private var index = 0
    private var depth = 0
    var issues: [ExpressionIssue]

    init(_ source: String) throws(ExpressionIssues) {
        self.source = source
        let size = source.utf8.count
        guard size <= Expression.maximumSize else {
            throw ExpressionIssues([
                ExpressionIssue(
                    code: "expression.too_long",
                    message: "The expression has \(size) bytes; \(Expression.maximumSize) are allowed.", range: 0..<size
                )
            ])
        }
        var lexer = Lexer(source)
        tokens = lexer.tokens()
        issues = lexer.issues
        guard issues.isEmpty else { throw ExpressionIssues(issues) }
    }

    /// The whole source as one expression.
    mutating func parse() throws(ExpressionIssues) -> Node {
        let node: Node
        do throws(ExpressionIssues) {
            if current.kind == .end {
                throw failure("There is no expression here.", current.range)
            }
            node = try expression()
            guard current.kind == .end else { throw leftover() }
        } catch {
            throw ExpressionIssues(issues + error.issues)
        }
        guard issues.isEmpty else { throw ExpressionIssues(issues) }
        return node
    }

    // MARK: Tokens

    var current: Token { tokens[index] }
    var following: Token { tokens[min(index + 1, tokens.count - 1)] }
    /// Where the last word taken ends.
    var end: Int { index == 0 ? 0 : tokens[index - 1].range.upperBound }

    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        advance()
        return true
    }

    func isWord(_ word: String) -> Bool { current.kind == .identifier(word) }

    mutating func expect(_ symbol: Token.Symbol, _ hint: String) throws(ExpressionIssues) {
        guard take(symbol) else { throw unexpected(hint) }
    }

    // MARK: Issues

    func failure(
        _ message: String, hint: String? = nil, code: String = "expression.syntax", _ range: Range<Int>
    ) -> ExpressionIssues {
        ExpressionIssues([ExpressionIssue(code: code, message: message, hint: hint, range: range)])
    }

    func unexpected(_ expected: String) -> ExpressionIssues {
        if current.kind == .end { return failure("The expression ends too early.", hint: expected, current.range) }
        if current.kind == .symbol(.colon), let source = sourceOfPeople { return namesPeople(source) }
        return failure("`\(text(current.range))` does not fit here.", hint: expected, current.range)
    }

    private func namesPeople(_ source: Range<Int>) -> ExpressionIssues {
        let word = text(source)
        return failure(
            "`\(word):` is no part of an expression.",
            hint: word == "person"
                ? """
                Only keys that take people, such as `assign`, name somebody so: by itself, or as an entry of a list. Compare with \
                `requester`, a field or a step that gives a person.
                """
                : """
                Only keys that take people, such as `assign`, name a \(word) so: by itself, or as an entry of a list. No condition \
                asks who belongs to it: write a step for each, with `when`, or let a form ask.
                """, source)
    }

    func text(_ range: Range<Int>) -> String {
        let view = source.utf8
        let start = view.index(view.startIndex, offsetBy: range.lowerBound)
        return String(source[start..<view.index(view.startIndex, offsetBy: range.upperBound)])
    }

    /// What somebody means who writes an operator in capitals or in German.
    static func operation(_ word: String) -> String? {
        switch word.lowercased() {
        case "and", "und": word == "and" ? nil : "and"
        case "or", "oder": word == "or" ? nil : "or"
        case "not", "nicht": word == "not" ? nil : "not"
        case "in", "at": word == word.lowercased() ? nil : word.lowercased()
        default: nil
        }
    }

    /// `2027-03-01` of `01.03.2027`.
    private static func date(_ text: String) -> String? {
        guard let found = text.wholeMatch(of: /([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})/) else { return nil }
        func padded(_ number: Substring) -> String { (number.count == 1 ? "0" : "") + number }
        return "\(found.3)-\(padded(found.2))-\(padded(found.1))"
    }

    private func leftover() -> ExpressionIssues {
        let before = index == 0 ? nil : tokens[index - 1].kind
        if index > 0, let date = Self.date(text(tokens[index - 1].range.lowerBound..<current.range.upperBound)) {
            return unexpected("A date is written `date(\"\(date)\")`.")
        }
        switch current.kind {
        case .symbol(.comma):
            if case .int = following.kind, case .int? = before {
                let number = text(tokens[index - 1].range) + "." + text(following.range)
                return unexpected("Numbers have a decimal point: `\(number)`.")
            }
            return unexpected("A comma stands only inside brackets.")
        case .symbol(.colon):
            if case .int = following.kind, case .int? = before {
                let time = text(tokens[index - 1].range) + ":" + text(following.range)
                return unexpected("A time of day is written `time(\"\(time)\")`.")
            }
            return unexpected("An operator such as `and` or `==` belongs here.")
        case .identifier(let word):
            if let operation = Self.operation(word) { return unexpected("Write `\(operation)`.") }
            if case .identifier(let word)? = before, let operation = Self.operation(word) {
                return failure(
                    "`\(word)` does not fit here.", hint: "Write `\(operation)`.", tokens[index - 1].range)
            }
            let operators = ["and", "or", "not", "at", "in"]
            let near = NearestName.of(word, among: operators)
            return unexpected(near.map { "Did you mean `\($0)`?" } ?? "An operator such as `and` or `==` belongs here.")
        case .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace):
            return unexpected("Nothing is open that it would close.")
        default:
            return unexpected("An operator such as `and` or `==` belongs here.")
        }
    }

    /// Where `role:` or such stands, which names people beside expressions and not in them.
    private var sourceOfPeople: Range<Int>? {
        zip(tokens, tokens.dropFirst()).first { word, colon in
            guard case .identifier(let name) = word.kind, colon.kind == .symbol(.colon) else { return false }
            return word.range.upperBound == colon.range.lowerBound
                && ["role", "group", "team", "skill", "person"].contains(name)
        }?.0.range
    }

    /// A node up to the last word taken, unless the tree grows too high for those that walk it. Mutating so that its
    /// parts, which are its arguments, are read before it looks where they end.
    mutating func node(_ kind: Node.Kind, from start: Int) throws(ExpressionIssues) -> Node {
        let node = Node(kind, start..<end)
        guard node.height <= Expression.maximumDepth else { throw tooDeep(start..<end) }
        return node
    }

    private func tooDeep(_ range: Range<Int>) -> ExpressionIssues {
        failure(
            "The expression nests more than \(Expression.maximumDepth) levels.", hint: "Split it.",
            code: "expression.too_deep", range)
    }

    /// Runs a part that may contain itself.
    mutating func nested(
        _ parse: (inout Parser) throws(ExpressionIssues) -> Node
    ) throws(ExpressionIssues) -> Node {
        guard depth < Expression.maximumDepth else { throw tooDeep(current.range) }
        depth += 1
        defer { depth -= 1 }
        return try parse(&self)
    }
}
