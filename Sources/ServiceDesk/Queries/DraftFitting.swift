import WorkflowCore

/// What of a form is kept in a draft: what its questions could hold, without files and without what is sensitive.
struct DraftFitting {
    let form: Form
    /// What was asked for when the entries were made, as `kinds` tells it. What an entry was made for it fits, right or wrong; what was
    /// made for something else has to read as what is asked now.
    var before: [String: String] = [:]
    /// Of the fields in `before`.
    private var prefix = ""

    init(form: Form, before: [String: String] = [:]) {
        self.form = form
        self.before = before
    }

    /// The entries that fit, each in its own shape; whether they are right is said when the form is shown.
    func fitting(_ entries: [FieldID: JSONValue]) -> [FieldID: JSONValue] {
        var kept: [FieldID: JSONValue] = [:]
        for field in form.fields {
            guard let entry = entries[field.id], field.isKept else { continue }
            let path = prefix + field.id.text
            let isAsMeant = before[path].map { $0 == field.kind.sort } ?? true
            kept[field.id] = fitting(entry, field.kind, isAsMeant: isAsMeant, path)
        }
        return kept
    }

    /// What the questions ask for, by their paths: `price`, and `items.price` of rows.
    var kinds: [String: String] {
        form.fields.reduce(into: [:]) { kinds, field in
            guard field.isKept else { return }
            kinds[prefix + field.id.text] = field.kind.sort
            guard case .rows(let rows) = field.kind else { return }
            kinds.merge(columns(rows, of: prefix + field.id.text).kinds) { first, _ in first }
        }
    }

    private func columns(_ rows: RowsKind, of path: String) -> DraftFitting {
        var columns = DraftFitting(form: rows.columns, before: before)
        columns.prefix = "\(path)."
        return columns
    }

    private func fitting(_ entry: JSONValue, _ kind: FieldKind, isAsMeant: Bool, _ path: String) -> JSONValue? {
        switch (kind, entry) {
        case (_, .null): .null
        case (.choice(let list), .string(let value)): list.choices.contains { $0.value == value } ? entry : nil
        case (.choices(let list, _, _), .array(let elements)):
            .array(
                elements.filter {
                    fitting($0, .choice(list), isAsMeant: isAsMeant, path) != nil && $0 != .null
                })
        case (.list(of: let element, _, let most, _), .array(let elements)):
            .array(elements.prefix(most + 1).compactMap { fitting($0, element, isAsMeant: isAsMeant, path) })
        case (.rows(let rows), .array(let elements)):
            .array(elements.prefix(rows.maximum + 1).compactMap { row($0, columns(rows, of: path)) })
        case (.choice, _), (.choices, _), (.list, _), (.rows, _), (.file, _): nil
        case (.money, .object(let parts)):
            parts.values.allSatisfy(\.isScalar) && (isAsMeant || kind.reads(entry)) ? entry : nil
        default: entry.isScalar && (isAsMeant || kind.reads(entry)) ? entry : nil
        }
    }

    private func row(_ entry: JSONValue, _ columns: DraftFitting) -> JSONValue? {
        guard case .object(let cells) = entry else { return nil }
        let kept = columns.fitting(Dictionary(uniqueKeysWithValues: cells.map { (FieldID($0.key), $0.value) }))
        return .object(Dictionary(uniqueKeysWithValues: kept.map { ($0.key.text, $0.value) }))
    }
}

extension Form {
    /// Questions, also of rows, that no draft holds an answer to, although people answer them.
    var questionsWithoutDraft: [Field] {
        fields.flatMap { field -> [Field] in
            guard field.computed == nil else { return [] }
            guard field.isKept else { return [field] }
            if case .rows(let rows) = field.kind { return rows.columns.questionsWithoutDraft }
            return []
        }
    }
}

extension Field {
    /// Whether drafts hold what is entered for it.
    fileprivate var isKept: Bool { computed == nil && sensitive == nil && !kind.holdsFiles }
}

extension FieldKind {
    /// What it asks for, as far as entries are written differently for it.
    fileprivate var sort: String {
        guard case .list(of: let element, _, _, _) = self else { return name }
        return "\(name) of \(element.name)"
    }

    fileprivate var holdsFiles: Bool {
        switch self {
        case .file, .list(of: .file, _, _, _): true
        default: false
        }
    }
}

extension JSONValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .string, .number, .bool: true
        case .null, .array, .object: false
        }
    }

    /// Whether nobody has entered anything in it, rows among it.
    var isUntouched: Bool {
        switch self {
        case .array(let elements): elements.allSatisfy(\.isUntouched)
        case .object(let members): members.values.allSatisfy(\.isUntouched)
        default: isNothing
        }
    }
}
