extension StandardFunctions {
    /// CEL's math library.
    static let mathFunctions: [StandardFunction] = [
        extremeNumber("math.greatest", .greater),
        extremeNumber("math.least", .less),
        fractional("math.ceil") { .double($0.rounded(.up)) },
        fractional("math.floor") { .double($0.rounded(.down)) },
        fractional("math.round") { .double($0.rounded()) },
        fractional("math.trunc") { .double($0.rounded(.towardZero)) },
        fractional("math.isNaN", .bool) { .bool($0.isNaN) },
        fractional("math.isInf", .bool) { .bool($0.isInfinite) },
        fractional("math.isFinite", .bool) { .bool($0.isFinite) },
        StandardFunction(numbers.map { FunctionDeclaration("math.sqrt", [$0], .double) }) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .int(let number): return .double(Double(number).squareRoot())
            case .uint(let number): return .double(Double(number).squareRoot())
            case .double(let number): return .double(number.squareRoot())
            default: throw notANumber("math.sqrt")
            }
        },
        StandardFunction(numbers.map { FunctionDeclaration("math.abs", [$0], $0) }) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .int(.min): throw .overflow("The number becomes too large.")
            case .int(let number): return .int(abs(number))
            case .uint: return arguments[0]
            case .double(let number): return .double(number.magnitude)
            default: throw notANumber("math.abs")
            }
        },
        StandardFunction(numbers.map { FunctionDeclaration("math.sign", [$0], $0) }) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .int(let number): return .int(number.signum())
            case .uint(let number): return .uint(number == 0 ? 0 : 1)
            case .double(let number):
                return .double(number.isNaN || number == 0 ? number : number < 0 ? -1 : 1)
            default: throw notANumber("math.sign")
            }
        },
        bitwise("math.bitAnd") { $0 & $1 },
        bitwise("math.bitOr") { $0 | $1 },
        bitwise("math.bitXor") { $0 ^ $1 },
        StandardFunction(
            [ExpressionType.int, .uint].map { FunctionDeclaration("math.bitNot", [$0], $0) }
        ) { (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .int(let number): return .int(~number)
            case .uint(let number): return .uint(~number)
            default: throw notBits("math.bitNot")
            }
        },
        shift("math.bitShiftLeft") { $0 << $1 },
        shift("math.bitShiftRight") { $0 >> $1 },
    ]

    private static let numbers: [ExpressionType] = [.int, .uint, .double]

    private static func notANumber(_ name: String) -> EvaluationError { .type("`\(name)` takes numbers.") }

    private static func notBits(_ name: String) -> EvaluationError {
        .type("`\(name)` takes whole numbers of one type.")
    }

    /// A function of a number with a fraction.
    private static func fractional(
        _ name: String, _ result: ExpressionType = .double, _ body: @escaping @Sendable (Double) -> Value
    ) -> StandardFunction {
        StandardFunction([FunctionDeclaration(name, [.double], result)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .double(let number) = arguments[0] else { throw .type("`\(name)` takes a number.") }
            return body(number)
        }
    }

    /// The greatest or least of one number, two, or a list; the parser makes a list of more. The first of equals.
    private static func extremeNumber(_ name: String, _ sought: Evaluation.Order) -> StandardFunction {
        let declarations = numbers.flatMap { first in
            [FunctionDeclaration(name, [first], first), FunctionDeclaration(name, [.list(first)], first)]
                + numbers.map { FunctionDeclaration(name, [first, $0], first == $0 ? first : .dyn) }
        }
        return StandardFunction(declarations) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            var elements = arguments
            if arguments.count == 1, case .list(let listed) = arguments[0] { elements = listed }
            guard var best = elements.first else {
                throw EvaluationError(code: "evaluation.empty", message: "`\(name)` of an empty list is nothing.")
            }
            for element in elements {
                try run.charge(1)
                guard element.isNumber else { throw notANumber(name) }
                if try run.order(element, best) == sought { best = element }
            }
            return best
        }
    }

    private static func bitwise(
        _ name: String, _ body: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> StandardFunction {
        StandardFunction(
            [ExpressionType.int, .uint].map { FunctionDeclaration(name, [$0, $0], $0) }
        ) { (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch (arguments[0], arguments[1]) {
            case (.int(let left), .int(let right)):
                return .int(Int64(bitPattern: body(UInt64(bitPattern: left), UInt64(bitPattern: right))))
            case (.uint(let left), .uint(let right)): return .uint(body(left, right))
            default: throw notBits(name)
            }
        }
    }

    /// Shifts without regard to the sign; bits shifted out are lost.
    private static func shift(
        _ name: String, _ body: @escaping @Sendable (UInt64, Int64) -> UInt64
    ) -> StandardFunction {
        StandardFunction(
            [ExpressionType.int, .uint].map { FunctionDeclaration(name, [$0, .int], $0) }
        ) { (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .int(let count) = arguments[1] else { throw notBits(name) }
            guard count >= 0 else {
                throw EvaluationError(code: "evaluation.range", message: "Bits are shifted by 0 or more places.")
            }
            switch arguments[0] {
            case .int(let number): return .int(Int64(bitPattern: body(UInt64(bitPattern: number), count)))
            case .uint(let number): return .uint(body(number, count))
            default: throw notBits(name)
            }
        }
    }
}

extension Value {
    fileprivate var isNumber: Bool {
        switch self {
        case .int, .uint, .double: true
        default: false
        }
    }
}
