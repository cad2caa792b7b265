/// A whole number that a function gives, of which the function itself says how small and how large it can be: `apps.size()`,
/// `weekday(today)`. Equal when function and arguments are, however the call is written.
package struct Measure: Hashable, Sendable {
    private let function: String
    private let arguments: [Node]
    /// As it was written.
    package let text: String
    /// What the function can give at all.
    package let range: ClosedRange<Int64>

    /// What is counted, when it is a variable or a field that is counted as it stands; nil for anything else.
    package var counted: [String]? { function == "size" ? arguments.first?.withoutMaybe.path : nil }

    /// Nil for what is no call of a function with such a range.
    init?(_ node: Node, in source: FormulaSource) {
        guard let range = source.ranges[node.range] else { return nil }
        switch node.kind {
        case .call(let name, let arguments): (function, self.arguments) = (name, arguments)
        case .method(let operand, let name, let arguments): (function, self.arguments) = (name, [operand] + arguments)
        default: return nil
        }
        self.range = range
        text = source.text(of: node)
    }

    package static func == (left: Measure, right: Measure) -> Bool {
        left.function == right.function && left.arguments == right.arguments
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(function)
        hasher.combine(arguments)
    }
}

/// What is asked of a measure.
package struct MeasureQuestion: Hashable, Sendable {
    package let measure: Measure
    package let comparison: Formula.Comparison
    package let constant: Int64
}

/// What a condition was read from.
struct FormulaSource {
    let text: String
    /// By where calls stand: what their functions can give.
    let ranges: [Range<Int>: ClosedRange<Int64>]

    /// A part as it was written.
    func text(of node: Node) -> String {
        let bytes = Array(text.utf8)
        return String(decoding: bytes[node.range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }
}

extension CheckedExpression {
    /// What the expression counts or measures when that is all it does, as the value `apps.size()`; nil for others.
    package var measure: Measure? { Measure(root, in: formulaSource) }

    var formulaSource: FormulaSource { FormulaSource(text: source, ranges: ranges) }
}
