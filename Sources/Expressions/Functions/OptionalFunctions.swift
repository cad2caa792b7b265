extension StandardFunctions {
    private static let wrapped = ExpressionType.parameter("A")
    private static let optional = ExpressionType.optional(wrapped)

    /// Optional values.
    static let optionalFunctions: [StandardFunction] = [
        StandardFunction([FunctionDeclaration("optional.of", [wrapped], optional)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in .optional(arguments[0])
        },
        StandardFunction([FunctionDeclaration("optional.ofNonZeroValue", [wrapped], optional)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            .optional(arguments[0].isZero ? nil : arguments[0])
        },
        StandardFunction([FunctionDeclaration("optional.none", [], optional)]) {
            (_: inout Evaluation, _: [Value]) throws(EvaluationError) -> Value in .optional(nil)
        },
        StandardFunction([FunctionDeclaration("hasValue", [optional], .bool, isMethod: true)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            .bool(try content(arguments[0], "hasValue") != nil)
        },
        StandardFunction([FunctionDeclaration("value", [optional], wrapped, isMethod: true)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard let value = try content(arguments[0], "value") else { throw .absent("The optional value is absent.") }
            return value
        },
        StandardFunction([FunctionDeclaration("or", [optional, optional], optional, isMethod: true)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            _ = try content(arguments[1], "or")
            return try content(arguments[0], "or") == nil ? arguments[1] : arguments[0]
        },
        StandardFunction([FunctionDeclaration("orValue", [optional, wrapped], wrapped, isMethod: true)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            try content(arguments[0], "orValue") ?? arguments[1]
        },
        // What is surely there needs no substitute, and may have one: conditions change more often than the places they
        // guard.
        StandardFunction([FunctionDeclaration("otherwise", [optional, wrapped], wrapped, isMethod: true)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            arguments[0].unwrapped ?? arguments[1]
        },
        end("first") { $0.first },
        end("last") { $0.last },
        StandardFunction([
            FunctionDeclaration("optional.unwrap", [.list(optional)], .list(wrapped)),
            FunctionDeclaration("unwrapOpt", [.list(optional)], .list(wrapped), isMethod: true),
        ]) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .list(let elements) = arguments[0] else { throw .type("`unwrap` takes a list.") }
            try run.charge(elements.count)
            var present: [Value] = []
            for element in elements { if let value = try content(element, "unwrap") { present.append(value) } }
            return .list(present)
        },
    ]

    /// An end of a list, none when it is empty.
    private static func end(_ name: String, _ element: @escaping @Sendable ([Value]) -> Value?) -> StandardFunction {
        StandardFunction([FunctionDeclaration(name, [.list(wrapped)], optional, isMethod: true)]) {
            (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .list(let elements) = arguments[0] else { throw .type("`\(name)` is for lists.") }
            return .optional(element(elements))
        }
    }

    private static func content(_ value: Value, _ name: String) throws(EvaluationError) -> Value? {
        guard case .optional(let wrapped) = value else { throw .type("`\(name)` needs an optional value.") }
        return wrapped
    }
}

extension Value {
    /// Whether it is its type's default: null, false, 0, empty, or none.
    fileprivate var isZero: Bool {
        switch self {
        case .null, .bool(false), .int(0), .uint(0), .double(0), .optional(nil): true
        case .string(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        case .list(let elements): elements.isEmpty
        case .map(let map): map.isEmpty
        case .duration(let duration): duration == .zero
        case .timestamp(let instant): instant == Instant(seconds: 0)
        case .span(let span): span.amount == 0
        case .money(let money): money.minorUnits == 0
        default: false
        }
    }
}
