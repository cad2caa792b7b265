/// A number with a unit.
extension Parser {
    /// The span when a unit follows the number just read. An unknown unit is an issue and a span of days.
    mutating func span(_ amount: Int64, from start: Int) -> Span? {
        guard case .identifier(let first) = current.kind, !Self.operators.contains(first) else { return nil }
        let unitStart = current.range.lowerBound
        advance()
        var word = first
        if first == "working", case .identifier(let second) = current.kind, !Self.operators.contains(second) {
            word += " " + second
            advance()
        }
        if let unit = Span.Unit(word: word) { return Span(amount: amount, unit: unit) }
        let units = Span.Unit.allCases.map(\.rawValue)
        let near = NearestName.of(word, among: units).map { "Did you mean `\($0)`?" }
        issues.append(
            ExpressionIssue(
                code: "expression.unit", message: "`\(word)` is no unit of time.",
                hint: near ?? "The units are \(units.joined(separator: ", ")).", range: unitStart..<end))
        return Span(amount: amount, unit: .days)
    }

    /// Reports a unit after a number with a fraction.
    mutating func refuseUnit(from start: Int) {
        guard case .identifier(let word) = current.kind, !Self.operators.contains(word) else { return }
        advance()
        if word == "working", case .identifier = current.kind { advance() }
        issues.append(
            ExpressionIssue(
                code: "expression.unit", message: "Time is counted in whole numbers.",
                hint: "Use a smaller unit, such as `90 minutes`.", range: start..<end))
    }

    private static let operators: Set = ["and", "or", "not", "at", "in"]
}
