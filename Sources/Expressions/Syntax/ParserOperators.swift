/// Operators, from the loosest to the tightest.
extension Parser {
    mutating func expression() throws(ExpressionIssues) -> Node {
        try nested { (parser: inout Parser) throws(ExpressionIssues) -> Node in try parser.conditional() }
    }

    private mutating func conditional() throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        let condition = try disjunction()
        guard take(.question) else { return condition }
        let yes = try disjunction()
        try expect(.colon, "`condition ? one : other` needs its colon.")
        return try node(.conditional(condition, yes, try expression()), from: start)
    }

    private mutating func disjunction() throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        let first = try conjunction()
        guard isOr else { return first }
        var operands = [first]
        while isOr {
            advance()
            operands.append(try conjunction())
        }
        return try node(.or(operands), from: start)
    }

    private mutating func conjunction() throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        let first = try negation()
        guard isAnd else { return first }
        var operands = [first]
        while isAnd {
            advance()
            operands.append(try negation())
        }
        return try node(.and(operands), from: start)
    }

    private var isOr: Bool { current.kind == .symbol(.or) || isWord("or") }
    private var isAnd: Bool { current.kind == .symbol(.and) || isWord("and") }

    /// The word `not` reaches over a whole comparison, `not site in [...]`; the symbol `!` is as tight as in CEL.
    private mutating func negation() throws(ExpressionIssues) -> Node {
        guard isWord("not") else { return try relation() }
        let start = current.range.lowerBound
        advance()
        let operand = try nested { (parser: inout Parser) throws(ExpressionIssues) -> Node in try parser.negation() }
        return try node(.not(operand), from: start)
    }

    private mutating func relation() throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        var left = try sum()
        while let comparison = comparison {
            advance()
            left = try node(.binary(comparison, left, try sum()), from: start)
        }
        return left
    }

    private var comparison: BinaryOperator? {
        switch current.kind {
        case .symbol(.equal): .equal
        case .symbol(.notEqual): .notEqual
        case .symbol(.less): .less
        case .symbol(.lessOrEqual): .lessOrEqual
        case .symbol(.greater): .greater
        case .symbol(.greaterOrEqual): .greaterOrEqual
        case .identifier("in"): .isIn
        default: nil
        }
    }

    /// `+`, `-` and `at`, which are equals: `start - 2 days at 09:00 + 30 minutes` reads from left to right.
    private mutating func sum() throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        var left = try product()
        while true {
            if take(.plus) {
                left = try node(.binary(.add, left, try product()), from: start)
            } else if take(.minus) {
                left = try node(.binary(.subtract, left, try product()), from: start)
            } else if isWord("at") {
                advance()
                left = try node(.binary(.at, left, try timeOfDay()), from: start)
            } else {
                return left
            }
        }
    }

    /// `09:00`, or an expression for a time of day.
    private mutating func timeOfDay() throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        guard case .int(let hour) = current.kind else { return try unary() }
        advance()
        guard current.kind == .symbol(.colon), case .int(let minute) = following.kind else {
            throw failure("A time of day has hours and minutes.", hint: "Write `09:00`.", start..<end)
        }
        advance()
        advance()
        let written = text(start..<end)
        guard let time = TimeOfDay(written) else {
            let inRange = hour < 24 && minute < 60
            issues.append(
                ExpressionIssue(
                    code: "expression.time_of_day", message: "`\(written)` is no time of day.",
                    hint: inRange
                        ? "Write two digits each: `\(padded(Int(hour), 2)):\(padded(Int(minute), 2))`."
                        : "It goes from `00:00` to `23:59`.",
                    range: start..<end))
            return try node(.literal(.timeOfDay(.midnight)), from: start)
        }
        return try node(.literal(.timeOfDay(time)), from: start)
    }

    private mutating func product() throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        var left = try unary()
        while true {
            let symbol: BinaryOperator
            switch current.kind {
            case .symbol(.star): symbol = .multiply
            case .symbol(.slash): symbol = .divide
            case .symbol(.percent): symbol = .remainder
            default: return left
            }
            advance()
            left = try node(.binary(symbol, left, try unary()), from: start)
        }
    }

    mutating func unary() throws(ExpressionIssues) -> Node {
        let start = current.range.lowerBound
        if current.kind == .symbol(.not) || isWord("not") {
            advance()
            let operand = try nested { (parser: inout Parser) throws(ExpressionIssues) -> Node in try parser.unary() }
            return try node(.not(operand), from: start)
        }
        guard current.kind == .symbol(.minus) else { return try member() }
        if let number = negativeNumber() {
            return try members(of: try node(.literal(number), from: start), from: start)
        }
        advance()
        let operand = try nested { (parser: inout Parser) throws(ExpressionIssues) -> Node in try parser.unary() }
        return try node(.negate(operand), from: start)
    }

    /// A minus directly before a number is part of it, or the least int could not be written.
    private mutating func negativeNumber() -> Value? {
        let value: Value
        switch following.kind {
        case .int(let magnitude):
            value = .int(magnitude == 1 << 63 ? .min : -Int64(magnitude))
        case .double(let number):
            value = .double(-number)
        default:
            return nil
        }
        let start = current.range.lowerBound
        advance()
        advance()
        if case .int(let amount) = value, let span = span(amount, from: start) { return .span(span) }
        if case .double = value { refuseUnit(from: start) }
        return value
    }
}
