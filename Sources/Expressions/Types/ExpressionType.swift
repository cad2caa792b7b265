/// The type of an expression.
public indirect enum ExpressionType: Hashable, Sendable {
    /// Only null.
    case null
    /// Yes or no; the only type of conditions.
    case bool
    /// A whole number.
    case int
    /// A whole number that is never negative.
    case uint
    /// A number.
    case double
    /// Text.
    case string
    /// Octets.
    case bytes
    /// A moment.
    case timestamp
    /// An elapsed time.
    case duration
    /// A day.
    case date
    /// A wall-clock time.
    case timeOfDay
    /// An amount of time as people say it; the kind decides what it can be added to.
    case span(SpanKind)
    /// An amount of money.
    case money
    /// A person.
    case person
    /// One of a closed list of names; a text at run time.
    case choice(ChoiceType)
    /// A list of one type.
    case list(ExpressionType)
    /// A map from keys (bool, int, uint, string) to values.
    case map(ExpressionType, ExpressionType)
    /// A value or none.
    case optional(ExpressionType)
    /// A type as a value.
    case type(ExpressionType)
    /// A record with known fields; a map with string keys at run time.
    case record(RecordType)
    /// Known only at run time.
    case dyn
    /// A type parameter of a function's signature, the same wherever its name appears there.
    case parameter(String)
}

extension ExpressionType {
    /// Whether it is made of nothing else, so that it fits only itself among such types.
    var isSimple: Bool {
        switch self {
        case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .timeOfDay, .span, .money,
            .person:
            true
        case .null, .choice, .list, .map, .optional, .type, .record, .dyn, .parameter: false
        }
    }

    /// Whether a type parameter stands in it.
    var holdsParameter: Bool {
        switch self {
        case .parameter: true
        case .list(let inner), .optional(let inner), .type(let inner): inner.holdsParameter
        case .map(let key, let value): key.holdsParameter || value.holdsParameter
        default: false
        }
    }
}

/// A closed list of names. Its values are texts at run time; a literal that is not a member is an issue.
public struct ChoiceType: Hashable, Sendable {
    /// What the list is called.
    public let name: String
    /// The members, in the list's order.
    public let members: [String]

    /// A list of that name with those members.
    public init(name: String, members: [String]) {
        self.name = name
        self.members = members
    }
}

/// A record: fields by name, each with its type and when it is there. A list of rows is a list of records.
///
/// The condition of a field's presence may name the record's own fields, where no variable has that name.
public struct RecordType: Hashable, Sendable {
    /// What the record is called.
    public let name: String
    /// The fields by name.
    public let fields: [String: VariableDeclaration]

    /// A record of that name with those fields.
    public init(name: String, fields: [String: VariableDeclaration]) {
        self.name = name
        self.fields = fields
    }
}
