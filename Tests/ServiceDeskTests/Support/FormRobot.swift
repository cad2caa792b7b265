import Expressions
import ServiceDesk
import WorkflowCore

/// Fills forms in from what their views say, and mends what is refused.
struct FormRobot {
    private let form: [FormFieldView]
    private var asked: Set<FieldID>
    private var tries: [FieldID: Int] = [:]
    /// Who fills in the one row of a field with rows.
    private var rows: [FieldID: FormRobot] = [:]

    init(_ form: [FormFieldView]) {
        self.form = form
        let entered = form.filter { $0.computed == nil }
        asked = Set(entered.filter { !$0.isOptional && $0.askWhen == nil && $0.defaultValue == nil }.map(\.id))
        for field in entered where field.type == "rows" { rows[field.id] = FormRobot(field.columns) }
    }

    /// What to send now.
    var entries: [FieldID: JSONValue] {
        var entries: [FieldID: JSONValue] = [:]
        for field in form where asked.contains(field.id) {
            if let row = rows[field.id] {
                let cells = row.entries.map { ($0.text, $1) }
                entries[field.id] = .array([.object(Dictionary(uniqueKeysWithValues: cells))])
                continue
            }
            let values = values(for: field.elementType ?? field.type, field.choices)
            let value = values[tries[field.id, default: 0] % values.count]
            entries[field.id] = field.type == "list" || field.type == "choices" ? .array([value]) : value
        }
        return entries
    }

    /// Learns from a refusal; false when there is nothing to learn.
    mutating func mend(_ rejection: Rejection) -> Bool {
        for problem in rejection.fields { learn(problem.field, problem.code) }
        return rejection.code == "form.invalid"
    }

    private mutating func learn(_ field: FieldID, _ code: String) {
        let parts = field.text.split(separator: "[0].", maxSplits: 1).map(String.init)
        if parts.count == 2 {
            rows[FieldID(parts[0])]?.learn(FieldID(parts[1]), code)
            return
        }
        switch code {
        case "form.required": asked.insert(field)
        case "form.not_asked": asked.remove(field)
        default: tries[field, default: 0] += 1
        }
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
        case "time": [.string("09:30"), .string("16:00")]
        case "phone": [.string("+49 30 1234567")]
        case "url": [.string("https://example.org/")]
        case "money": [.string("50000.00")]
        default: ["nora.new", "LK-01234", "012345"].map { .string($0) }
        }
    }
}
