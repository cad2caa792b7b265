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
    }

    /// Whether several values may be entered.
    var isList: Bool { type == "list" || type == "choices" }

    /// How an answer is written, where that is not plain.
    var format: String? {
        switch type {
        case "yes_no": "yes or no"
        case "date": "YYYY-MM-DD"
        case "datetime": "2026-11-21T09:00:00+01:00"
        case "money": "1250.00 EUR"
        case "person": "somebody's handle"
        case "list", "choices": "several with commas"
        default: nil
        }
    }

    /// What was written on the command line, as the field's type wants it. What does not fit stays text, so that the server says what is wrong.
    func entry(_ texts: [String]) -> JSONValue {
        guard isList else { return scalar(texts.last ?? "", type: type) }
        let parts = texts.flatMap { text in
            text.split(separator: ",").map { String($0.drop { $0 == " " }) }
        }
        return .array(parts.map { scalar($0, type: type == "list" ? (elementType ?? "text") : "choice") })
    }

    private func scalar(_ text: String, type: String) -> JSONValue {
        switch type {
        case "integer", "number":
            return isNumber(text) ? .number(text) : .string(text)
        case "yes_no":
            switch text.lowercased() {
            case "y", "yes", "true", "j", "ja": return .bool(true)
            case "n", "no", "false", "nein": return .bool(false)
            default: return .string(text)
            }
        case "choice":
            // People may write what they read.
            let byLabel = choices.first { $0.label.lowercased() == text.lowercased() }
            return .string(choices.contains { $0.value == text } ? text : byLabel?.value ?? text)
        default:
            return .string(text)
        }
    }

    /// Whether JSON would read it as one number: `-?int frac? exp?` (RFC 8259).
    private func isNumber(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
    }
}
