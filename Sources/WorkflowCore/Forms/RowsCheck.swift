import Expressions

extension FormCheck {
    /// Reads rows; nil when something in them is wrong, which has been noted for each cell.
    mutating func read(_ entry: Entry, _ field: Field, _ rows: RowsKind) -> Value? {
        guard let entries = entry.rows else {
            note(field.id, "form.type", "This must be a list of rows.")
            return nil
        }
        guard entries.count >= rows.minimum else {
            note(field.id, "form.too_few", "At least \(rows.minimum) are needed.")
            return nil
        }
        // Said before any row is read: what a form costs is bounded by its rows.
        guard entries.count <= rows.maximum else {
            note(field.id, "form.too_many", "At most \(rows.maximum) are allowed.")
            return nil
        }
        var isSound = true
        var elements: [Value] = []
        for (index, entry) in entries.enumerated() {
            guard let cells = entry.cells else {
                let names = rows.columns.fields.map { "`\($0.id)`" }.joined(separator: ", ")
                note(FieldID("\(field.id)[\(index)]"), "form.type", "This must be a row with the columns \(names).")
                continue
            }
            var row = row(index, of: field)
            row.take(rows.columns, cells)
            adopt(row.problems)
            elements.append(Value(members: row.values))
            isSound = isSound && row.problems.isEmpty
        }
        return isSound ? .list(elements) : nil
    }

    /// The rows with their computed columns computed again; nil when that goes wrong, which has been noted.
    mutating func recomputed(_ value: Value, of field: Field, _ rows: RowsKind) -> Value? {
        guard case .list(let elements) = value else { return value }
        var isSound = true
        var renewed: [Value] = []
        for (index, element) in elements.enumerated() {
            var row = row(index, of: field, filled: FilledForm(values: element.members, open: []))
            row.take(rows.columns, [:])
            adopt(row.problems)
            renewed.append(Value(members: row.values))
            isSound = isSound && row.problems.isEmpty
        }
        return isSound ? .list(renewed) : nil
    }
}

extension Entry {
    /// The entries of a list's elements; nil for what is no list.
    fileprivate var rows: [Entry]? {
        switch self {
        case .raw(.array(let elements)): elements.map { .raw($0) }
        case .value(let value):
            if case .list(let elements)? = value.present { elements.map { .value($0) } } else { nil }
        case .raw: nil
        }
    }

    /// The entries of a row by column; nil for what is no row.
    fileprivate var cells: [FieldID: Entry]? {
        switch self {
        case .raw(.object(let members)):
            Dictionary(uniqueKeysWithValues: members.map { (FieldID($0), .raw($1)) })
        case .value(let value):
            if case .map? = value.present {
                Dictionary(uniqueKeysWithValues: value.members.map { (FieldID($0), .value($1)) })
            } else {
                nil
            }
        case .raw: nil
        }
    }
}

extension Value {
    /// A record with those members.
    init(members: [String: Value]) {
        self = .map(Dictionary(uniqueKeysWithValues: members.map { (.string($0), $1) }))
    }

    /// The members of a record by name; empty for everything else.
    var members: [String: Value] {
        guard case .map(let map)? = present else { return [:] }
        var members: [String: Value] = [:]
        for case (.string(let name), let value) in map { members[name] = value }
        return members
    }
}
