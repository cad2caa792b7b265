import Expressions
import WorkflowCore

/// The one type that the values of all cases have.
enum GivenTypes {
    /// Literal texts alone make a choice of their own. Nil when something is not known, or when they have no type in common.
    static func joined(_ values: [CheckedExpression?], name: String) -> ExpressionType? {
        let known = values.compactMap(\.self)
        guard let first = known.first, known.count == values.count else { return nil }
        let texts = known.compactMap(text)
        if texts.count == known.count {
            var members: [String] = []
            for text in texts where !members.contains(text) { members.append(text) }
            return .choice(ChoiceType(name: name, members: members))
        }
        let types = known.map(\.type)
        if types.allSatisfy({ $0 == first.type }) { return first.type }
        let areTexts = types.allSatisfy { type in
            switch type {
            case .string, .choice: true
            default: false
            }
        }
        return areTexts ? .string : nil
    }

    /// The text that a constant expression of type text comes to.
    private static func text(_ expression: CheckedExpression) -> String? {
        guard expression.type == .string, expression.isConstant,
            // A constant that fails gives no text; what is wrong with it shows when it is used.
            case .string(let text)? = try? expression.evaluate(in: Nothing())
        else { return nil }
        return text
    }

    /// No variables at all.
    private struct Nothing: Activation, WorkingTime {
        var time: TimeFrame { TimeFrame(home: .utc, working: self, zones: { _ in nil }) }
        var startOfBusiness: TimeOfDay { .midnight }
        var closeOfBusiness: TimeOfDay { .midnight }
        func value(of name: String) -> Value? { nil }
        func call(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> Value {
            throw EvaluationError(code: "evaluation.no_function", message: "There is no function `\(function)` here.")
        }
        func instant(_ start: Instant, adding span: Span) -> Instant { start }
        func date(_ start: CivilDate, adding span: Span) -> CivilDate { start }
    }
}
