/// Rows of a form as they were sent: each says itself that it is there (`row=f.items[2]`), also when nothing is entered in it.
struct RowOrder {
    private(set) var fields: FormFields

    /// Numbers the rows from 0 without gaps, after what a button of the form did: `add:f.items`, `remove:f.items[2]`.
    init(_ fields: FormFields) {
        let fields = fields.withoutDroppedFile
        let command = fields["do"] ?? ""
        let removed = command.hasPrefix("remove:") ? String(command.dropFirst(7)) : nil
        var places: [String: String] = [:]
        var counts: [String: Int] = [:]
        for row in fields.values("row") where row != removed && places[row] == nil {
            guard let base = Self.base(of: row) else { continue }
            places[row] = "\(base)[\(counts[base, default: 0])]"
            counts[base, default: 0] += 1
        }
        var pairs = fields.pairs.compactMap { pair -> FormFields.Pair? in
            switch pair.name {
            case "row": return places[pair.value].map { FormFields.Pair("row", $0) }
            case "shown": return Self.moved(pair.value, places).map { FormFields.Pair("shown", $0) }
            default: return Self.moved(pair.name, places).map { FormFields.Pair($0, pair.value) }
            }
        }
        if command.hasPrefix("add:") {
            let base = String(command.dropFirst(4))
            pairs.append(FormFields.Pair("row", "\(base)[\(counts[base, default: 0])]"))
        }
        self.fields = FormFields(pairs: pairs)
    }

    /// Without rows in which nothing is entered: nobody has to take away what they did not want.
    func withoutEmptyRows() -> FormFields {
        let rows = fields.values("row")
        let empty = rows.filter { row in
            !fields.pairs.contains { $0.name.hasPrefix("\(row).") && !$0.value.trimmed.isEmpty }
        }
        guard !empty.isEmpty else { return fields }
        let pairs = fields.pairs.filter { pair in
            let name = pair.name == "row" || pair.name == "shown" ? pair.value : pair.name
            return !empty.contains { name == $0 || name.hasPrefix("\($0).") }
        }
        return RowOrder(FormFields(pairs: pairs.filter { $0.name != "do" })).fields
    }

    /// `f.items` of `f.items[2]`.
    private static func base(of row: String) -> String? {
        guard row.hasSuffix("]"), let bracket = row.lastIndex(of: "[") else { return nil }
        return String(row[..<bracket])
    }

    /// The name in its row's new place; nil when the row is gone.
    private static func moved(_ name: String, _ places: [String: String]) -> String? {
        guard name.hasPrefix("f."), let end = name.firstIndex(of: "]") else { return name }
        let row = String(name[...end])
        return places[row].map { $0 + name[name.index(after: end)...] }
    }
}

extension FormFields {
    /// After the button that takes a file away: `drop:f.proof:01899f…`.
    var withoutDroppedFile: FormFields {
        guard let parts = self["do"]?.split(separator: ":"), parts.count == 3, parts[0] == "drop" else { return self }
        var left = self
        left.pairs.removeAll { $0.name == parts[1] && $0.value == parts[2] }
        return left
    }
}
