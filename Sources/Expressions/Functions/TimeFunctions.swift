extension StandardFunctions {
    /// Moments, dates and elapsed times: how to make them, and their parts.
    static let timeFunctions: [StandardFunction] =
        [
            conversion("timestamp", [.timestamp, .string, .int], .timestamp) { value in
                switch value {
                case .timestamp: value
                case .string(let text): Instant(rfc3339: text).map { .timestamp($0) }
                case .int(let seconds) where seconds >= Instant.lowest && seconds <= Instant.highest:
                    .timestamp(Instant(seconds: seconds))
                default: nil
                }
            },
            conversion("duration", [.duration, .string], .duration) { value in
                switch value {
                case .duration: value
                case .string(let text): Duration(celText: text).map { .duration($0) }
                default: nil
                }
            },
            conversion("time", [.timeOfDay, .string], .timeOfDay) { value in
                switch value {
                case .timeOfDay: value
                case .string(let text): TimeOfDay(text).map { .timeOfDay($0) }
                default: nil
                }
            },
            StandardFunction([.date, .string, .timestamp].map { FunctionDeclaration("date", [$0], .date) }) {
                (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
                switch arguments[0] {
                case .date: return arguments[0]
                case .timestamp(let instant): return .date(run.activation.time.home.civil(of: instant).date)
                case .string(let text):
                    if let date = CivilDate(iso8601: text) { return .date(date) }
                    throw EvaluationError(code: "evaluation.conversion", message: "This value cannot become a date.")
                default: throw .type("`date` takes text or a moment.")
                }
            },
        ] + calendarParts + clockParts

    private static let calendarParts: [StandardFunction] = [
        calendarPart("getFullYear") { $0.year },
        calendarPart("getMonth", within: 0...11) { $0.month - 1 },
        calendarPart("getDate", within: 1...31) { $0.day },
        calendarPart("getDayOfMonth", within: 0...30) { $0.day - 1 },
        calendarPart("getDayOfWeek", within: 0...6) { $0.weekday % 7 },
        calendarPart("getDayOfYear", within: 0...365) { $0.dayOfYear - 1 },
    ]

    private static let clockParts: [StandardFunction] = [
        clockPart("getHours", within: 0...23, { $0 / 3600 }) { Int64($0.components.seconds / 3600) },
        clockPart("getMinutes", within: 0...59, { $0 / 60 % 60 }) { Int64($0.components.seconds / 60) },
        clockPart("getSeconds", within: 0...59, { $0 % 60 }) { Int64($0.components.seconds) },
        StandardFunction(
            momentDeclarations("getMilliseconds", within: 0...999) + [
                FunctionDeclaration("getMilliseconds", [.duration], .int, isMethod: true)
            ]
        ) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .timestamp(let instant): return .int(Int64(instant.nanoseconds / 1_000_000))
            case .duration(let duration): return .int(duration.components.attoseconds / 1_000_000_000_000_000)
            default: throw .type("`getMilliseconds` is for moments and elapsed times.")
            }
        },
    ]

    private static func momentDeclarations(_ name: String, within range: ClosedRange<Int64>?) -> [FunctionDeclaration] {
        [
            FunctionDeclaration(name, [.timestamp], .int, isMethod: true, within: range),
            FunctionDeclaration(name, [.timestamp, .string], .int, isMethod: true, within: range),
        ]
    }

    /// A part of a date, or of a moment's date in UTC or a named zone (CEL's rule; `date(x)` is the day at home).
    private static func calendarPart(
        _ name: String, within range: ClosedRange<Int64>? = nil, _ part: @escaping @Sendable (CivilDate) -> Int
    ) -> StandardFunction {
        StandardFunction(
            momentDeclarations(name, within: range) + [
                FunctionDeclaration(name, [.date], .int, isMethod: true, within: range)
            ]
        ) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .date(let date) where arguments.count == 1: return .int(Int64(part(date)))
            case .timestamp(let instant):
                return .int(Int64(part(try run.zone(arguments).civil(of: instant).date)))
            default: throw .type("`\(name)` is for dates and moments.")
            }
        }
    }

    /// A part of a moment's clock time, or a whole elapsed time in that unit.
    private static func clockPart(
        _ name: String, within range: ClosedRange<Int64>, _ part: @escaping @Sendable (Int) -> Int,
        _ whole: @escaping @Sendable (Duration) -> Int64
    ) -> StandardFunction {
        StandardFunction(
            momentDeclarations(name, within: range) + [FunctionDeclaration(name, [.duration], .int, isMethod: true)]
        ) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .timestamp(let instant):
                let clock = try run.zone(arguments).civil(of: instant)
                return .int(Int64(part(clock.hour * 3600 + clock.minute * 60 + clock.second)))
            case .duration(let duration) where arguments.count == 1: return .int(whole(duration))
            default: throw .type("`\(name)` is for moments and elapsed times.")
            }
        }
    }
}

extension Evaluation {
    /// The zone that the second argument names, as `Europe/Berlin`, `UTC`, `+01:00` or `01:00`; UTC without one.
    fileprivate func zone(_ arguments: [Value]) throws(EvaluationError) -> ZoneRules {
        guard arguments.count > 1 else { return .utc }
        guard case .string(let name) = arguments[1] else { throw .type("A time zone is given by its name.") }
        if name == "UTC" { return .utc }
        var scanner = Scanner(name.utf8.first?.isDigit == true ? "+" + name : name)
        if let offset = scanner.numericOffset(), scanner.isAtEnd { return .fixed(offsetSeconds: offset) }
        guard let zone = activation.time.zones(name) else {
            throw EvaluationError(code: "evaluation.zone", message: "There is no such time zone.")
        }
        return zone
    }
}
