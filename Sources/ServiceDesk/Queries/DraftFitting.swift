import WorkflowCore

/// What of a form is kept in a draft: what its questions could hold, without files and without what is sensitive.
struct DraftFitting {
    let form: Form

    /// The entries that fit, each in its own shape; whether they are right is said when the form is shown.
    func fitting(_ entries: [FieldID: JSONValue]) -> [FieldID: JSONValue] {
        var kept: [FieldID: JSONValue] = [:]
        for field in form.fields {
            if let entry = entries[field.id], field.isKept { kept[field.id] = Self.fitting(entry, field.kind) }
        }
        return kept
    }

    private static func fitting(_ entry: JSONValue, _ kind: FieldKind) -> JSONValue? {
        switch (kind, entry) {
        case (_, .null): .null
        case (.choice(let list), .string(let value)): list.choices.contains { $0.value == value } ? entry : nil
        case (.choices(let list, _, _), .array(let elements)):
            .array(elements.filter { fitting($0, .choice(list)) != nil && $0 != .null })
        case (.list(of: let element, _, let most, _), .array(let elements)):
            .array(elements.prefix(most + 1).compactMap { fitting($0, element) })
        case (.rows(let rows), .array(let elements)):
            .array(elements.prefix(rows.maximum + 1).compactMap { row($0, DraftFitting(form: rows.columns)) })
        case (.choice, _), (.choices, _), (.list, _), (.rows, _), (.file, _): nil
        case (.money, .object(let parts)): parts.values.allSatisfy(\.isScalar) ? entry : nil
        default: entry.isScalar ? entry : nil
        }
    }

    private static func row(_ entry: JSONValue, _ columns: DraftFitting) -> JSONValue? {
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
