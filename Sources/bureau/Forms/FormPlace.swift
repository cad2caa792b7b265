import WorkflowCore

/// Where a problem lies: in a field, or in a cell of a field with rows, as in `items[2].quantity`.
struct FormPlace: Equatable {
    let field: String
    /// Counted from 0; nil for the field as a whole.
    let row: Int?
    let column: String?

    /// Reads what the server names; nil when it is neither a field nor a cell nor a row.
    init?(_ text: String) {
        guard let match = text.wholeMatch(of: /([^\[\].]+)(?:\[([0-9]{1,9})\](?:\.([^\[\].]+))?)?/) else { return nil }
        field = String(match.1)
        row = match.2.flatMap { Int($0) }
        column = match.3.map { String($0) }
    }

    /// The question that is asked there; nil when the form has none.
    func field(in form: [FormField]) -> FormField? {
        guard let field = form.first(where: { $0.id == field }) else { return nil }
        guard let column else { return field }
        return field.columns.first { $0.id == column }
    }

    /// Puts an entry there, nil takes it away; false when there is no such place or nothing to take away.
    func set(_ entry: JSONValue?, in entries: inout [String: JSONValue]) -> Bool {
        guard let row, let column else {
            defer { entries[field] = entry }
            return entry != nil || entries[field] != nil
        }
        guard case .array(var rows)? = entries[field], rows.indices.contains(row), case .object(var cells) = rows[row],
            entry != nil || cells[column] != nil
        else { return false }
        cells[column] = entry
        rows[row] = .object(cells)
        entries[field] = .array(rows)
        return true
    }
}
