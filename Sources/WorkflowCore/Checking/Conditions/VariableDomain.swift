import Expressions

/// The values that a variable of a condition can have.
struct VariableDomain {
    let type: ExpressionType
    /// Bounds that values keep, both included.
    var minimum: Value?
    var maximum: Value?
    /// How many characters or elements there can be; nil when nothing is said of that.
    var counts: ClosedRange<Int64>?
    /// Whether it can be absent at all.
    var mayBeAbsent = true

    /// Something of which nothing is known.
    static let unknown = VariableDomain(type: .dyn)

    init(type: ExpressionType, minimum: Value? = nil, maximum: Value? = nil, mayBeAbsent: Bool = true) {
        if case .optional(let wrapped) = type {
            self.type = wrapped
            self.mayBeAbsent = true
        } else {
            self.type = type
            self.mayBeAbsent = mayBeAbsent
        }
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Whole numbers keep these bounds too.
    mutating func keep(within range: ClosedRange<Int64>) {
        func isLess(_ left: Value, _ right: Value) -> Bool { (left.order(to: right) ?? 0) < 0 }
        let (least, greatest) = (Value.int(range.lowerBound), Value.int(range.upperBound))
        if minimum.map({ isLess($0, least) }) ?? true { minimum = least }
        if range.upperBound < .max, maximum.map({ isLess(greatest, $0) }) ?? true { maximum = greatest }
    }

    /// The parts into which these constants cut the values: within one part, every comparison with a constant has the same answer.
    func cells(cutBy constants: [Value]) -> [Cell] {
        switch type {
        case .bool: return [.equals(.bool(true)), .equals(.bool(false))]
        case .choice(let choice): return choice.members.map { .equals(.string($0)) }
        default: break
        }
        let cuts = (constants + [minimum, maximum].compactMap(\.self)).sorted { ($0.order(to: $1) ?? 0) < 0 }
        var cells: [Cell] = []
        var last: Value?
        for cut in cuts {
            if let last, last.order(to: cut) == 0 { continue }
            if Self.hasRoom(between: last, and: cut) { cells.append(.between(last, cut)) }
            cells.append(.equals(cut))
            last = cut
        }
        cells.append(.between(last, nil))
        return cells.filter { cell in
            switch cell {
            case .absent: true
            case .equals(let value):
                (minimum.flatMap { value.order(to: $0) } ?? 0) >= 0
                    && (maximum.flatMap { value.order(to: $0) } ?? 0) <= 0
            case .between(let low, let high):
                !(minimum != nil && (low.flatMap { low in minimum.flatMap { low.order(to: $0) } } ?? -1) < 0)
                    && !(maximum != nil && (high.flatMap { high in maximum.flatMap { high.order(to: $0) } } ?? 1) > 0)
            }
        }
    }

    /// Whether anything lies strictly between two values; whole numbers, days, minutes and cents may leave no room.
    private static func hasRoom(between low: Value?, and high: Value) -> Bool {
        switch (low, high) {
        case (.int(let low)?, .int(let high)): high.subtractingReportingOverflow(low).partialValue != 1
        case (.uint(let low)?, .uint(let high)): high - low != 1
        case (.date(let low)?, .date(let high)): high.daysSinceEpoch - low.daysSinceEpoch != 1
        case (.timeOfDay(let low)?, .timeOfDay(let high)): high.minuteOfDay - low.minuteOfDay != 1
        case (.money(let low)?, .money(let high)):
            high.minorUnits.subtractingReportingOverflow(low.minorUnits).partialValue != 1
        case (nil, .string(let high)): !high.isEmpty
        case (nil, .uint(0)): false
        default: true
        }
    }
}

extension Measure {
    /// What it can be: what its function gives, and of what is counted as it stands what its field allows.
    func range(_ domain: ([String]) -> VariableDomain) -> ClosedRange<Int64> {
        counted.flatMap { domain($0).counts }.map { range.clamped(to: $0) } ?? range
    }
}

/// A part of a variable's values that conditions cannot tell apart.
enum Cell: Hashable {
    case absent
    case equals(Value)
    /// Strictly between; nil means without bound.
    case between(Value?, Value?)

    /// The answer to a question, the same for all values of the part. The question's constant is one that cut the parts.
    func answer(_ test: Formula.Test) -> Bool {
        switch (self, test.question) {
        case (.absent, _): test.whenAbsent
        case (_, .isPresent): true
        case (.equals(let value), .compares(let comparison, let constant)):
            value.order(to: constant).map(comparison.holds) ?? false
        case (.between(let low, _), .compares(let comparison, let constant)):
            // The constant is at or below the lower bound, or at or above the upper one.
            comparison.holds(low.flatMap { constant.order(to: $0) }.map { $0 <= 0 ? 1 : -1 } ?? -1)
        }
    }

    /// As people read it, behind the variable's name: `is "remote"`.
    var words: String {
        switch self {
        case .absent: "is empty"
        case .equals(.bool(let value)): value ? "is yes" : "is no"
        case .equals(let value): "is \(value.words)"
        case .between(nil, nil): "has some value"
        case .between(let low?, nil): "is above \(low.words)"
        case .between(nil, let high?): "is below \(high.words)"
        case .between(let low?, let high?): "is between \(low.words) and \(high.words)"
        }
    }
}

extension Value {
    /// As expressions write it.
    fileprivate var words: String {
        switch self {
        case .string(let text): "\"\(text)\""
        case .int(let value): "\(value)"
        case .uint(let value): "\(value)"
        case .double(let value): "\(value)"
        case .date(let value): "\(value)"
        case .timestamp(let value): "\(value)"
        case .timeOfDay(let value): "\(value)"
        case .money(let value): "\(value)"
        case .bool(let value): value ? "yes" : "no"
        default: "a value"
        }
    }
}
