extension StandardFunctions {
    /// `size` and the questions about text.
    static let textFunctions: [StandardFunction] = [
        StandardFunction(
            [.string, .bytes, .list(.parameter("A")), .map(.parameter("A"), .parameter("B"))].flatMap {
                [FunctionDeclaration("size", [$0], .int), FunctionDeclaration("size", [$0], .int, isMethod: true)]
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
        question("contains") { $0.contains($1) },
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

extension [UInt8] {
    /// Whether another stands somewhere in it. Source: Knuth, Morris, Pratt (1977); linear time.
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        guard !part.isEmpty else { return true }
        var border = [0]
        for index in 1..<Swift.max(part.count, 1) {
            var length = border[index - 1]
            while length > 0, part[index] != part[length] { length = border[length - 1] }
            border.append(part[index] == part[length] ? length + 1 : 0)
        }
        var matched = 0
        for byte in self {
            while matched > 0, part[matched] != byte { matched = border[matched - 1] }
            if part[matched] == byte { matched += 1 }
            if matched == part.count { return true }
        }
        return false
    }
}
