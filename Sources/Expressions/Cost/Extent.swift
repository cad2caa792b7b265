/// How large the values of a part of an expression can be at most, in every respect that costs steps.
struct Extent: Hashable, Sendable {
    /// UTF-8 bytes of text, or octets.
    var bytes: Steps = 0
    /// Elements of a list, entries of a map, fields of a record.
    var count: Steps = 0
    /// Days of working time in a span.
    var workingDays: Steps = 0
    /// How many optionals lie around it.
    var layers: Steps = 0
    private var inside = Inside.nothing
    private var isUnknown = false

    /// What is in it. One reference, because most have nothing in them and extents are copied all the time.
    private indirect enum Inside: Hashable, Sendable {
        case nothing
        /// Of all elements, values or fields together, of all keys, and of each field.
        case parts(element: Extent?, key: Extent?, fields: [String: Extent])
        /// A record, of whose fields an expression asks for few.
        case record(RecordType)
    }

    /// Of all elements, values or fields together; nil for none.
    private var contained: Extent? {
        switch inside {
        case .nothing: nil
        case .parts(let element, _, _): element
        case .record(let record):
            record.fields.values.reduce(nil) { Self.joined($0, Extent($1.type, $1.size)) }
        }
    }

    /// Of all keys of a map; nil for none.
    private var keys: Extent? {
        if case .parts(_, let key, _) = inside { key } else { nil }
    }

    private var fields: [String: Extent] {
        switch inside {
        case .nothing: [:]
        case .parts(_, _, let fields): fields
        case .record(let record): record.fields.mapValues { Extent($0.type, $0.size) }
        }
    }

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
        extent.inside = .parts(element: element, key: nil, fields: [:])
        return extent
    }

    static func map(_ count: Steps, from key: Extent, to value: Extent) -> Extent {
        var extent = Extent()
        extent.count = count
        extent.inside = .parts(element: value, key: key, fields: [:])
        return extent
    }

    /// Of an element or a map's value.
    var element: Extent { isUnknown ? .unknown : contained ?? .scalar }

    /// Of what a macro's first name stands for: an element, or a map's key.
    var visited: Extent { isUnknown ? .unknown : keys?.joined(element) ?? element }

    /// Of a field or a map's value.
    func field(_ name: String) -> Extent {
        switch inside {
        case .nothing: element
        case .parts(_, _, let fields): fields[name] ?? element
        case .record(let record): record.fields[name].map { Extent($0.type, $0.size) } ?? element
        }
    }

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
        if case .nothing = inside, case .nothing = other.inside { return extent }
        extent.inside = .parts(
            element: Self.joined(contained, other.contained), key: Self.joined(keys, other.keys),
            fields: fields.merging(other.fields) { $0.joined($1) })
        return extent
    }

    private static func joined(_ left: Extent?, _ right: Extent?) -> Extent? {
        guard let left else { return right }
        return right.map { left.joined($0) } ?? left
    }

    /// How many values it is made of, itself included.
    var nodes: Steps { 1 + layers + (isUnknown ? .unbounded : count * (contained?.nodes ?? 0)) }

    /// What it costs to compare it with an equal.
    var weight: Steps { 1 + layers + bytes / 64 + (isUnknown ? .unbounded : count * (contained?.weight ?? 0)) }

    /// Every byte of text in it, at most.
    var allBytes: Steps {
        isUnknown
            ? .unbounded : bytes + count * ((contained?.allBytes ?? 0) + (keys?.allBytes ?? 0))
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
        count = Steps(record.fields.count)
        inside = .record(record)
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

extension Extent {
    /// The declaration that gives this extent again, or a larger one, to a value of that type; nil when nothing bounds it.
    func size(of type: ExpressionType) -> SizeBound? {
        switch type {
        // A scalar counts as four bytes.
        case .string: bytes.bound.map { .text(($0 + 3) / 4) }
        case .bytes: bytes.bound.map { .text($0) }
        case .list(let type): count.bound.map { SizeBound(count: $0, element: element.size(of: type)) }
        case .optional(let wrapped): size(of: wrapped)
        default: nil
        }
    }
}
