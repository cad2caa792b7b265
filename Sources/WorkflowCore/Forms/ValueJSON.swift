public import Expressions

extension Value {
    /// The value as clients get it: dates, moments and spans as text, people as their identifiers, money as `{"amount", "currency"}`.
    /// A form takes it back as it is.
    public var json: JSONValue {
        switch self {
        case .null, .optional(nil): .null
        case .optional(let value?): value.json
        case .bool(let value): .bool(value)
        case .int(let value): .number(String(value))
        case .uint(let value): .number(String(value))
        case .double(let value): value.isFinite ? .number(String(value)) : .null
        case .string(let text), .type(let text), .person(let text): .string(text)
        case .bytes(let bytes): .array(bytes.map { .number(String($0)) })
        case .list(let values): .array(values.map(\.json))
        case .map(let map): AttachedFile(self)?.json ?? .object(Value.object(map))
        case .timestamp(let instant): .string(instant.description)
        case .duration(let duration): .string(duration.description)
        case .date(let date): .string(date.description)
        case .timeOfDay(let time): .string(time.description)
        case .span(let span): .string(span.description)
        case .money(let money):
            .object([
                "amount": .string(String(money.description.prefix { $0 != " " })), "currency": .string(money.currency),
            ])
        }
    }

    private static func object(_ map: [Value: Value]) -> [String: JSONValue] {
        var object: [String: JSONValue] = [:]
        for (key, value) in map {
            if case .string(let name) = key { object[name] = value.json } else { object["\(key)"] = value.json }
        }
        return object
    }
}

extension AttachedFile {
    /// As clients get it; a form takes it back, and its `id` alone.
    public var json: JSONValue {
        .object([
            "id": .string(id.description), "name": .string(name), "size": .number(String(size)),
            "media_type": .string(mediaType),
        ])
    }
}
