import WorkflowCore

/// Reads forms: those of request types and those of tasks.
struct FormReader {
    let context: ReadingContext
    let lists: [ListID: ChoiceList]
    /// The organisation's.
    let currency: String

    /// The most fields of a form.
    static let maximumFields = 200

    private var findings: Findings { context.findings }

    /// - Parameter shape: `Shapes.field`, or `Shapes.answerField` where labels may be left out.
    func fields(_ node: YAMLNode?, _ shape: MappingShape = Shapes.field, isColumn: Bool = false) -> [DraftField] {
        guard let mapping = node?.mapping("a form is a mapping from fields to what is asked", findings) else {
            return []
        }
        guard mapping.entries.count <= Self.maximumFields else {
            findings.error(
                .configTooMany, "A form has at most \(Self.maximumFields) fields.",
                at: mapping.entries[Self.maximumFields].key.location)
            return []
        }
        return mapping.entries.compactMap { entry in
            guard let id = context.identifier(entry.key) else { return nil }
            return field(id, entry.value, shape, isColumn: isColumn)
        }
    }

    private func field(
        _ id: Located<String>, _ node: YAMLNode, _ shape: MappingShape, isColumn: Bool
    ) -> DraftField? {
        guard let reader = MappingReader(node, shape, at: id.location, findings: findings) else { return nil }
        let isOptional = reader["optional"].flatMap(context.yesNo) ?? false
        let isLabelled = shape.required.contains { $0.name == "label" }
        if !isLabelled, !reader.has("label") { context.missText(of: id.value, "label", at: id.location) }
        let columns = isColumn ? [] : fields(reader["columns"], isColumn: true)
        if isColumn, reader["sensitive"] != nil {
            findings.error(
                .configBadValue, "A single column cannot be sensitive.", hint: "Write `sensitive` for the whole field.",
                at: reader.location(of: "sensitive"))
        }
        let field = DraftField(
            id: id,
            label: reader["label"].flatMap(context.text) ?? (isLabelled ? nil : words(id.value)),
            help: reader["help"].flatMap(context.text),
            kind: kind(reader, list: id.value, columns: isColumn ? nil : columns),
            isOptional: isOptional,
            askWhen: reader["ask_when"].flatMap(context.expression),
            check: reader["check"].flatMap(context.expression),
            message: reader["message"].flatMap(context.template),
            defaultValue: reader["default"].flatMap(context.value),
            sensitive: reader["sensitive"].map(readers),
            computed: reader["value"].flatMap(context.value),
            isComputed: reader.has("value"),
            columns: columns,
            places: Places(reader.mapping, except: Self.definitions)
        )
        if !isLabelled, field.kind?.holdsFiles == true {
            findings.error(
                .configBadValue, "Neither an answer nor an event brings a file.",
                hint: "People attach files to forms; take a `url` where another system keeps one.",
                at: reader.location(of: "type"))
        }
        if field.isComputed, reader.has("default") {
            findings.error(
                .configUnknownKey, "A computed field has no `default`: nobody leaves it empty.",
                hint: "Take `default` or `value` out.", at: reader.location(of: "default"))
        }
        if isOptional, reader.has("default") {
            findings.warning(
                .fieldNeverAsked, "`\(id.value)` has a default, so it is never left empty.",
                hint: "Take `optional` or `default` out.", at: reader.location(of: "optional"))
        }
        if reader.has("message"), !reader.has("check") {
            findings.error(
                .configMissingKey, "`message` needs `check`.",
                hint: "It is what people read when the check does not hold.",
                at: reader.location(of: "message"))
        }
        return field
    }

    /// Where not all of them can be read, nobody can tell whom the value flows to.
    private func readers(_ node: YAMLNode) -> [DraftPeople] {
        let people = context.people(node)
        let isWhole = people.allSatisfy { if case .unreadable = $0 { false } else { true } }
        if !isWhole { findings.leaveProcessOpen(in: node.location.file) }
        return people
    }

    /// Keys whose values hold definitions with places of their own.
    private static let definitions: Set = ["columns", "of"]

    /// An identifier as words, for what nobody is asked.
    private func words(_ id: String) -> LocalizedText {
        let words = id.split(separator: "_").joined(separator: " ")
        return LocalizedText(Dictionary(uniqueKeysWithValues: context.languages.map { ($0, words) }))
    }

