import JSONText
import WorkflowCore

/// A question of a form, as the server describes it.
struct FormField {
    let id: String
    let label: String
    let help: String?
    let type: String
    let elementType: String?
    let isOptional: Bool
    let isConditional: Bool
    let choices: [(value: String, label: String)]
    let hasDefault: Bool
    /// The questions of each row; empty for other types than rows.
    let columns: [FormField]
    /// Whether the server computes it, so that nobody is asked.
    let isComputed: Bool
    /// Of rows: at least and at most so many.
    let minimum: Int
    let maximum: Int?

    init(_ value: JSONValue) {
        id = value["id"]?.text ?? ""
        label = value["label"]?.text ?? id
        help = value["help"]?.text
        type = value["type"]?.text ?? "text"
        elementType = value["element_type"]?.text
        isOptional = value["optional"]?.isTrue ?? false
        isConditional = value["ask_when"] != nil
        choices = (value["choices"]?.elements ?? []).map { choice in
            let value = choice["value"]?.text ?? ""
            return (value, choice["label"]?.text ?? value)
        }
        hasDefault = value["default"] != nil
        columns = (value["columns"]?.elements ?? []).map(FormField.init)
        isComputed = value["computed"] != nil
        minimum = value["minimum"]?.text.flatMap { Int($0) } ?? 0
        maximum = value["maximum"]?.text.flatMap { Int($0) }
    }

    /// Whether it is asked before the server has seen anything.
    var isAskedAtOnce: Bool { !isConditional && !isComputed }

    /// Whether several values may be entered.
    var isList: Bool { type == "list" || type == "choices" }

    /// How an answer is written, where that is not plain.
    var format: String? {
        switch type {
        case "yes_no": "yes or no"
        case "date": "YYYY-MM-DD"
        case "time": "HH:MM"
        case "url": "https://…"
        case "datetime": "2026-11-21T09:00:00+01:00"
        case "money": "1250.00 EUR"
        case "person": "somebody's handle"
        case "file": "the identifier of an uploaded file"
        case "list", "choices": "several with commas"
        default: nil
        }
    }

    /// What was written on the command line, as the field's type wants it. What does not fit stays text, so that the server says what is wrong.
    func entry(_ texts: [String]) -> JSONValue {
        if type == "rows" { return rows(texts) }
        guard isList else { return scalar(texts.last ?? "", type: type) }
        let parts = texts.flatMap { text in
            text.split(separator: ",").map { String($0.drop { $0 == " " }) }
        }
        return .array(parts.map { scalar($0, type: type == "list" ? (elementType ?? "text") : "choice") })
    }

    /// Rows are written as JSON: an array of objects at once, or one object each time.
    private func rows(_ texts: [String]) -> JSONValue {
        var rows: [JSONValue] = []
        for text in texts {
            // Text that is no JSON is sent as it is: the server says what is wrong.
            guard let value = try? JSONReader.value(of: text) else { return .string(text) }
            if case .array(let elements) = value { rows += elements } else { rows.append(value) }
        }
        return .array(rows)
    }

    private func scalar(_ text: String, type: String) -> JSONValue {
        switch type {
        case "integer", "number":
            return isNumber(text) ? .number(text) : .string(text)
        case "yes_no":
            if isYes(text) { return .bool(true) }
            return ["n", "no", "false", "nein"].contains(text.lowercased()) ? .bool(false) : .string(text)
        case "choice":
            // People may write what they read.
            let byLabel = choices.first { $0.label.lowercased() == text.lowercased() }
            return .string(choices.contains { $0.value == text } ? text : byLabel?.value ?? text)
        default:
            return .string(text)
        }
    }

    /// Whether that agrees.
    func isYes(_ text: String) -> Bool { ["y", "yes", "true", "j", "ja"].contains(text.lowercased()) }

    /// Whether JSON would read it as one number: `-?int frac? exp?` (RFC 8259).
    private func isNumber(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
    }
}
