/// Functions, the standard ones and the host's.
extension Evaluation {
    mutating func call(_ node: Node) throws(EvaluationError) -> Value {
        switch node.kind {
        case .call(let name, let arguments):
            return try call(name, try values(arguments), isMethod: false)
        case .hostCall(let name, let arguments):
            return try activation.call(name, try values(arguments))
        case .method(let receiver, let name, let arguments):
            if !isChecked, let path = receiver.path, local(path[0]) == nil, activation.value(of: path[0]) == nil {
                let qualified = path.joined(separator: ".") + "." + name
                if StandardFunctions.table[qualified] != nil {
                    return try call(qualified, try values(arguments), isMethod: false)
                }
            }
            let receiver = try evaluate(receiver)
            return try call(name, [receiver] + (try values(arguments)), isMethod: true)
        case .matches(let operand, let pattern):
            return .bool(try matches(try evaluate(operand), pattern))
        default:
            throw .type("Messages cannot be built.")
        }
    }

    private mutating func values(_ nodes: [Node]) throws(EvaluationError) -> [Value] {
        var values: [Value] = []
        for node in nodes { values.append(try evaluate(node)) }
        return values
    }

    private mutating func call(
        _ name: String, _ arguments: [Value], isMethod: Bool
    ) throws(EvaluationError) -> Value {
        guard let function = StandardFunctions.table[name] else { return try activation.call(name, arguments) }
        let isKnown = function.declarations.contains {
            $0.parameters.count == arguments.count && (isChecked || $0.isMethod == isMethod)
        }
        guard isKnown else { throw .type("`\(name)` does not take these arguments.") }
        return try function.body(&self, arguments)
    }

    /// CEL's `matches`: whether the pattern matches a part of the text.
    mutating func matches(_ value: Value, _ pattern: Pattern) throws(EvaluationError) -> Bool {
        guard case .string(let text) = value else { throw .type("`matches` looks into text.") }
        try charge(text.utf8.count * pattern.program.count / 16)
        var matcher = PatternMatcher(pattern)
        return matcher.matches(text)
    }
}
