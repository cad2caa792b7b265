import Expressions
import WorkflowCore

extension Reading {
    /// The questions of a form in its order, those with a condition too: `askWhen` says it.
    func form(_ form: Form) -> [FormFieldView] {
        form.fields.map(question)
    }

    /// Fields of the request that somebody may change, with what they hold now as far as the viewer may read it.
    func form(_ fields: [FieldID], of state: RequestState) -> [FormFieldView] {
        fields.compactMap { id in
            guard let field = type.form[id] else { return nil }
            let isReadable = Rules.canRead(field, on: state, in: context)
            let value = isReadable ? state.values[id.text] : nil
            return question(field, holding: value.flatMap { mayShow($0) ? $0 : nil })
        }
    }

    private func question(_ field: Field) -> FormFieldView { question(field, holding: nil) }

    private func question(_ field: Field, holding value: Value?) -> FormFieldView {
        var element: FieldKind?
        if case .list(let kind, _, _, _) = field.kind { element = kind }
        var columns: [FormFieldView] = []
        if case .rows(let rows) = field.kind { columns = form(rows.columns) }
        let bounds = field.kind.bounds
        var view = FormFieldView(
            id: field.id, label: text(field.label), help: field.help.map(text), type: field.kind.name,
            elementType: element?.name, isOptional: field.isOptional, askWhen: field.askWhen?.source,
            choices: (element ?? field.kind).choices.map { ChoiceView(value: $0.value, label: text($0.label)) },
            minimum: bounds.minimum, maximum: bounds.maximum,
            defaultValue: value?.json ?? constantDefault(of: field), columns: columns, computed: field.computed?.source)
        view.fileTypes = (element ?? field.kind).fileTypes
        if case .money(let currency) = element ?? field.kind { view.currency = currency }
        return view
    }

    private func constantDefault(of field: Field) -> JSONValue? {
        guard let expression = field.defaultValue, expression.isConstant else { return nil }
        // A default that fails without a request is no constant.
        guard let value = try? expression.evaluate(in: ConstantActivation(time: compiled.time)) else { return nil }
        return value.json
    }
}

extension FieldKind {
    /// The type as the files call it.
    var name: String {
        switch self {
        case .text: "text"
        case .longText: "long_text"
        case .integer: "integer"
        case .number: "number"
        case .yesNo: "yes_no"
        case .choice: "choice"
        case .choices: "choices"
        case .date: "date"
        case .datetime: "datetime"
        case .person: "person"
        case .email: "email"
        case .money: "money"
        case .time: "time"
        case .phone: "phone"
        case .url: "url"
        case .file: "file"
        case .rows: "rows"
        case .list: "list"
        }
    }

    /// The choices in order; empty for other kinds.
    var choices: [Choice] {
        switch self {
        case .choice(let list), .choices(let list, _, _): list.choices
        default: []
        }
    }

    /// The kinds of files that are taken, in their order; empty for other kinds.
    var fileTypes: [String] {
        if case .file(let kind) = self { kind.types.sorted().map(\.rawValue) } else { [] }
    }

    /// Lengths of texts, bounds of numbers, counts of lists and rows, the octets of a file.
    var bounds: (minimum: String?, maximum: String?) {
        switch self {
        case .text(let maximum), .longText(let maximum): (nil, String(maximum))
        case .integer(let minimum, let maximum): (minimum.map { "\($0)" }, maximum.map { "\($0)" })
        case .number(let minimum, let maximum): (minimum.map { "\($0)" }, maximum.map { "\($0)" })
        case .choices(_, let minimum, let maximum): (String(minimum), maximum.map { "\($0)" })
        case .list(_, let minimum, let maximum, _): (String(minimum), String(maximum))
        case .rows(let rows): (String(rows.minimum), String(rows.maximum))
        case .file(let kind): (nil, String(kind.maximumSize))
        case .yesNo, .choice, .date, .datetime, .person, .email, .money, .time, .phone, .url: (nil, nil)
        }
    }
}
