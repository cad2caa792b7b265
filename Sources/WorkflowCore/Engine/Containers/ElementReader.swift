import Expressions

/// Turns what somebody adds to an each into a value of its list's type.
struct ElementReader {
    let reader: FieldReader

    /// A value of that type; throws what is wrong with it.
    func value(of type: ExpressionType, from entry: Entry) throws(FieldMistake) -> Value {
        switch (type, entry) {
        case (.optional(let type), _): return try value(of: type, from: entry)
        case (.record(let record), .raw(.object(let members))): return try row(of: record, from: members)
        case (.record, .raw): throw .type("This must be an object with a member for each column.")
        case (_, .value(let value)) where type.kind == nil: return value
        default:
            guard let kind = type.kind else { throw .type("Nothing can be added to a list of this type.") }
            return try reader.value(of: kind, from: entry)
        }
    }

    private func row(of record: RecordType, from members: [String: JSONValue]) throws(FieldMistake) -> Value {
        if let unknown = members.keys.filter({ record.fields[$0] == nil }).min() {
            throw FieldMistake(code: "form.unknown_field", message: "There is no column `\(unknown)`.")
        }
        var row: [Value: Value] = [:]
        for (name, field) in record.fields.sorted(by: { $0.key < $1.key }) {
            switch members[name] {
            case nil, .null?:
                guard field.presence != .always else {
                    throw FieldMistake(code: "form.required", message: "The column `\(name)` is missing.")
                }
            case let json?: row[.string(name)] = try value(of: field.type, from: .raw(json))
            }
        }
        return .map(row)
    }
}

extension ExpressionType {
    /// The kind of field that holds values of the type; nil for types that no single field has.
    fileprivate var kind: FieldKind? {
        switch self {
        case .string, .dyn: .text(maximumLength: TextRules.maximumLength)
        case .int: .integer(minimum: nil, maximum: nil)
        case .double: .number(minimum: nil, maximum: nil)
        case .bool: .yesNo
        case .date: .date
        case .timestamp: .datetime
        case .timeOfDay: .time
        case .person: .person
        case .choice(let choices):
            .choice(
                ChoiceList(
                    id: ListID(choices.name),
                    choices: choices.members.map { Choice(value: $0, label: LocalizedText([:])) }))
        default: nil
        }
    }

    /// The type of a list's elements; the type itself when it is none.
    var element: ExpressionType {
        switch self {
        case .list(let element): element
        case .optional(let type): type.element
        default: self
        }
    }
}
