import WorkflowCore

/// People as others name them: pages take a name or an address where the engine takes a handle.
struct PersonEntries {
    let directory: Directory

    init(_ directory: Directory) {
        self.directory = directory
    }

    /// The entries with handles for people who were named otherwise, where that means one person alone.
    func resolved(_ entries: [FieldID: JSONValue], in form: Form) -> [FieldID: JSONValue] {
        var entries = entries
        for field in form.fields {
            guard let entry = entries[field.id] else { continue }
            entries[field.id] = resolved(entry, field.kind)
        }
        return entries
    }

    private func resolved(_ entry: JSONValue, _ kind: FieldKind) -> JSONValue {
        switch (kind, entry) {
        case (.person, .string(let text)): .string(handle(for: text) ?? text)
        case (.list(of: .person, _, _, _), .array(let elements)): .array(elements.map { resolved($0, .person) })
        case (.rows(let rows), .array(let elements)):
            .array(
                elements.map { element in
                    guard case .object(let cells) = element else { return element }
                    let entries = Dictionary(uniqueKeysWithValues: cells.map { (FieldID($0.key), $0.value) })
                    let row = resolved(entries, in: rows.columns)
                    return .object(Dictionary(uniqueKeysWithValues: row.map { ($0.key.text, $0.value) }))
                })
        default: entry
        }
    }

    /// The handle of the one active person with that handle, address or name; nil when there is none or several.
    func handle(for text: String) -> String? {
        let wanted = Self.plain(text)
        guard !wanted.isEmpty else { return nil }
        if let person = directory.person(handle: wanted) { return person.handle }
        let found = directory.everybody.filter { person in
            person.isActive && person.kind == .person
                && (Self.plain(person.name) == wanted || Self.plain(person.email) == wanted)
        }
        return found.count == 1 ? found[0].handle : nil
    }

    /// Active people whose handle, or part of whose name, begins like the text; at most so many, by name.
    func matching(_ text: String, limit: Int) -> [Directory.Person] {
        let wanted = Self.plain(text)
        guard !wanted.isEmpty else { return [] }
        return directory.everybody.lazy
            .filter { person in
                person.isActive && person.kind == .person && Self.begins(person, with: wanted)
            }
            .sorted { ($0.name, $0.handle) < ($1.name, $1.handle) }
            .prefix(limit).map { $0 }
    }

    /// Whether somebody's handle, or part of their name, begins like the text.
    static func begins(_ person: Directory.Person, with text: String) -> Bool {
        let (wanted, name) = (plain(text), plain(person.name))
        return person.handle.hasPrefix(wanted) || name.hasPrefix(wanted) || name.contains(" \(wanted)")
    }

    /// In lower case, without blanks around it.
    private static func plain(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
