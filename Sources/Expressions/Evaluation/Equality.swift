/// `==`, `in` and order, across the number types as CEL has it.
extension Evaluation {
    /// Whether two values are equal. Values of different types are not, numbers excepted.
    mutating func equal(_ left: Value, _ right: Value) throws(EvaluationError) -> Bool {
        try charge(1)
        switch (left, right) {
        case (.list(let left), .list(let right)):
            guard left.count == right.count else { return false }
            for (left, right) in zip(left, right) where !(try equal(left, right)) { return false }
            return true
        case (.map(let left), .map(let right)):
            guard left.count == right.count else { return false }
            for (key, value) in left {
                guard let other = right.value(at: key), try equal(value, other) else { return false }
            }
            return true
        case (.optional(let left), .optional(let right)):
            guard let left, let right else { return left == nil && right == nil }
            return try equal(left, right)
        case (.double(let left), .double(let right)): return left == right
        case (.string(let left), .string(let right)):
            try charge(left.utf8.count / 64)
            return sameScalars(left, right)
        case (.span, .span), (.span, .duration), (.duration, .span):
            return Self.spanOrder(left, right) == .equal
        default:
            if let order = Self.numberOrder(left, right) { return order == .equal }
            return left == right
        }
    }

    /// Whether a list has an element, or a map a key.
    mutating func contains(_ container: Value, _ value: Value) throws(EvaluationError) -> Bool {
        switch container {
        case .list(let elements):
            for element in elements where try equal(element, value) { return true }
            return false
        case .map(let map): return map.value(at: value) != nil
        default: throw .type("`in` looks into lists and maps.")
        }
    }

    enum Order { case less, equal, greater, unordered }

    /// The order of two values of one type, or of two numbers; an error where there is none.
    mutating func order(_ left: Value, _ right: Value) throws(EvaluationError) -> Order {
        switch (left, right) {
        case (.bool(let left), .bool(let right)): return Self.order(left ? 1 : 0, right ? 1 : 0)
        case (.string(let left), .string(let right)):
            try charge(min(left.utf8.count, right.utf8.count) / 64)
            return Self.order(Array(left.utf8), Array(right.utf8))
        case (.bytes(let left), .bytes(let right)): return Self.order(left, right)
        case (.timestamp(let left), .timestamp(let right)): return Self.order(left, right)
        case (.duration(let left), .duration(let right)): return Self.order(left, right)
        case (.date(let left), .date(let right)): return Self.order(left, right)
        case (.timeOfDay(let left), .timeOfDay(let right)): return Self.order(left, right)
        case (.money(let left), .money(let right)):
            try Self.sameCurrency(left, right)
            return Self.order(left.minorUnits, right.minorUnits)
        case (.span, .span), (.span, .duration), (.duration, .span):
            if let order = Self.spanOrder(left, right) { return order }
            throw .type("These two spans of time cannot be compared: they count different things.")
        default:
            if let order = Self.numberOrder(left, right) { return order }
            throw .type("These two kinds of values cannot be compared.")
        }
    }

    static func sameCurrency(_ left: Money, _ right: Money) throws(EvaluationError) {
        guard left.currency == right.currency else {
            throw EvaluationError(
                code: "evaluation.currency", message: "Amounts in different currencies cannot be compared or added.")
        }
    }

    private static func order<T: Comparable>(_ left: T, _ right: T) -> Order {
        left < right ? .less : left == right ? .equal : .greater
    }

    private static func order(_ left: [UInt8], _ right: [UInt8]) -> Order {
        left == right ? .equal : left.lexicographicallyPrecedes(right) ? .less : .greater
    }

    /// The order of two numbers of any types, nil when one is none. NaN has no order.
    private static func numberOrder(_ left: Value, _ right: Value) -> Order? {
        func order(_ left: Double, _ right: Double) -> Order {
            left < right ? .less : left == right ? .equal : left > right ? .greater : .unordered
        }
        switch (left, right) {
        case (.int(let left), .int(let right)): return self.order(left, right)
        case (.uint(let left), .uint(let right)): return self.order(left, right)
        case (.double(let left), .double(let right)): return order(left, right)
        case (.int(let left), .uint(let right)): return left < 0 ? .less : self.order(UInt64(left), right)
        case (.uint(let left), .int(let right)): return right < 0 ? .greater : self.order(left, UInt64(right))
        case (.int(let left), .double(let right)): return order(Double(left), right)
        case (.double(let left), .int(let right)): return order(left, Double(right))
        case (.uint(let left), .double(let right)): return order(Double(left), right)
        case (.double(let left), .uint(let right)): return order(left, Double(right))
        default: return nil
        }
    }

    /// The order of two spans, or of a span and an elapsed time, that count the same; nil otherwise.
    private static func spanOrder(_ left: Value, _ right: Value) -> Order? {
        switch (left, right) {
        case (.span(let left), .span(let right)):
            guard let left = left.normalized, let right = right.normalized, left.unit == right.unit else { return nil }
            return order(left.amount, right.amount)
        case (.span(let left), .duration(let right)):
            guard let minutes = left.normalized, minutes.unit == .minutes else { return nil }
            return order(elapsed(minutes), right)
        case (.duration(let left), .span(let right)):
            guard let minutes = right.normalized, minutes.unit == .minutes else { return nil }
            return order(left, elapsed(minutes))
        default: return nil
        }
    }

    /// Minutes as an elapsed time; far beyond all others when seconds cannot count them.
    private static func elapsed(_ minutes: Span) -> Duration {
        let (seconds, overflow) = minutes.amount.multipliedReportingOverflow(by: 60)
        return .seconds(overflow ? (minutes.amount < 0 ? .min : .max) : seconds)
    }
}
