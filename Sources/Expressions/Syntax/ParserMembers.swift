/// Literals, names, calls and selections.
extension Parser {
    mutating func member() throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        return try members(of: try primary(), from: start)
    }

    /// `.field`, `.?field`, `.method(…)`, `[index]`, `[?index]` and `{…}` after an operand.
    mutating func members(of operand: Node, from start: Int) throws(ExpressionIssues) -> Node {
        var operand = operand
        while true {
            if take(.dot) {
                operand = try selection(of: operand, from: start)
            } else if take(.openBracket) {
                let isOptional = take(.question)
                let key = try expression()
                try expect(.closeBracket, "`[` is not closed.")
                operand = try node(isOptional ? .optionalIndex(operand, key) : .index(operand, key), from: start)
            } else if current.kind == .symbol(.openBrace), let name = operand.qualifiedName {
                advance()
                operand = try node(.message(name, try messageFields()), from: start)
            } else {
                return operand
            }
        }
    }

    private mutating func selection(of operand: Node, from start: Int) throws(ExpressionIssues) -> Node {
        let isOptional = take(.question)
        let nameRange = current.range
        let name: String
        switch current.kind {
        case .identifier(let word) where !Self.literals.contains(word):
            name = word
            advance()
            if !isOptional, take(.openParenthesis) {
                let arguments = try arguments()
                if let macro = try macro(name, of: operand, arguments, nameRange, from: start) { return macro }
                return try node(.method(operand, name, arguments), from: start)
            }
        case .quoted(let word):
            name = word
            advance()
        default:
            throw unexpected("A field's name belongs after the point.")
        }
        return try node(isOptional ? .optionalSelect(operand, name) : .select(operand, name), from: start)
    }

    private static let literals: Set = ["true", "false", "null", "in"]
    private static let reserved: Set = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace",
        "return", "var", "void", "while",
    ]

    mutating func primary() throws(ExpressionIssues) -> Node {
        let token = current
        let start = token.range.lowerBound
        switch token.kind {
        case .int(let magnitude):
            advance()
            guard magnitude < 1 << 63 else {
                issues.append(
                    ExpressionIssue(
                        code: "expression.number", message: "The number is too large.", range: token.range))
                return try node(.literal(.int(0)), from: start)
            }
            if let span = span(Int64(magnitude), from: start) { return try node(.literal(.span(span)), from: start) }
            return try node(.literal(.int(Int64(magnitude))), from: start)
        case .uint(let value): return try literal(.uint(value))
        case .double(let value):
            advance()
            refuseUnit(from: start)
            return try node(.literal(.double(value)), from: start)
        case .string(let value): return try literal(.string(value))
        case .bytes(let value): return try literal(.bytes(value))
        case .identifier("true"): return try literal(.bool(true))
        case .identifier("false"): return try literal(.bool(false))
        case .identifier("null"): return try literal(.null)
        case .identifier(let name): return try self.name(name, isRoot: false, from: start)
        case .symbol(.dot):
            guard case .identifier(let name) = following.kind else { break }
            advance()
            return try self.name(name, isRoot: true, from: start)
        case .symbol(.openParenthesis):
            advance()
            let inner = try expression()
            try expect(.closeParenthesis, "`(` is not closed.")
            return inner
        case .symbol(.openBracket):
            advance()
            return try node(.list(try elements()), from: start)
        case .symbol(.openBrace):
            advance()
            return try node(.map(try entries()), from: start)
        case .quoted, .symbol, .end: break
        }
        throw unexpected("A value, a name or `(` belongs here.")
    }

    private mutating func literal(_ value: Value) throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        advance()
        return try node(.literal(value), from: start)
    }

    private mutating func name(_ name: String, isRoot: Bool, from start: Int) throws(ExpressionIssues) -> Node {
        // Operators: `a and or b` lacks an operand.
        guard !["in", "and", "or", "at"].contains(name) else {
            throw unexpected("A value, a name or `(` belongs here.")
        }
        guard !Self.reserved.contains(name) else {
            throw failure("`\(name)` is a reserved word and names nothing.", current.range)
        }
        advance()
        guard take(.openParenthesis) else { return try node(.name(name, isRoot: isRoot), from: start) }
        let arguments = try arguments()
        guard name == "has" else { return try node(.call(name, arguments), from: start) }
        guard arguments.count == 1, let operand = arguments.first, operand.isSelectable else {
            throw failure("`has` takes one name or field.", hint: "Write `has(account.login)`.", start..<end)
        }
        return try node(.has(operand), from: start)
    }

    /// Up to the closing parenthesis.
    private mutating func arguments() throws(ExpressionIssues) -> [Node] {
        var arguments: [Node] = []
        if take(.closeParenthesis) { return arguments }
        repeat { arguments.append(try expression()) } while take(.comma)
        try expect(.closeParenthesis, "`(` is not closed.")
        return arguments
    }

    private mutating func elements() throws(ExpressionIssues) -> [Node.Element] {
        var elements: [Node.Element] = []
        while current.kind != .symbol(.closeBracket) {
            let isOptional = take(.question)
            elements.append(Node.Element(node: try expression(), isOptional: isOptional))
            if !take(.comma) { break }
        }
        try expect(.closeBracket, "`[` is not closed.")
        return elements
    }

    private mutating func entries() throws(ExpressionIssues) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        while current.kind != .symbol(.closeBrace) {
            let isOptional = take(.question)
            let key = try expression()
            try expect(.colon, "A colon belongs between key and value.")
            entries.append(Node.Entry(key: key, value: try expression(), isOptional: isOptional))
            if !take(.comma) { break }
        }
        try expect(.closeBrace, "`{` is not closed.")
        return entries
    }

    private mutating func messageFields() throws(ExpressionIssues) -> [Node] {
        var values: [Node] = []
        while current.kind != .symbol(.closeBrace) {
            _ = take(.question)
            switch current.kind {
            case .identifier, .quoted: advance()
            default: throw unexpected("A field's name belongs here.")
            }
            try expect(.colon, "A colon belongs between name and value.")
            values.append(try expression())
            if !take(.comma) { break }
        }
        try expect(.closeBrace, "`{` is not closed.")
        return values
    }
}
