extension StandardFunctions {
    /// The parts of dates as people count them, and the days between two.
    static let calendarFunctions: [StandardFunction] = [
        part("year") { $0.year },
        part("month", within: 1...12) { $0.month },
        part("day", within: 1...31) { $0.day },
        part("weekday", within: 1...7) { $0.weekday },
        clock("hour", within: 0...23) { $0 / 60 },
        clock("minute", within: 0...59) { $0 % 60 },
        StandardFunction([FunctionDeclaration("days_between", [.date, .date], .int)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            let (first, last) = try dates(arguments, "days_between")
            return .int(Int64(last.daysSinceEpoch - first.daysSinceEpoch))
        },
        StandardFunction([FunctionDeclaration("working_days_between", [.date, .date], .int)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            let (first, last) = try dates(arguments, "working_days_between")
            return .int(
                last < first
                    ? -(try run.workingDays(from: last, through: first))
                    : try run.workingDays(from: first, through: last))
        },
    ]

    /// A part of a date, or of a moment's date at home.
    private static func part(
        _ name: String, within range: ClosedRange<Int64>? = nil, _ part: @escaping @Sendable (CivilDate) -> Int
    ) -> StandardFunction {
        StandardFunction([
            FunctionDeclaration(name, [.date], .int, within: range),
            FunctionDeclaration(name, [.timestamp], .int, within: range),
        ]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .date(let date): return .int(Int64(part(date)))
            case .timestamp(let instant):
                return .int(Int64(part(run.activation.time.home.civil(of: instant).date)))
            default: throw .type("`\(name)` is for dates and moments.")
            }
        }
    }

    /// A part of a time of day, given its minute of the day, or of a moment's time at home.
    private static func clock(
        _ name: String, within range: ClosedRange<Int64>, _ part: @escaping @Sendable (Int) -> Int
    ) -> StandardFunction {
        StandardFunction([
            FunctionDeclaration(name, [.timeOfDay], .int, within: range),
            FunctionDeclaration(name, [.timestamp], .int, within: range),
        ]) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .timeOfDay(let time): return .int(Int64(part(time.minuteOfDay)))
            case .timestamp(let instant):
                let civil = run.activation.time.home.civil(of: instant)
                return .int(Int64(part(civil.hour * 60 + civil.minute)))
            default: throw .type("`\(name)` is for times of day and moments.")
            }
        }
    }

    private static func dates(
        _ arguments: [Value], _ name: String
    ) throws(EvaluationError) -> (CivilDate, CivilDate) {
        guard case .date(let first) = arguments[0], case .date(let last) = arguments[1] else {
            throw .type("`\(name)` takes two dates.")
        }
        return (first, last)
    }
}

extension Evaluation {
    /// The most days that `working_days_between` looks over, about 27 years.
    static let longestCount = 10_000

    /// The working days after `first` up to `last` itself, so that `first + n working days` is `last` when that is one.
    ///
    /// The calendar only moves dates, so the count is sought by halving.
    fileprivate mutating func workingDays(
        from first: CivilDate, through last: CivilDate
    ) throws(EvaluationError) -> Int64 {
        var (enough, tooMany) = (0, last.daysSinceEpoch - first.daysSinceEpoch + 1)
        guard tooMany <= Self.longestCount else {
            throw EvaluationError(
                code: "evaluation.range", message: "Working days are counted over 27 years at most.")
        }
        try charge(tooMany / 2)
        while enough + 1 < tooMany {
            let middle = (enough + tooMany) / 2
            let span = Span(amount: Int64(middle), unit: .workingDays)
            if activation.time.working.date(first, adding: span) <= last { enough = middle } else { tooMany = middle }
        }
        return Int64(enough)
    }
}
