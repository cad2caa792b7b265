/// Text with expressions inside: `Hello {{ name }}`.
///
/// Between `{{` and the next `}}` outside of quotes stands one expression; everything else is literal, single braces
/// too.
public struct TextTemplate: Hashable, Sendable {
    /// A piece of a template.
    public enum Segment: Hashable, Sendable {
        /// Text as it stands.
        case literal(String)
        /// An expression, and the UTF-8 offset at which it starts in the template.
        case expression(Expression, offset: Int)
    }

    /// As it was written.
    public let source: String
    /// The pieces in order; two literals never follow each other.
    public let segments: [Segment]

    /// Parses a text. Throws all issues, their ranges counted from the start of the text.
    public static func parse(_ text: String) throws(ExpressionIssues) -> TextTemplate {
        var parser = TemplateParser(text)
        return TextTemplate(source: text, segments: try parser.parse())
    }

    /// Checks every expression: its value must be one that text can show, which lists, maps, records and optionals are
    /// not.
    ///
    /// - Throws: the issues of all expressions, their ranges counted from the start of the text.
    public func checked(
        in declarations: Declarations, assuming conditions: [Expression] = []
    ) throws(ExpressionIssues) -> CheckedTemplate {
        try checked(against: declarations, assuming: conditions)
    }

    /// The same with a vocabulary that works out what a name means only when an expression uses it.
    package func checked(
        against vocabulary: any Vocabulary, assuming conditions: [Expression] = []
    ) throws(ExpressionIssues) -> CheckedTemplate {
        var checked: [CheckedTemplate.Segment] = []
        var issues: [ExpressionIssue] = []
        for segment in segments {
            switch segment {
            case .literal(let text): checked.append(.literal(text))
            case .expression(let expression, let offset):
                do throws(ExpressionIssues) {
                    let result = try expression.checked(against: vocabulary, assuming: conditions)
                    if result.type.isShowable {
                        checked.append(.expression(result, offset: offset))
                    } else {
                        issues.append(Self.unshowable(result, expression.root.range).moved(by: offset))
                    }
                } catch {
                    issues += error.issues.map { $0.moved(by: offset) }
                }
            }
        }
        guard issues.isEmpty else { throw ExpressionIssues(issues) }
        return CheckedTemplate(segments: checked)
    }

    private static func unshowable(_ checked: CheckedExpression, _ range: Range<Int>) -> ExpressionIssue {
        if case .optional = checked.type {
            let source = String(checked.source.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            return ExpressionIssue(
                code: "expression.maybe_absent", message: "`\(source)` may be absent, and text needs a value.",
                hint: "Write `\(source).otherwise(…)`.", range: range)
        }
        return ExpressionIssue(
            code: "expression.type", message: "Text cannot show \(checked.type).", range: range)
    }
}

/// A text template whose expressions were found sound.
public struct CheckedTemplate: Sendable {
    enum Segment: Sendable {
        case literal(String)
        /// The offset is the expression's in the template, in UTF-8 bytes.
        case expression(CheckedExpression, offset: Int)
    }

    let segments: [Segment]

    /// The declared variables it uses.
    public var references: Set<String> {
        expressions.reduce(into: []) { $0.formUnion($1.referenceNames) }
    }

    /// The text with something in place of each expression, for people who look at the template itself: `Laptop for …`.
    ///
    /// - Parameter words: What stands for a value.
    package func outline(_ words: (CheckedExpression) -> String) -> String {
        segments.reduce(into: "") { text, segment in
            switch segment {
            case .literal(let literal): text += literal
            case .expression(let expression, _): text += words(expression)
            }
        }
    }

    /// The variables and fields it reads, each as its path, unique and sorted.
    public var selections: [[String]] {
        Set(expressions.flatMap(\.selections)).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The expressions in order.
    public var expressions: [CheckedExpression] {
        segments.compactMap { if case .expression(let expression, _) = $0 { expression } else { nil } }
    }

    /// The text in no particular language, as other programs read it; not escaped for any medium.
    ///
    /// - Parameter naming: what a person, given by the identifier, is called.
    /// - Throws: the first expression's error.
    public func evaluate(
        in activation: some Activation, naming: (String) -> String
    ) throws(EvaluationError) -> String {
        try evaluate(in: activation) { (value, _) throws(EvaluationError) in try value.shown(naming) }
    }

    /// The text with every value as `showing` writes it for a reader; not escaped for any medium.
    ///
    /// - Parameter showing: the text of a value of that type; it never gets null, a map, octets or a type.
    /// - Throws: the first error of an expression or of `showing`.
    public func evaluate(
        in activation: some Activation,
        showing: (Value, ExpressionType) throws(EvaluationError) -> String
    ) throws(EvaluationError) -> String {
        var text = ""
        for segment in segments {
            switch segment {
            case .literal(let literal): text += literal
            case .expression(let expression, _):
                let value = try expression.evaluate(in: activation)
                guard value.isShowable else { throw .unshowable }
                text += try showing(value, expression.type)
            }
        }
        return text
    }
}

extension EvaluationError {
    static var unshowable: EvaluationError {
        EvaluationError(code: "evaluation.type", message: "Text cannot show this kind of value.")
    }
}

extension ExpressionType {
    /// Whether a text template can show its values.
    var isShowable: Bool {
        switch self {
        case .bool, .int, .uint, .double, .string, .timestamp, .duration, .date, .timeOfDay, .span, .money, .person,
            .choice,
            .dyn:
            true
        case .list(let element): element.isShowable
        case .null, .bytes, .map, .optional, .type, .record, .parameter: false
        }
    }
}

extension Value {
    /// As text shows it, in no particular language: instants in RFC 3339, lists separated by commas.
    func shown(_ naming: (String) -> String) throws(EvaluationError) -> String {
        switch self {
        case .bool(let value): return String(value)
        case .int(let value): return String(value)
        case .uint(let value): return String(value)
        case .double(let value): return value.printed
        case .string(let value): return value
        case .timestamp(let value): return value.description
        case .duration(let value): return value.inSeconds
        case .date(let value): return value.description
        case .timeOfDay(let value): return value.description
        case .span(let value): return value.description
        case .money(let value): return value.description
        case .person(let value): return naming(value)
        case .list(let elements):
            var shown: [String] = []
            for element in elements { shown.append(try element.shown(naming)) }
            return shown.joined(separator: ", ")
        case .null, .bytes, .map, .type, .optional:
            throw .unshowable
        }
    }

    /// Whether it is a value that text can show.
    var isShowable: Bool {
        switch self {
        case .null, .bytes, .map, .type, .optional: false
        case .list(let elements): elements.allSatisfy(\.isShowable)
        default: true
        }
    }
}

extension Double {
    /// The shortest decimal that reads back the same; whole numbers up to 2^53 without a point.
    var printed: String {
        if self == rounded(), magnitude <= 9_007_199_254_740_992 { return self == 0 ? "0" : String(Int64(self)) }
        return String(describing: self)
    }
}
