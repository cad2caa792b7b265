/// Operators with two operands.
extension Evaluation {
    mutating func binary(_ symbol: BinaryOperator, _ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch symbol {
        case .equal: return .bool(try equal(left, right))
        case .notEqual: return .bool(!(try equal(left, right)))
        case .less: return .bool(try order(left, right) == .less)
        case .lessOrEqual:
            let order = try order(left, right)
            return .bool(order == .less || order == .equal)
        case .greater: return .bool(try order(left, right) == .greater)
        case .greaterOrEqual:
            let order = try order(left, right)
            return .bool(order == .greater || order == .equal)
        case .isIn: return .bool(try contains(right, left))
        case .add: return try sum(left, right)
        case .subtract: return try difference(left, right)
        case .multiply: return try Self.product(left, right)
        case .divide: return try Self.quotient(left, right)
        case .remainder: return try Self.remainder(left, right)
        case .at: return try moment(left, right)
        }
    }

    private mutating func sum(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try Self.exact(left.addingReportingOverflow(right)))
        case (.uint(let left), .uint(let right)): return .uint(try Self.exact(left.addingReportingOverflow(right)))
        case (.double(let left), .double(let right)): return .double(left + right)
        case (.string(let left), .string(let right)):
            try charge((left.utf8.count + right.utf8.count) / 32)
            return .string(left + right)
        case (.bytes(let left), .bytes(let right)):
            try charge((left.count + right.count) / 32)
            return .bytes(left + right)
        case (.list(let left), .list(let right)):
            try charge(left.count + right.count)
            return .list(left + right)
        case (.timestamp(let instant), .duration(let duration)), (.duration(let duration), .timestamp(let instant)):
            return .timestamp(try Self.later(instant, duration))
        case (.duration(let left), .duration(let right)): return .duration(try Self.bounded(left + right))
        case (.money(let left), .money(let right)):
            try Self.sameCurrency(left, right)
            return try Self.money(left.minorUnits.addingReportingOverflow(right.minorUnits), left.currency)
        case (.span(let left), .span(let right)): return .span(try Self.combined(left, right))
        case (_, .span(let span)): return try moved(left, span)
        default: throw .type("`+` does not work on these values.")
        }
    }

    private mutating func difference(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): return .int(try Self.exact(left.subtractingReportingOverflow(right)))
        case (.uint(let left), .uint(let right)): return .uint(try Self.exact(left.subtractingReportingOverflow(right)))
        case (.double(let left), .double(let right)): return .double(left - right)
        case (.timestamp(let left), .timestamp(let right)): return .duration(try Self.bounded(left - right))
        case (.timestamp(let instant), .duration(let duration)):
            return .timestamp(try Self.later(instant, .zero - duration))
        case (.duration(let left), .duration(let right)): return .duration(try Self.bounded(left - right))
        case (.date(let left), .date(let right)):
            return .span(Span(amount: Int64(left.daysSinceEpoch - right.daysSinceEpoch), unit: .days))
        case (.money(let left), .money(let right)):
            try Self.sameCurrency(left, right)
            return try Self.money(left.minorUnits.subtractingReportingOverflow(right.minorUnits), left.currency)
        case (.span(let left), .span(let right)): return .span(try Self.combined(left, try Self.negated(right)))
        case (_, .span(let span)): return try moved(left, try Self.negated(span))
        default: throw .type("`-` does not work on these values.")
        }
    }

    /// The longest span of working time that is counted, in days; more than 250 years.
    static let longestWorkingSpan = 100_000

    /// How many days a span of working time is worth, at 24 hours each; 0 for other spans.
    static func workingDays(in span: Span) -> Int {
        let unitsADay: UInt64 =
            switch span.unit {
            case .workingMinutes: 1440
            case .workingHours: 24
            case .workingDays: 1
            case .minutes, .hours, .days, .weeks, .months: .max
            }
        return Int(min(span.amount.magnitude / unitsADay, UInt64(Int32.max)))
    }

    /// A date or moment so much later, under the calendar that applies. A span longer than the calendar is refused here,
    /// so that no calendar has to count it; one of working time, which is counted day by day, costs steps.
    private mutating func moved(_ start: Value, _ span: Span) throws(EvaluationError) -> Value {
        let unitsADay: UInt64 =
            switch span.unit {
            case .minutes, .workingMinutes: 1440
            case .hours, .workingHours: 24
            case .days, .weeks, .months, .workingDays: 1
            }
        guard span.amount.magnitude / unitsADay <= 4_000_000 else {
            throw .overflow("Moments lie between the years 1 and 9999.")
        }
        let workingDays = Self.workingDays(in: span)
        guard workingDays <= Self.longestWorkingSpan else {
            throw .overflow("Working time is counted over 250 years at most.")
        }
        try charge(workingDays / 16)
        switch start {
        case .date(let date):
            guard span.kind == .civil else {
                throw .type("Hours and minutes move a moment, not a date; `date at 09:00` is a moment.")
            }
            return .date(activation.time.working.date(date, adding: span))
        case .timestamp(let instant): return .timestamp(activation.time.working.instant(instant, adding: span))
        default: throw .type("Only dates and moments move by a span of time.")
        }
    }

    /// `X at HH:MM` in the home zone.
    private func moment(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        guard case .timeOfDay(let time) = right else { throw .type("After `at` stands a time of day.") }
        switch left {
        case .date(let date): return .timestamp(activation.time.home.instant(of: date, time))
        case .timestamp(let instant):
            return .timestamp(activation.time.home.instant(of: activation.time.home.civil(of: instant).date, time))
        default: throw .type("Before `at` stands a date or a moment.")
        }
    }

    private static func product(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int(let left), .int(let right)): .int(try exact(left.multipliedReportingOverflow(by: right)))
        case (.uint(let left), .uint(let right)): .uint(try exact(left.multipliedReportingOverflow(by: right)))
        case (.double(let left), .double(let right)): .double(left * right)
        case (.money(let amount), .int(let factor)), (.int(let factor), .money(let amount)):
            try money(amount.minorUnits.multipliedReportingOverflow(by: factor), amount.currency)
        case (.money(let amount), .double(let factor)), (.double(let factor), .money(let amount)):
            try money(amount.times(factor))
        case (.span(let span), .int(let factor)), (.int(let factor), .span(let span)):
            .span(Span(amount: try exact(span.amount.multipliedReportingOverflow(by: factor)), unit: span.unit))
        default: throw .type("`*` does not work on these values.")
        }
    }

    private static func quotient(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)), (.money, .int(0)): throw divisionByZero
        case (.money(let amount), .int(let divisor)): try money(amount.divided(by: divisor))
        case (.int(let left), .int(let right)): .int(try exact(left.dividedReportingOverflow(by: right)))
        case (.uint(let left), .uint(let right)): .uint(left / right)
        case (.double(let left), .double(let right)): .double(left / right)
        default: throw .type("`/` does not work on these values.")
        }
    }

    private static func remainder(_ left: Value, _ right: Value) throws(EvaluationError) -> Value {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)): throw divisionByZero
        case (.int(let left), .int(let right)): .int(try exact(left.remainderReportingOverflow(dividingBy: right)))
        case (.uint(let left), .uint(let right)): .uint(left % right)
        default: throw .type("`%` does not work on these values.")
        }
    }

    static func negated(_ value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .int(let number): .int(try exact(Int64(0).subtractingReportingOverflow(number)))
        case .double(let number): .double(-number)
        case .duration(let duration): .duration(.zero - duration)
        case .money(let amount): try money(Int64(0).subtractingReportingOverflow(amount.minorUnits), amount.currency)
        case .span(let span): .span(try negated(span))
        default: throw .type("Only numbers, amounts and spans of time can be negative.")
        }
    }

    private static func negated(_ span: Span) throws(EvaluationError) -> Span {
        Span(amount: try exact(Int64(0).subtractingReportingOverflow(span.amount)), unit: span.unit)
    }

    /// Two spans as one, which they are only when they count the same.
    private static func combined(_ left: Span, _ right: Span) throws(EvaluationError) -> Span {
        if left.unit == right.unit {
            return Span(amount: try exact(left.amount.addingReportingOverflow(right.amount)), unit: left.unit)
        }
        guard let left = left.normalized, let right = right.normalized, left.unit == right.unit else {
            throw .type("These two spans of time cannot be added: they count different things.")
        }
        return Span(amount: try exact(left.amount.addingReportingOverflow(right.amount)), unit: left.unit)
    }

    private static func exact<T: FixedWidthInteger>(
        _ result: (partialValue: T, overflow: Bool)
    ) throws(EvaluationError) -> T {
        guard !result.overflow else { throw .overflow("The number becomes too large.") }
        return result.partialValue
    }

    private static func money(
        _ result: (partialValue: Int64, overflow: Bool), _ currency: String
    ) throws(EvaluationError) -> Value {
        guard let money = Money(minorUnits: try exact(result), currency: currency) else {
            throw .overflow("The amount becomes too large.")
        }
        return .money(money)
    }

    private static func money(_ amount: Money?) throws(EvaluationError) -> Value {
        guard let amount else { throw .overflow("The amount becomes too large.") }
        return .money(amount)
    }

    private static func later(_ instant: Instant, _ duration: Duration) throws(EvaluationError) -> Instant {
        guard let later = instant.adding(exactly: duration) else {
            throw .overflow("Moments lie between the years 1 and 9999.")
        }
        return later
    }

    private static func bounded(_ duration: Duration) throws(EvaluationError) -> Duration {
        guard duration <= Duration.celLimit, duration >= .zero - Duration.celLimit else {
            throw .overflow("The elapsed time becomes too long.")
        }
        return duration
    }

    private static let divisionByZero = EvaluationError(
        code: "evaluation.division", message: "A number cannot be divided by zero.")
}
