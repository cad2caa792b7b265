import Expressions
import WorkflowCore

/// By which words a request is found. Only what everybody who sees the request may read: its number, the title of its
/// type in every language, the values of the form without readers of their own, and comments.
///
/// Not the people in it: they change their names, and leave.
package struct RequestText: Sendable, Hashable {
    /// Of the number, the title and the form.
    package let words: [String]
    /// Of the comments that have come.
    package let comments: [String]

    package init(words: [String], comments: [String]) {
        self.words = words
        self.comments = comments
    }

    /// A request has a page of text at most; beyond that, words are left out.
    private static let maximum = 2000

    /// What a command makes of it; nil when it leaves the words as they are.
    init?(of events: [Event], before: RequestState?, after: RequestState, type: RequestType) {
        let comments = events.compactMap { event in if case .commented(let text, files: _) = event { text } else { nil }
        }
        guard
            before == nil || before?.values != after.values || before?.configuration != after.configuration
                || !comments.isEmpty
        else { return nil }
        self.init(after, type: type, comments: comments)
    }

    /// All of it.
    init(_ state: RequestState, type: RequestType, comments: [String]) {
        var texts = [state.number] + type.title.byLanguage.values.sorted()
        for field in type.form.fields where field.sensitive == nil {
            if let value = state.values[field.id.text] { texts += Self.texts(value, field.kind) }
        }
        words = SearchWords.stored(texts, maximum: Self.maximum)
        self.comments = SearchWords.stored(comments, maximum: Self.maximum)
    }

    private static func texts(_ value: Value, _ kind: FieldKind) -> [String] {
        switch (kind, value.bare) {
        case (.text, .string(let text)?), (.longText, .string(let text)?), (.email, .string(let text)?),
            (.phone, .string(let text)?), (.url, .string(let text)?):
            [text]
        case (.choice(let list), .string(let text)?):
            list.choices.first { $0.value == text }.map { $0.label.byLanguage.values.sorted() } ?? [text]
        case (.integer, .int(let number)?): [String(number)]
        case (.date, .date(let date)?): [date.description]
        case (.choices(let list, _, _), .list(let elements)?): elements.flatMap { texts($0, .choice(list)) }
        case (.list(of: let element, _, _, _), .list(let elements)?): elements.flatMap { texts($0, element) }
        case (.rows(let rows), .list(let elements)?):
            elements.flatMap { row in
                rows.columns.fields.flatMap { column in
                    column.sensitive == nil ? row.cell(column.id.text).map { texts($0, column.kind) } ?? [] : []
                }
            }
        default: []
        }
    }
}

extension Value {
    /// The value without the shell of an optional; nil when there is none.
    var bare: Value? {
        switch self {
        case .null, .optional(nil): nil
        case .optional(let value?): value.bare
        default: self
        }
    }

    /// A cell of a row by the name of its column.
    func cell(_ name: String) -> Value? {
        if case .map(let cells)? = bare { cells[.string(name)] } else { nil }
    }
}