    /// What the field holds; nil after a complaint.
    ///
    /// - Parameter columns: of rows; nil where there can be none, in a row or a list.
    private func kind(
        _ reader: MappingReader, list name: String, columns: [DraftField]? = nil, isElement: Bool = false
    ) -> FieldKind? {
        guard let type = reader["type"].flatMap({ context.word($0, of: Shapes.fieldTypes) }) else { return nil }
        var used: [String] = []
        defer { refuseBounds(reader, type: type, used: used) }
        switch type.value {
        case "text":
            used = ["max_length"]
            return length(reader, usual: 200).map { .text(maximumLength: $0) }
        case "long_text":
            used = ["max_length"]
            return length(reader, usual: 5_000).map { .longText(maximumLength: $0) }
        case "integer":
            used = ["min", "max"]
            let bounds = integerBounds(reader)
            return .integer(minimum: bounds.minimum, maximum: bounds.maximum)
        case "number":
            used = ["min", "max"]
            let minimum = reader["min"].flatMap(context.number)?.value
            let maximum = reader["max"].flatMap(context.number)?.value
            if let minimum, let maximum, minimum > maximum { complainAboutBounds(reader) }
            return .number(minimum: minimum, maximum: maximum)
        case "yes_no": return .yesNo
        case "choice":
            used = ["of"]
            return choices(reader, name: name).map { .choice($0) }
        case "choices":
            used = ["of", "min", "max"]
            guard let list = choices(reader, name: name) else { return nil }
            let bounds = countBounds(reader, most: list.choices.count)
            return .choices(list, minimum: bounds.minimum, maximum: reader["max"] == nil ? nil : bounds.maximum)
        case "date": return .date
        case "datetime": return .datetime
        case "person": return .person
        case "time": return .time
        case "email": return .email
        case "phone": return .phone
        case "url": return .url
        case "money":
            used = ["currency"]
            return .money(currency: reader["currency"].flatMap(context.currency) ?? currency)
        case "file":
            used = ["types", "max_size"]
            return file(reader)
        case "rows":
            used = ["columns", "min", "max"]
            return rows(reader, columns, type: type)
        default:
            used = ["of", "min", "max", "unique"]
            return list(reader, name: name, type: type, isElement: isElement)
        }
    }

    private func list(
        _ reader: MappingReader, name: String, type: Located<String>, isElement: Bool
    ) -> FieldKind? {
        guard !isElement else {
            findings.error(.configBadValue, "A list is not made of lists.", at: type.location)
            return nil
        }
        guard let node = reader["of"] else {
            findings.error(
                .configMissingKey, "A list needs `of`.", hint: "`of: {type: text}` is a list of texts.",
                at: type.location)
            return nil
        }
        guard let inner = MappingReader(node, Shapes.element, findings: findings),
            let element = kind(inner, list: name, isElement: true)
        else { return nil }
        if case .choices = element {
            findings.error(
                .configBadValue, "A list is not made of lists.", hint: "Use `type: choice`.",
                at: inner.location(of: "type"))
            return nil
        }
        let bounds = countBounds(reader, most: 1_000)
        return .list(
            of: element, minimum: bounds.minimum, maximum: reader["max"] == nil ? 100 : bounds.maximum,
            unique: reader["unique"].flatMap(context.yesNo) ?? false)
    }

    private func rows(_ reader: MappingReader, _ columns: [DraftField]?, type: Located<String>) -> FieldKind? {
        guard let columns else {
            findings.error(.configBadValue, "Rows hold no rows.", at: type.location)
            return nil
        }
        guard let node = reader["columns"] else {
            findings.error(
                .configMissingKey, "Rows need `columns`.", hint: "Columns are fields, each with its label and type.",
                at: type.location)
            return nil
        }
        if case .mapping(let mapping) = node, mapping.entries.isEmpty {
            findings.error(.configEmpty, "Rows without columns hold nothing.", at: node.location)
            return nil
        }
        let bounds = countBounds(reader, most: 1_000)
        let maximum = reader["max"] == nil ? 100 : bounds.maximum
        let minimum = reader["min"] == nil ? 1 : bounds.minimum
        if minimum > maximum, reader["min"] != nil, reader["max"] == nil { complainAboutBounds(reader) }
        return .rows(
            RowsKind(columns: Form(fields: columns.compactMap(Self.typed)), minimum: minimum, maximum: maximum))
    }

    /// A column as far as types go; what it asks and checks is compiled later.
    private static func typed(_ column: DraftField) -> Field? {
        guard let kind = column.kind else { return nil }
        return Field(
            id: FieldID(column.id.value), label: column.label ?? LocalizedText([:]), help: nil, kind: kind,
            isOptional: column.isOptional || column.askWhen != nil, askWhen: nil, check: nil, message: nil,
            defaultValue: nil, sensitive: nil, source: column.id.location)
    }

    func choices(_ reader: MappingReader, name: String) -> ChoiceList? {
        guard let node = reader["of"] else {
            findings.error(
                .configMissingKey, "A choice needs `of`.", hint: "Name a shared list, or write values and labels.",
                at: reader.location(of: "type"))
            return nil
        }
        if case .mapping = node {
            return ChoiceReader(context: context).list(ListID(name), node)
        }
        if case .sequence(let values) = node {
            let example = values.items.compactMap { item -> String? in
                if case .scalar(let scalar) = item { "\(scalar.text): …" } else { nil }
            }
            findings.error(
                .configWrongType, "Choices have labels, so they are a mapping, not a list.",
                hint: "Write `{\(example.joined(separator: ", "))}`.", at: node.location)
            return nil
        }
        guard let list = context.name(node, "a shared list, or values and labels,") else { return nil }
        if let known = lists[ListID(list.value)] { return known }
        _ = context.resolve(list.value, among: lists.keys.map(\.text), "list", .unknownList, at: list.location)
        return nil
    }

