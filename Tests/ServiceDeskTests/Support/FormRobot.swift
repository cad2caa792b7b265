import Expressions
import ServiceDesk
import WorkflowCore

/// Fills forms in from what their views say, and mends what is refused.
struct FormRobot {
    private let form: [FormFieldView]
    private var asked: Set<FieldID>
    private var tries: [FieldID: Int] = [:]

    init(_ form: [FormFieldView]) {
        self.form = form
        asked = Set(form.filter { !$0.isOptional && $0.askWhen == nil && $0.defaultValue == nil }.map(\.id))
    }

    /// What to send now.
    var entries: [FieldID: JSONValue] {
        var entries: [FieldID: JSONValue] = [:]
        for field in form where asked.contains(field.id) {
            let values = values(for: field.elementType ?? field.type, field.choices)
            let value = values[tries[field.id, default: 0] % values.count]
            entries[field.id] = field.type == "list" || field.type == "choices" ? .array([value]) : value
        }
        return entries
    }

    /// Learns from a refusal; false when there is nothing to learn.
    mutating func mend(_ rejection: Rejection) -> Bool {
        for problem in rejection.fields {
            switch problem.code {
            case "form.required": asked.insert(problem.field)
            case "form.not_asked": asked.remove(problem.field)
            default: tries[problem.field, default: 0] += 1
            }
        }
        return rejection.code == "form.invalid"
    }

    private func values(for type: String, _ choices: [ChoiceView]) -> [JSONValue] {
        switch type {
        case "choice", "choices": choices.map { .string($0.value) }
        case "date": ["2026-12-14", "2027-01-15", "2026-12-01", "2026-11-24", "2027-06-01"].map { .string($0) }
        case "datetime": [.string("2026-12-14T09:00:00Z"), .string("2026-11-20T09:00:00Z")]
        case "integer", "number": [.number("2"), .number("20"), .number("200")]
        case "yes_no": [.bool(false), .bool(true)]
        case "person": [.string("lin.zhao"), .string("mei.tanaka")]
        case "email": [.string("nora@larkfield.example")]
        case "money": [.string("50000.00")]
        default: ["nora.new", "LK-01234", "012345"].map { .string($0) }
        }
    }
}
