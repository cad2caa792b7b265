/// Checks an expression against declarations, and translates it into what the evaluator runs.
///
/// After an issue the checker goes on with `dyn`, so that one mistake is reported once.
struct Checker {
    let vocabulary: any Vocabulary
    var inference = Inference()
    var facts = Facts()
    var locals: [(name: String, type: ExpressionType)] = []
    var issues: [ExpressionIssue] = []
    /// The declared variables that are used, each once.
    private(set) var variables: [(name: String, declaration: VariableDeclaration)] = []
    private var selections: [[String]] = []
    /// The whole numbers that the functions of calls can give, by where they stand.
    var ranges: [Range<Int>: ClosedRange<Int64>] = [:]
    /// Every part with a type that may turn out to hold `dyn`, where that is not allowed.
    var visited: [(node: Node, type: ExpressionType)] = []

    /// A part with its type.
    struct Typed {
        /// Translated.
        var node: Node
        var type: ExpressionType
        /// Why it may be absent; the type is optional then.
        var absence: Absence?
    }

    /// Why a variable or field is not surely there.
    struct Absence {
        /// What was written.
        let path: String
        /// The condition under which it is there, when one is known.
        let condition: String?
    }

    init(_ vocabulary: any Vocabulary, assuming conditions: [Expression]) {
        self.vocabulary = vocabulary
        for condition in conditions { facts.assume(condition.root) }
    }

    mutating func check(
        _ expression: Expression, expecting expected: ExpressionType?
    ) throws(ExpressionIssues) -> CheckedExpression {
        var typed = visit(expression.root, expecting: expected)
        if let expected { typed = conformed(typed, to: expected, expression.root) }
        refuseDynamic(expression.root, typed.type)
        guard issues.isEmpty else { throw ExpressionIssues(issues) }
        return CheckedExpression(
            source: expression.source, type: inference.final(typed.type), root: typed.node,
            selections: selections.count < 2 ? selections : selections.sorted { $0.lexicographicallyPrecedes($1) },
            variables: variables,
            functions: vocabulary.functions, ranges: ranges)
    }

    /// Remembers that a variable is used.
    mutating func use(_ name: String, _ declaration: VariableDeclaration) {
        if !variables.contains(where: { $0.name == name }) { variables.append((name, declaration)) }
    }

    /// Remembers that a path is read.
    mutating func select(_ path: [String]) {
        if !selections.contains(path) { selections.append(path) }
    }

    /// The whole expression as its place asks for it.
    private mutating func conformed(_ typed: Typed, to expected: ExpressionType, _ node: Node) -> Typed {
        if case .optional(let wrapped) = expected {
            if inference.fits(typed.type, expected) { return typed }
            if !inference.resolved(typed.type).isOptional, inference.fits(typed.type, wrapped) {
                return Typed(node: Node(.some(typed.node), node.range), type: expected)
            }
            mismatch(typed.type, expected, node)
            return typed
        }
        let present = required(typed, node)
        if !inference.fits(present.type, expected) { mismatch(present.type, expected, node) }
        return Typed(node: present.node, type: present.type)
    }

    // MARK: Parts

    /// A part whose value is needed, so that it must surely be there.
    mutating func use(_ node: Node, expecting expected: ExpressionType? = nil) -> Typed {
        required(visit(node, expecting: expected), node)
    }

    /// Yes or no.
    mutating func condition(_ node: Node) -> Node {
        let typed = use(node, expecting: .bool)
        if !inference.fits(typed.type, .bool) { mismatch(typed.type, .bool, node) }
        return typed.node
    }

    /// Types a part. What is expected only helps literals to their type; whether it fits is for the caller to see.
    mutating func visit(_ node: Node, expecting expected: ExpressionType? = nil) -> Typed {
        let typed = type(of: node, expecting: expected)
        if !typed.type.isSimple, !vocabulary.allowsDynamic { visited.append((node, typed.type)) }
        return typed
    }

