/// Splits a template into literal text and expressions.
struct TemplateParser {
    private let bytes: [UInt8]
    private var position = 0
    private var literalStart = 0
    private var segments: [TextTemplate.Segment] = []
    private var issues: [ExpressionIssue] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func parse() throws(ExpressionIssues) -> [TextTemplate.Segment] {
        while position < bytes.count {
            if isDouble(UInt8(ascii: "{")) {
                addLiteral()
                expression()
            } else {
                position += 1
            }
        }
        addLiteral()
        guard issues.isEmpty else { throw ExpressionIssues(issues) }
        return segments
    }

    private func isDouble(_ brace: UInt8) -> Bool {
        position + 1 < bytes.count && bytes[position] == brace && bytes[position + 1] == brace
    }

    private mutating func addLiteral() {
        guard literalStart < position else { return }
        segments.append(.literal(String(decoding: bytes[literalStart..<position], as: UTF8.self)))
    }

    private mutating func expression() {
        let opening = position
        position += 2
        let start = position
        guard let end = end() else {
            issues.append(
                ExpressionIssue(
                    code: "expression.syntax", message: "`{{` is not closed.", hint: "Close it with `}}`.",
                    range: opening..<start))
            position = bytes.count
            literalStart = position
            return
        }
        do throws(ExpressionIssues) {
            let expression = try Expression.parse(String(decoding: bytes[start..<end], as: UTF8.self))
            segments.append(.expression(expression, offset: start))
        } catch {
            issues += error.issues.map { $0.moved(by: start) }
        }
        position = end + 2
        literalStart = position
    }

    /// Where the closing braces stand: the first pair outside quotes that no brace of the expression's own claims.
    private mutating func end() -> Int? {
        var quote: UInt8?
        var open = 0
        while position < bytes.count {
            let byte = bytes[position]
            if let inside = quote {
                if byte == UInt8(ascii: "\\") { position += 1 }
                if byte == inside { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "{") {
                open += 1
            } else if byte == UInt8(ascii: "}") {
                if open == 0, isDouble(byte) { return position }
                open = max(0, open - 1)  // one that closes nothing is for the expression's parser to report
            }
            position += 1
        }
        return nil
    }
}
