/// What an expression can be.
///
/// `==` is identity of representation: `.int(1)` is not `.double(1)`, strings are equal when their scalars are (no
/// Unicode normalisation, unlike `String`), NaN equals itself. The language's own `==` compares numbers across types.
public indirect enum Value: Sendable {
    /// CEL's null.
    case null
    /// Yes or no.
    case bool(Bool)
    /// A whole number.
    case int(Int64)
    /// A whole number that is never negative (CEL's `1u`).
    case uint(UInt64)
    /// A binary floating-point number.
    case double(Double)
    /// Text.
    case string(String)
    /// Octets.
    case bytes([UInt8])
    /// Values in order.
    case list([Value])
    /// Values by key; keys are bool, int, uint or string. A record is a map with string keys.
    case map([Value: Value])
    /// A moment.
    case timestamp(Instant)
    /// An elapsed time.
    case duration(Duration)
    /// A type as a value, by its CEL name.
    case type(String)
    /// CEL's optional value, nil for none.
    case optional(Value?)
    /// A day.
    case date(CivilDate)
    /// A wall-clock time.
    case timeOfDay(TimeOfDay)
    /// An amount of time as people say it.
    case span(Span)
    /// An amount of money.
    case money(Money)
    /// A person, by an identifier that is opaque to expressions.
    case person(String)
}

extension Value: Hashable {
    /// Identity of representation, see the type.
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.uint(let left), .uint(let right)): left == right
        case (.double(let left), .double(let right)): left == right || (left.isNaN && right.isNaN)
        case (.string(let left), .string(let right)): sameScalars(left, right)
        case (.bytes(let left), .bytes(let right)): left == right
        case (.list(let left), .list(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        case (.timestamp(let left), .timestamp(let right)): left == right
        case (.duration(let left), .duration(let right)): left == right
        case (.type(let left), .type(let right)): left == right
        case (.optional(let left), .optional(let right)): left == right
        case (.date(let left), .date(let right)): left == right
        case (.timeOfDay(let left), .timeOfDay(let right)): left == right
        case (.span(let left), .span(let right)): left == right
        case (.money(let left), .money(let right)): left == right
        case (.person(let left), .person(let right)): sameScalars(left, right)
        default: false
        }
    }

    /// Consistent with `==`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        switch self {
        case .null: break
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .uint(let value): hasher.combine(value)
        case .double(let value):
            hasher.combine(value.isNaN ? Double.nan.bitPattern : (value == 0 ? 0 : value).bitPattern)
        case .string(let value), .type(let value), .person(let value): hasher.combine(value)
        case .bytes(let value): hasher.combine(value)
        case .list(let value): hasher.combine(value)
        case .map(let value): hasher.combine(value)
        case .timestamp(let value): hasher.combine(value)
        case .duration(let value): hasher.combine(value)
        case .optional(let value): hasher.combine(value)
        case .date(let value): hasher.combine(value)
        case .timeOfDay(let value): hasher.combine(value)
        case .span(let value): hasher.combine(value)
        case .money(let value): hasher.combine(value)
        }
    }

    /// A number for each case, in the order in which keys of different types sort.
    var kind: Int {
        switch self {
        case .null: 0
        case .bool: 1
        case .int: 2
        case .uint: 3
        case .double: 4
        case .string: 5
        case .bytes: 6
        case .list: 7
        case .map: 8
        case .timestamp: 9
        case .duration: 10
        case .type: 11
        case .optional: 12
        case .date: 13
        case .timeOfDay: 14
        case .span: 15
        case .money: 16
        case .person: 17
        }
    }
}

extension Value {
    /// The keys of a map in the one order in which macros visit and JSON lists them: by type, then by value, strings by
    /// scalars.
    static func sortedKeys(of map: [Value: Value]) -> [Value] {
        map.keys.sorted { left, right in
            switch (left, right) {
            case (.bool(let left), .bool(let right)): !left && right
            case (.int(let left), .int(let right)): left < right
            case (.uint(let left), .uint(let right)): left < right
            case (.double(let left), .double(let right)): left < right
            case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
            default: left.kind < right.kind
            }
        }
    }
}

/// Whether two texts are the same scalars; `String`'s own `==` treats canonically equivalent ones as equal.
func sameScalars(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
}
