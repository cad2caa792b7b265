extension ExpressionType: CustomStringConvertible {
    /// As an author would say it: "a date", "a list of people".
    public var description: String {
        switch self {
        case .null: "null"
        case .bool: "yes or no"
        case .int: "a whole number"
        case .uint: "an unsigned whole number"
        case .double: "a number"
        case .string: "text"
        case .bytes: "bytes"
        case .timestamp: "a moment"
        case .duration: "an elapsed time"
        case .date: "a date"
        case .timeOfDay: "a time of day"
        case .span(.civil): "a number of days"
        case .span(.elapsed): "a number of hours"
        case .money: "an amount of money"
        case .person: "a person"
        case .choice(let choice): "a choice of \(choice.name)"
        case .list(let element): "a list of \(element.plural)"
        case .map(let key, let value): "a map from \(key.plural) to \(value.plural)"
        case .optional(let wrapped): "\(wrapped.description) that may be absent"
        case .type: "a type"
        case .record(let record): "a record (\(record.name))"
        case .dyn, .parameter: "any value"
        }
    }

    /// Many of it: "dates", "people".
    var plural: String {
        switch self {
        case .null: "nulls"
        case .bool: "yes or no"
        case .int: "whole numbers"
        case .uint: "unsigned whole numbers"
        case .double: "numbers"
        case .string: "texts"
        case .bytes: "byte strings"
        case .timestamp: "moments"
        case .duration: "elapsed times"
        case .date: "dates"
        case .timeOfDay: "times of day"
        case .span: "spans of time"
        case .money: "amounts of money"
        case .person: "people"
        case .choice(let choice): "choices of \(choice.name)"
        case .list(let element): "lists of \(element.plural)"
        case .map: "maps"
        case .optional(let wrapped): "\(wrapped.plural) that may be absent"
        case .type: "types"
        case .record(let record): "records (\(record.name))"
        case .dyn, .parameter: "any values"
        }
    }
}
