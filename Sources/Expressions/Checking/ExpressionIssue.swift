/// Something wrong with an expression or a text template, found before it runs.
public struct ExpressionIssue: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Stable, for programs: `expression.syntax`, `expression.unknown_name`, `expression.type` and so on.
    public let code: String
    /// One sentence in plain words.
    public let message: String
    /// What to do about it, where something is known to help.
    public let hint: String?
    /// Where it is, in UTF-8 offsets into the source.
    public let range: Range<Int>

    /// An issue with those parts.
    public init(code: String, message: String, hint: String? = nil, range: Range<Int>) {
        self.code = code
        self.message = message
        self.hint = hint
        self.range = range
    }

    /// The message, and the hint when there is one.
    public var description: String { hint.map { "\(message) \($0)" } ?? message }

    /// By place, then by code and message.
    public static func < (left: ExpressionIssue, right: ExpressionIssue) -> Bool {
        (left.range.lowerBound, left.range.upperBound, left.code, left.message)
            < (right.range.lowerBound, right.range.upperBound, right.code, right.message)
    }

    /// The same issue so many bytes later, for an expression inside a longer text.
    func moved(by offset: Int) -> ExpressionIssue {
        ExpressionIssue(
            code: code, message: message, hint: hint, range: range.lowerBound + offset..<range.upperBound + offset)
    }
}

/// Everything found wrong with one expression or template; never empty.
public struct ExpressionIssues: Error, Hashable, Sendable, CustomStringConvertible {
    /// In the order of their places.
    public let issues: [ExpressionIssue]

    init(_ issues: [ExpressionIssue]) {
        self.issues = Set(issues).sorted()
    }

    /// The descriptions, a line each.
    public var description: String { issues.map(\.description).joined(separator: "\n") }
}
