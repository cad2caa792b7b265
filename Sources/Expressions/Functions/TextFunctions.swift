extension StandardFunctions {
    /// `size` and the questions about text.
    static let textFunctions: [StandardFunction] = [
        StandardFunction(
            [.string, .bytes, .list(.parameter("A")), .map(.parameter("A"), .parameter("B"))].flatMap {
                [
                    FunctionDeclaration("size", [$0], .int, within: 0...Int64.max),
                    FunctionDeclaration("size", [$0], .int, isMethod: true, within: 0...Int64.max),
                ]
            }
        ) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            switch arguments[0] {
            case .string(let text):
                try run.charge(text.utf8.count / 64)
                return .int(Int64(text.unicodeScalars.count))
            case .bytes(let bytes): return .int(Int64(bytes.count))
            case .list(let elements): return .int(Int64(elements.count))
            case .map(let map): return .int(Int64(map.count))
            default: throw .type("`size` counts text, bytes, lists and maps.")
            }
        },
        question("contains") { !$0.places(of: $1).isEmpty },
        question("startsWith") { $0.starts(with: $1) },
        question("endsWith") { $0.count >= $1.count && $0.suffix($1.count).elementsEqual($1) },
        StandardFunction([
            FunctionDeclaration("matches", [.string, .string], .bool, isMethod: true),
            FunctionDeclaration("matches", [.string, .string], .bool),
        ]) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .string(let source) = arguments[1] else { throw .type("A pattern is text.") }
            try run.charge(source.utf8.count / 8)
            let pattern: Pattern
            do throws(PatternError) {
                pattern = try Pattern(source)
            } catch {
                throw EvaluationError(code: "evaluation.pattern", message: "The pattern is wrong: \(error.message).")
            }
            return .bool(try run.matches(arguments[0], pattern))
        },
    ]

    /// A method of one text that asks about another. UTF-8 suffices: its texts contain each other where their scalars
    /// do.
    private static func question(
        _ name: String, _ ask: @escaping @Sendable ([UInt8], [UInt8]) -> Bool
    ) -> StandardFunction {
        StandardFunction([FunctionDeclaration(name, [.string, .string], .bool, isMethod: true)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .string(let text) = arguments[0], case .string(let part) = arguments[1] else {
                throw .type("`\(name)` compares two texts.")
            }
            try run.charge((text.utf8.count + part.utf8.count) / 16)
            return .bool(ask(Array(text.utf8), Array(part.utf8)))
        }
    }
}