    private mutating func type(of node: Node, expecting expected: ExpressionType?) -> Typed {
        switch node.kind {
        case .literal(let value): return literal(value, node, expecting: expected)
        case .name, .select: return path(node)
        case .has(let operand): return has(operand, node)
        case .optionalSelect, .index, .optionalIndex: return part(node)
        case .call, .method: return call(node)
        case .list(let elements): return list(elements, node, expecting: expected)
        case .map(let entries): return map(entries, node, expecting: expected)
        case .comprehension(let macro): return comprehension(macro, node)
        case .optionalMap(let operand, let name, let body, let isFlat):
            return optionalMap(operand, name, body, isFlat: isFlat, node)
        case .bind(let name, let value, in: let body): return bind(name, value, body, node, expecting: expected)
        case .message(let name, _):
            issue("expression.type", "`\(name){…}` cannot be built: there are no message types.", node.range)
            return Typed(node: node, type: .dyn)
        default: return operation(node, expecting: expected)
        }
    }

    private mutating func literal(_ value: Value, _ node: Node, expecting expected: ExpressionType?) -> Typed {
        let expected = expected.map { inference.resolved($0) }?.withoutOptional
        switch (value, expected) {
        case (.int(let number), .double?):
            return Typed(node: Node(.literal(.double(Double(number))), node.range), type: .double)
        case (.string(let text), .choice(let choice)?):
            if !choice.members.contains(where: { sameScalars($0, text) }) {
                let known =
                    choice.members.count <= 12
                    ? "It has \(choice.members.map { "\"\($0)\"" }.joined(separator: ", "))." : nil
                issue(
                    "expression.choice", "\"\(text)\" is not in \(choice.name).",
                    hint: NearestName.of(text, among: choice.members).map { "Did you mean \"\($0)\"?" } ?? known,
                    node.range)
            }
            return Typed(node: node, type: .choice(choice))
        default: return Typed(node: node, type: value.literalType)
        }
    }

    // MARK: Issues

    mutating func issue(_ code: String, _ message: String, hint: String? = nil, _ range: Range<Int>) {
        issues.append(ExpressionIssue(code: code, message: message, hint: hint, range: range))
    }

    /// The part as surely present; reports it when it may be absent.
    mutating func required(_ typed: Typed, _ node: Node) -> Typed {
        guard let absence = typed.absence else { return typed }
        let otherwise = "`\(absence.path).otherwise(…)`"
        issue(
            "expression.maybe_absent", "`\(absence.path)` may be absent here.",
            hint: absence.condition.map { "It is there when `\($0)`: repeat that condition, or write \(otherwise)." }
                ?? "Ask `has(\(absence.path))` first, or write \(otherwise).", node.range)
        return Typed(node: typed.node, type: inference.resolved(typed.type).withoutOptional)
    }

    mutating func mismatch(_ actual: ExpressionType, _ expected: ExpressionType, _ node: Node) {
        let (actual, expected) = (inference.final(actual), inference.final(expected))
        let hint: String? =
            switch (actual, expected) {
            case (.optional, _): "Write `.otherwise(…)` after it."
            case (.string, .bool), (.choice, .bool): "Compare it, as in `x != \"\"`."
            case (_, .bool): "Compare it with something."
            case (.int, .double), (.uint, .double): "Write `double(…)`."
            case (.date, .timestamp): "Write `… at 09:00`."
            case (.timestamp, .date): "Write `date(…)`."
            case (.int, .string), (.uint, .string), (.double, .string), (.date, .string), (.timestamp, .string),
                (.timeOfDay, .string), (.money, .string), (.bool, .string), (.span, .string), (.duration, .string):
                "Write `string(…)`."
            case (.string, .choice): "Only the list's own members are sure to be in it."
            default: nil
            }
        issue("expression.type", "This is \(actual); \(expected) is needed here.", hint: hint, node.range)
    }
}

extension ExpressionType {
    var isOptional: Bool {
        if case .optional = self { true } else { false }
    }

    /// What an optional holds; any other type itself.
    var withoutOptional: ExpressionType {
        if case .optional(let wrapped) = self { wrapped } else { self }
    }

    /// The optional of it; one is not put into another.
    var asOptional: ExpressionType { isOptional ? self : .optional(self) }
}

extension Value {
    /// The type of a literal.
    var literalType: ExpressionType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .timestamp: .timestamp
        case .duration: .duration
        case .date: .date
        case .timeOfDay: .timeOfDay
        case .span(let span): .span(span.kind)
        case .money: .money
        case .person: .person
        case .list, .map, .type, .optional: .dyn
        }
    }
}
