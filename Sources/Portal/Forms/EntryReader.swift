import ServiceDesk
import WorkflowCore

/// Turns what a form sent into entries, as the API would take them.
struct EntryReader: Sendable {
    let fields: FormFields
    let texts: Texts
    private let shown: Set<String>
    private let values: [String: [String]]

    init(_ fields: FormFields, texts: Texts) {
        self.fields = fields
        self.texts = texts
        shown = Set(fields.values("shown"))
        values = Dictionary(grouping: fields.pairs, by: \.name).mapValues { $0.map(\.value) }
    }

    /// Whether the page asked this, so that nothing sent for it means that it was left empty.
    func wasShown(_ name: String) -> Bool { shown.contains(name) }

    func values(_ name: String) -> [String] { values[name] ?? [] }

    func entries(_ questions: [FormFieldView]) -> [FieldID: JSONValue] {
        entries(questions, prefix: "f.")
    }

    /// What was typed, as it was typed, for a page that no longer asks it. Files are left out.
    func entered(_ questions: [FormFieldView], prefix: String = "f.", of row: String = "") -> [FactModel] {
        questions.flatMap { question -> [FactModel] in
            let name = prefix + question.id.text
            if question.type == "rows" {
                let count = fields.values("row").filter { $0.hasPrefix("\(name)[") }.count
                return (0..<count).flatMap { index in
                    entered(
                        question.columns, prefix: "\(name)[\(index)].", of: "\(question.label) \(index + 1) – ")
                }
            }
            guard wasShown(name), (question.elementType ?? question.type) != "file" else { return [] }
            let words = values(name).filter { !$0.trimmed.isEmpty }.map { word(of: $0, in: question) }
            return words.isEmpty ? [] : [FactModel(label: row + question.label, text: words.joined(separator: ", "))]
        }
    }

    private func word(of value: String, in question: FormFieldView) -> String {
        if question.type == "yes_no" { return texts[value == "true" ? .yes : .no] }
        return question.choices.first { $0.value == value }?.label ?? value
    }

    private func entries(_ questions: [FormFieldView], prefix: String) -> [FieldID: JSONValue] {
        var entries: [FieldID: JSONValue] = [:]
        for question in questions where question.computed == nil {
            let name = prefix + question.id.text
            if wasShown(name) {
                entries[question.id] = entry(question, name)
            } else if let rows = firstRows(question) {
                entries[question.id] = rows
            }
        }
        return entries
    }

    /// So many empty rows as there must be, where the form shows them for the first time.
    private func firstRows(_ question: FormFieldView) -> JSONValue? {
        guard question.type == "rows", question.defaultValue == nil,
            let minimum = question.minimum.flatMap({ Int($0) }),
            minimum > 0
        else { return nil }
        return .array(Array(repeating: .object([:]), count: min(minimum, 50)))
    }

    private func entry(_ question: FormFieldView, _ name: String) -> JSONValue {
        let texts = values(name)
        switch question.type {
        // Of several, the one chosen last.
        case "file": return texts.last.map { .string($0) } ?? .null
        case "list" where question.elementType == "file": return .array(texts.map { .string($0) })
        case "choices": return .array(texts.map { .string($0) })
        case "list" where question.elementType == "choice": return .array(texts.map { .string($0) })
        case "list":
            let lines = (texts.first ?? "").split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
            return .array(lines.map { .string(scalar($0, question.elementType ?? "text")) })
        case "rows":
            let count = fields.values("row").filter { $0.hasPrefix("\(name)[") }.count
            return .array(
                (0..<count).map { index in
                    let cells = entries(question.columns, prefix: "\(name)[\(index)].")
                    return .object(Dictionary(uniqueKeysWithValues: cells.map { ($0.key.text, $0.value) }))
                })
        default:
            guard let text = texts.first, !text.trimmed.isEmpty else { return .null }
            return .string(scalar(text, question.type))
        }
    }

    private func scalar(_ text: String, _ type: String) -> String {
        switch type {
        case "integer", "number": texts.number(text)
        case "money": money(text)
        case "datetime": texts.instantText(text)
        default: text
        }
    }

    /// A currency behind the amount stays where it is.
    private func money(_ text: String) -> String {
        let parts = text.trimmed.split(whereSeparator: \.isWhitespace)
        guard parts.count > 1, let last = parts.last, last.allSatisfy(\.isLetter) else { return texts.number(text) }
        return texts.number(parts.dropLast().joined()) + " " + last
    }
}
