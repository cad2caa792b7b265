import Expressions

/// `{text: …}` without expressions in it: the same as a quoted text in an expression, and so good for choices too.
enum LiteralText {
    /// The text as an expression; nil when it holds expressions, or is longer than one may be.
    static func expression(_ template: TextTemplate, _ scalar: YAMLScalar) -> DraftExpression? {
        let isLiteral = template.segments.allSatisfy { if case .literal = $0 { true } else { false } }
        // A quoted text always parses unless it is too long; then it is no literal for our purpose.
        guard isLiteral, let expression = try? Expression.parse(quoted(template.source)) else { return nil }
        return DraftExpression(expression: expression, scalar: scalar)
    }

    /// A text as the expression language writes it.
    static func quoted(_ text: String) -> String {
        guard text.utf8.contains(where: needsEscape) else { return "\"\(text)\"" }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x0A || byte == 0x0D
    }
}
