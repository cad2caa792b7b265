/// What people write: comments and reasons.
package enum TextRules {
    /// In Unicode scalars.
    package static let maximumLength = 10_000

    /// The text without blanks around it; nil when nothing is left.
    package static func checked(_ text: String?) throws(Rejection) -> String? {
        guard let text else { return nil }
        let trimmed = text.trimmed
        guard !trimmed.isEmpty else { return nil }
        guard trimmed.unicodeScalars.count <= maximumLength else {
            throw Rejection(
                .invalid, code: "comment.too_long",
                message: "A text may have at most \(maximumLength) characters.")
        }
        guard trimmed.isStorable else {
            throw Rejection(
                .invalid, code: "comment.unreadable", message: "The text holds a character that cannot be stored.")
        }
        return trimmed
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(self[first..<scalars.index(after: last)])
    }

    /// Whether databases and JSON take it: U+0000 is the one scalar that PostgreSQL's text does not.
    var isStorable: Bool { !utf8.contains(0) }
}
