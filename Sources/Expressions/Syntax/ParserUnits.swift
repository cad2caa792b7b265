/// A number with a unit.
extension Parser {
    /// The span when a unit follows the number just read. An unknown unit is an issue and a span of days.
    mutating func span(_ amount: Int64, from start: Int) -> Span? {
        guard case .identifier(let first) = current.kind, !Self.isOperator(first) else { return nil }
        let unitStart = current.range.lowerBound
        advance()
        var word = first
        if first == "working", case .identifier(let second) = current.kind, !Self.isOperator(second) {
            word += " " + second
            advance()
        }
        if let unit = Span.Unit(word: word) { return Span(amount: amount, unit: unit) }
        if isCurrency(word) {
            issues.append(moneyIssue(unitStart..<end, amount: text(start..<unitStart), word))
            return Span(amount: amount, unit: .days)
        }
        let units = Span.Unit.allCases.map(\.rawValue)
        let near = (Self.translated[word.lowercased()] ?? NearestName.of(word, among: units)).map {
            "Did you mean `\($0)`?"
        }
        issues.append(
            ExpressionIssue(
                code: "expression.unit", message: "`\(word)` is no unit of time.",
                hint: near ?? "The units are \(units.joined(separator: ", ")).", range: unitStart..<end))
        return Span(amount: amount, unit: .days)
    }

    /// Reports a unit after a number with a fraction.
    mutating func refuseUnit(from start: Int) {
        guard case .identifier(let word) = current.kind, !Self.isOperator(word) else { return }
        let unitStart = current.range.lowerBound
        advance()
        if isCurrency(word) {
            issues.append(moneyIssue(unitStart..<end, amount: text(start..<unitStart), word))
            return
        }
        if word == "working", case .identifier = current.kind { advance() }
        issues.append(
            ExpressionIssue(
                code: "expression.unit", message: "Time is counted in whole numbers.",
                hint: "Use a smaller unit, such as `90 minutes`.", range: start..<end))
    }

    /// Three capitals, which no unit has.
    private func isCurrency(_ word: String) -> Bool {
        word.utf8.count == 3 && word.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    private func moneyIssue(_ range: Range<Int>, amount: String, _ currency: String) -> ExpressionIssue {
        ExpressionIssue(
            code: "expression.unit", message: "`\(currency)` is no unit of time.",
            hint: "An amount of money is written `money(\"\(amount.filter { $0 != " " }) \(currency)\")`.", range: range
        )
    }

    /// Also one that is written in capitals, which is complained about where it stands.
    private static func isOperator(_ word: String) -> Bool { operators.contains(word) || operation(word) != nil }

    /// What people write who think in German, or in short.
    private static let translated = [
        "minute": "minutes", "minuten": "minutes", "min": "minutes", "stunde": "hours", "stunden": "hours",
        "std": "hours",
        "h": "hours", "tag": "days", "tage": "days", "tagen": "days", "woche": "weeks", "wochen": "weeks",
        "monat": "months", "monate": "months", "monaten": "months", "werktag": "working days",
        "werktage": "working days",
        "arbeitstag": "working days", "arbeitstage": "working days", "arbeitstagen": "working days",
        "arbeitsstunden": "working hours", "business": "working days", "workdays": "working days",
    ]

    private static let operators: Set = ["and", "or", "not", "at", "in"]
}