    private func file(_ reader: MappingReader) -> FieldKind? {
        var types: Set<FileClass> = []
        if let node = reader["types"] {
            for item in node.items {
                guard let word = context.word(item, of: Shapes.fileClasses) else { return nil }
                if let type = FileClass(rawValue: word.value) { types.insert(type) }
            }
            guard !types.isEmpty else {
                findings.error(.configEmpty, "A field that takes no files asks for nothing.", at: node.location)
                return nil
            }
        }
        guard let size = size(reader) else { return nil }
        return .file(FileKind(types: types.isEmpty ? [.any] : types, maximumSize: size))
    }

    /// In octets: `10 MB`, `500 kB`; 25 MB unless said. The daemon limits all uploads, too.
    private func size(_ reader: MappingReader) -> Int64? {
        guard let node = reader["max_size"] else { return 25_000_000 }
        guard let text = context.name(node, "a size such as 10 MB") else { return nil }
        let parts = text.value.split(separator: " ")
        let units: [Substring: Int64] = ["kB": 1_000, "MB": 1_000_000]
        guard parts.count == 2, let number = Int64(parts[0]), let unit = units[parts[1]],
            (1...1_000_000).contains(number), number * unit <= 1_000_000_000
        else {
            findings.error(
                .fieldBounds, "`max_size` is a whole number with its unit, at most 1000 MB.",
                hint: "Write `10 MB` or `500 kB`.",
                at: text.location)
            return nil
        }
        return number * unit
    }

    // MARK: Bounds

    private func length(_ reader: MappingReader, usual: Int) -> Int? {
        guard let node = reader["max_length"] else { return usual }
        guard let length = context.wholeNumber(node) else { return nil }
        guard (1...10_000).contains(length.value) else {
            findings.error(.fieldBounds, "`max_length` is between 1 and 10000.", at: length.location)
            return nil
        }
        return Int(length.value)
    }

    private func integerBounds(_ reader: MappingReader) -> (minimum: Int64?, maximum: Int64?) {
        let minimum = reader["min"].flatMap(context.wholeNumber)?.value
        let maximum = reader["max"].flatMap(context.wholeNumber)?.value
        if let minimum, let maximum, minimum > maximum { complainAboutBounds(reader) }
        return (minimum, maximum)
    }

    private func countBounds(_ reader: MappingReader, most: Int) -> (minimum: Int, maximum: Int) {
        let bounds = integerBounds(reader)
        let minimum = bounds.minimum ?? 0
        let maximum = bounds.maximum ?? Int64(most)
        if minimum < 0 || maximum < 1 || minimum > Int64(most) || maximum > 1_000 {
            findings.error(
                .fieldBounds, "These numbers of entries are not possible.",
                at: reader.location(of: reader["min"] == nil ? "max" : "min"))
        }
        return (Int(clamping: minimum), Int(clamping: maximum))
    }

    private func complainAboutBounds(_ reader: MappingReader) {
        findings.error(.fieldBounds, "`min` is greater than `max`.", at: reader.location(of: "min"))
    }

    /// Keys that belong to some types of fields.
    private static let bounds = [
        "of", "columns", "min", "max", "max_length", "unique", "currency", "types", "max_size",
    ]

    /// Complains about keys that this type of field does not have.
    func refuseBounds(_ reader: MappingReader, type: Located<String>, used: [String]) {
        for key in Self.bounds where reader.has(key) && !used.contains(key) {
            guard let entry = reader.mapping[key] else { continue }
            findings.error(
                .configUnknownKey, "A field of type `\(type.value)` has no `\(key)`.", at: entry.key.location)
        }
    }
}

/// Reads choices: values and the labels that people read for them.
struct ChoiceReader {
    let context: ReadingContext

    func list(_ id: ListID, _ node: YAMLNode) -> ChoiceList? {
        guard let mapping = node.mapping("a list is a mapping from values to labels", context.findings) else {
            return nil
        }
        let choices = mapping.entries.compactMap { entry -> Choice? in
            guard !entry.key.text.isEmpty, entry.key.text.utf8.count <= 100 else {
                context.findings.error(.nameInvalid, "A value has 1 to 100 characters.", at: entry.key.location)
                return nil
            }
            return label(entry.value).map { Choice(value: entry.key.text, label: $0) }
        }
        guard !choices.isEmpty else {
            if mapping.entries.isEmpty {
                context.findings.error(.configEmpty, "The list has no choices.", at: mapping.location)
            }
            return nil
        }
        return ChoiceList(id: id, choices: choices)
    }

    private func label(_ node: YAMLNode) -> LocalizedText? {
        if case .mapping(let mapping) = node, mapping["label"] != nil {
            return MappingReader(node, Shapes.choice, findings: context.findings)?["label"].flatMap(context.text)
        }
        return context.text(node)
    }
}
