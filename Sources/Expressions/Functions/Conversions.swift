extension StandardFunctions {
    /// From one type to another, and `type` and `dyn`.
    static let conversions: [StandardFunction] = [
        conversion("bool", [.bool, .string], .bool) { toBool($0) },
        conversion("int", [.int, .uint, .double, .string, .timestamp], .int) { toInt($0).map { .int($0) } },
        conversion("uint", [.uint, .int, .double, .string], .uint) { toUInt($0).map { .uint($0) } },
        conversion("double", [.double, .int, .uint, .string], .double) { toDouble($0).map { .double($0) } },
        conversion(
            "string",
            [
                .string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration, .date, .timeOfDay, .span(.civil),
                .span(.elapsed), .money,
            ], .string
        ) { toString($0).map { .string($0) } },
        conversion("bytes", [.bytes, .string], .bytes) { value in
            switch value {
            case .bytes: value
            case .string(let text): .bytes(Array(text.utf8))
            default: nil
            }
        },
        conversion("money", [.money, .string], .money) { value in
            switch value {
            case .money: value
            case .string(let text): Money(text).map { .money($0) }
            default: nil
            }
        },
        StandardFunction([FunctionDeclaration("type", [.parameter("A")], .type(.parameter("A")))]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            .type(StandardTypes.name(of: arguments[0]))
        },
        StandardFunction([FunctionDeclaration("dyn", [.parameter("A")], .dyn)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in arguments[0]
        },
    ]

    /// A function of one argument that gives nil for what it cannot convert.
    static func conversion(
        _ name: String, _ parameters: [ExpressionType], _ result: ExpressionType,
        _ convert: @escaping @Sendable (Value) -> Value?
    ) -> StandardFunction {
        StandardFunction(parameters.map { FunctionDeclaration(name, [$0], result) }) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .string(let text): try run.charge(text.utf8.count / 32)
            case .bytes(let bytes): try run.charge(bytes.count / 32)
            default: break
            }
            guard let value = convert(arguments[0]) else {
                throw EvaluationError(
                    code: "evaluation.conversion", message: "This value cannot become \(result).")
            }
            return value
        }
    }

    private static func toBool(_ value: Value) -> Value? {
        switch value {
        case .bool: return value
        case .string(let text):
            switch text {
            case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
            default: return nil
            }
        default: return nil
        }
    }

    /// A double must lie strictly between the ends of the range, as CEL asks.
    private static func toInt(_ value: Value) -> Int64? {
        switch value {
        case .int(let number): number
        case .uint(let number): Int64(exactly: number)
        case .double(let number): number > -0x1p63 && number < 0x1p63 ? Int64(number) : nil
        case .string(let text): Int64(text)
        case .timestamp(let instant): instant.seconds
        default: nil
        }
    }

    private static func toUInt(_ value: Value) -> UInt64? {
        switch value {
        case .int(let number): UInt64(exactly: number)
        case .uint(let number): number
        case .double(let number): number > -1 && number < 0x1p64 ? UInt64(exactly: number.rounded(.towardZero)) : nil
        case .string(let text): UInt64(text)
        default: nil
        }
    }

    private static func toDouble(_ value: Value) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .uint(let number): Double(number)
        case .double(let number): number
        case .string(let text): Double(text)
        default: nil
        }
    }

    private static func toString(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let value): String(value)
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): number.printed
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        case .timestamp(let instant): instant.description
        case .duration(let duration): duration.inSeconds
        case .date(let date): date.description
        case .timeOfDay(let time): time.description
        case .span(let span): span.description
        case .money(let money): money.description
        default: nil
        }
    }
}
