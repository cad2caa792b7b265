/// How large the values of a part of an expression can be at most, in every respect that costs steps.
struct Extent: Hashable {
    /// UTF-8 bytes of text, or octets.
    var bytes: Steps = 0
    /// Elements of a list, entries of a map, fields of a record.
    var count: Steps = 0
    /// Days of working time in a span.
    var workingDays: Steps = 0
    /// How many optionals lie around it.
    var layers: Steps = 0
    /// Of all elements, values or fields together; one or none.
    private var contained: [Extent] = []
    /// Of all keys of a map; one or none.
    private var keys: [Extent] = []
    /// Of a record's fields.
    var fields: [String: Extent] = [:]
    private var isUnknown = false

    /// A number, a date and so on.
    static let scalar = Extent()

    /// Anything.
    static let unknown: Extent = {
        var extent = Extent()
        (extent.bytes, extent.count, extent.layers) = (.unbounded, .unbounded, .unbounded)
        extent.workingDays = longestSpan
        extent.isUnknown = true
        return extent
    }()

    /// A span of which nothing is known; longer ones the evaluator refuses.
    static let span: Extent = {
        var extent = Extent()
        extent.workingDays = longestSpan
        return extent
    }()

    private static let longestSpan = Steps(Evaluation.longestWorkingSpan)

    static func text(_ bytes: Steps) -> Extent {
        var extent = Extent()
        extent.bytes = bytes
        return extent
    }

    static func list(_ count: Steps, of element: Extent) -> Extent {
        var extent = Extent()
        extent.count = count
        extent.contained = [element]
        return extent
    }

    static func map(_ count: Steps, from key: Extent, to value: Extent) -> Extent {
        var extent = list(count, of: value)
        extent.keys = [key]
        return extent
    }

    /// Of an element or a map's value.
    var element: Extent { isUnknown ? .unknown : contained.first ?? .scalar }

    /// Of what a macro's first name stands for: an element, or a map's key.
    var visited: Extent { isUnknown ? .unknown : keys.first?.joined(element) ?? element }

    /// Of a field or a map's value.
    func field(_ name: String) -> Extent { fields[name] ?? element }

    var inOptional: Extent {
        var extent = self
        extent.layers += 1
        return extent
    }

    /// Of values that may be the one or the other.
    func joined(_ other: Extent) -> Extent {
        if isUnknown || other.isUnknown { return .unknown }
        var extent = Extent()
        extent.bytes = max(bytes, other.bytes)
        extent.count = max(count, other.count)
        extent.workingDays = max(workingDays, other.workingDays)
        extent.layers = max(layers, other.layers)
        extent.contained = Self.joined(contained, other.contained)
        extent.keys = Self.joined(keys, other.keys)
        extent.fields = fields.merging(other.fields) { $0.joined($1) }
        return extent
    }

    private static func joined(_ left: [Extent], _ right: [Extent]) -> [Extent] {
        guard let first = left.first else { return right }
        return [right.first.map { first.joined($0) } ?? first]
    }

    /// How many values it is made of, itself included.
    var nodes: Steps { 1 + layers + (isUnknown ? .unbounded : count * (contained.first?.nodes ?? 0)) }

    /// What it costs to compare it with an equal.
    var weight: Steps { 1 + layers + bytes / 64 + (isUnknown ? .unbounded : count * (contained.first?.weight ?? 0)) }

    /// Every byte of text in it, at most.
    var allBytes: Steps {
        isUnknown
            ? .unbounded : bytes + count * ((contained.first?.allBytes ?? 0) + (keys.first?.allBytes ?? 0))
    }
}

extension Extent {
    /// Of a type's values, as far as its declaration bounds them.
    init(_ type: ExpressionType, _ size: SizeBound? = nil) {
        switch type {
        // A scalar has at most four bytes.
        case .string: self = .text(Steps(bound: size?.count) * 4)
        case .bytes: self = .text(Steps(bound: size?.count))
        case .choice(let choice): self = .text(Steps(choice.members.map(\.utf8.count).max() ?? 0))
        case .list(let element): self = .list(Steps(bound: size?.count), of: Extent(element, size?.element))
        case .map(let key, let value):
            self = .map(
                Steps(bound: size?.count), from: Extent(key, size?.element), to: Extent(value, size?.element))
        case .record(let record): self.init(record)
        case .optional(let wrapped): self = Extent(wrapped, size).inOptional
        case .span: self = .span
        case .dyn, .parameter: self = .unknown
        case .null, .bool, .int, .uint, .double, .timestamp, .duration, .date, .timeOfDay, .money, .person, .type:
            self = .scalar
        }
    }

    private init(_ record: RecordType) {
        fields = record.fields.mapValues { Extent($0.type, $0.size) }
        count = Steps(record.fields.count)
        contained = fields.values.reduce([]) { Self.joined($0, [$1]) }
    }

    /// Of a literal.
    init(_ value: Value) {
        switch value {
        case .string(let text): self = .text(Steps(text.utf8.count))
        case .bytes(let bytes): self = .text(Steps(bytes.count))
        case .span(let span): workingDays = Steps(Evaluation.workingDays(in: span))
        case .list, .map, .optional: self = .unknown
        default: break
        }
    }
}
