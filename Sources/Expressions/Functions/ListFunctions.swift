extension StandardFunctions {
    private static let element = ExpressionType.parameter("A")
    private static let list = ExpressionType.list(element)

    /// What is done to whole lists, from CEL's lists library.
    static let listFunctions: [StandardFunction] = [
        StandardFunction([FunctionDeclaration("distinct", [list], list, isMethod: true)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            var distinct: [Value] = []
            for value in try elements(arguments[0], "distinct") where !(try run.contains(.list(distinct), value)) {
                distinct.append(value)
            }
            return .list(distinct)
        },
        StandardFunction(ordered.map { FunctionDeclaration("sort", [.list($0)], .list($0), isMethod: true) }) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            .list(try run.sorted(try elements(arguments[0], "sort")))
        },
        StandardFunction([FunctionDeclaration("slice", [list, .int, .int], list, isMethod: true)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            let elements = try elements(arguments[0], "slice")
            guard case .int(let start) = arguments[1], case .int(let end) = arguments[2] else {
                throw .type("Places are whole numbers, from 0.")
            }
            guard start >= 0, start <= end, end <= elements.count else {
                throw EvaluationError(code: "evaluation.range", message: "The place lies outside of the list.")
            }
            try run.charge(Int(end - start))
            return .list(Array(elements[Int(start)..<Int(end)]))
        },
        StandardFunction([FunctionDeclaration("flatten", [.list(list)], list, isMethod: true)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            var flat: [Value] = []
            for inner in try elements(arguments[0], "flatten") {
                let inner = try elements(inner, "flatten")
                try run.charge(1 + inner.count)
                flat += inner
            }
            return .list(flat)
        },
    ]

    private static func elements(_ value: Value, _ name: String) throws(EvaluationError) -> [Value] {
        guard case .list(let elements) = value else { throw .type("`\(name)` is for lists.") }
        return elements
    }
}

extension Evaluation {
    /// From the least to the greatest, equals in their order. Merging takes as few comparisons as sorting can; the
    /// standard library's sort lets no typed error through.
    fileprivate mutating func sorted(_ values: [Value]) throws(EvaluationError) -> [Value] {
        guard values.count > 1 else { return values }
        let middle = values.count / 2
        let (left, right) = (try sorted(Array(values[..<middle])), try sorted(Array(values[middle...])))
        var merged: [Value] = []
        var (first, second) = (0, 0)
        while first < left.count, second < right.count {
            try charge(1)
            if try order(right[second], left[first]) == .less {
                merged.append(right[second])
                second += 1
            } else {
                merged.append(left[first])
                first += 1
            }
        }
        return merged + left[first...] + right[second...]
    }
}
