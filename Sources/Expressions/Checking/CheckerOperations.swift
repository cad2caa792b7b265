/// Operators.
extension Checker {
    mutating func operation(_ node: Node, expecting expected: ExpressionType?) -> Typed {
        switch node.kind {
        case .not(let operand): return Typed(node: Node(.not(condition(operand)), node.range), type: .bool)
        case .and(let operands):
            return Typed(node: Node(.and(conditions(operands, hold: true)), node.range), type: .bool)
        case .or(let operands):
            return Typed(node: Node(.or(conditions(operands, hold: false)), node.range), type: .bool)
        case .conditional(let test, let yes, let no):
            return conditional(test, yes, no, node, expecting: expected)
        case .negate(let operand):
            let typed = use(operand, expecting: expected)
            let type = overload(of: "-", Operators.negation, [typed], node)
            return Typed(node: Node(.negate(typed.node), node.range), type: type)
        case .binary(.equal, let left, let right): return equality(left, right, isNegated: false, node)
        case .binary(.notEqual, let left, let right): return equality(left, right, isNegated: true, node)
        case .binary(.isIn, let left, let right): return membership(left, right, node)
        case .binary(let symbol, let left, let right): return arithmetic(symbol, left, right, node)
        default: return Typed(node: node, type: .dyn)
        }
    }

    /// Each operand is checked knowing what those before it leave open: all hold in `and`, none does in `or`.
    private mutating func conditions(_ operands: [Node], hold: Bool) -> [Node] {
        let known = facts
        defer { facts = known }
        var translated: [Node] = []
        for operand in operands {
            translated.append(condition(operand))
            facts.assume(operand, holds: hold)
        }
        return translated
    }

    private mutating func conditional(
        _ test: Node, _ yes: Node, _ no: Node, _ node: Node, expecting expected: ExpressionType?
    ) -> Typed {
        let condition = condition(test)
        let known = facts
        defer { facts = known }
        facts.assume(test)
        let first = use(yes, expecting: expected)
        facts = known
        facts.assume(test, holds: false)
        let second = use(no, expecting: expected ?? first.type)
        var type = inference.join(first.type, second.type)
        if type == nil {
            issue(
                "expression.type",
                "One side is \(inference.final(first.type)), the other \(inference.final(second.type)).",
                hint: "Both sides of `condition ? one : other` must have one type.", node.range)
            type = .dyn
        }
        return Typed(node: Node(.conditional(condition, first.node, second.node), node.range), type: type ?? .dyn)
    }

    /// Both sides, the constant one last, so that the other tells what its literals are.
    private mutating func sides(_ left: Node, _ right: Node) -> (Typed, Typed) {
        if left.isConstant, !right.isConstant {
            let second = visit(right)
            return (visit(left, expecting: inference.resolved(second.type).withoutOptional), second)
        }
        let first = visit(left)
        return (first, visit(right, expecting: inference.resolved(first.type).withoutOptional))
    }

    private mutating func equality(_ left: Node, _ right: Node, isNegated: Bool, _ node: Node) -> Typed {
        let (first, second) = sides(left, right)
        let types = (inference.resolved(first.type), inference.resolved(second.type))
        let isLenient =
            first.absence != nil || second.absence != nil
            || (types.0.isOptional != types.1.isOptional && types.0 != .dyn && types.1 != .dyn)
        let compared = isLenient ? (types.0.withoutOptional, types.1.withoutOptional) : types
        compare(compared.0, compared.1, left, right, node)
        let kind: Node.Kind =
            isLenient
            ? .presentEqual(first.node, second.node, isNegated: isNegated)
            : .binary(isNegated ? .notEqual : .equal, first.node, second.node)
        return Typed(node: Node(kind, node.range), type: .bool)
    }

    /// Reports two types whose values are never equal.
    private mutating func compare(
        _ left: ExpressionType, _ right: ExpressionType, _ leftNode: Node, _ rightNode: Node, _ node: Node
    ) {
        if inference.fits(left, right) || inference.fits(right, left) { return }
        let (left, right) = (inference.final(left), inference.final(right))
        var hint = Operators.hint(.equal, left, right)
        switch (left, right) {
        case (.duration, .span(.elapsed)), (.span(.elapsed), .duration): return
        case (.choice(let left), .choice(let right)):
            if !Set(left.members).isDisjoint(with: right.members) { return }
        case (.null, _): hint = rightNode.path.map { "Ask `has(\($0.joined(separator: ".")))`." }
        case (_, .null): hint = leftNode.path.map { "Ask `has(\($0.joined(separator: ".")))`." }
        default: break
        }
        issue("expression.type", "This compares \(left) with \(right), which are never equal.", hint: hint, node.range)
    }

    private mutating func membership(_ left: Node, _ right: Node, _ node: Node) -> Typed {
        let (first, second): (Typed, Typed)
        if left.isConstant {
            second = visit(right)
            first = visit(left, expecting: inference.resolved(inference.resolved(second.type).withoutOptional).element)
        } else {
            first = visit(left)
            second = visit(right, expecting: .list(inference.resolved(first.type).withoutOptional))
        }
        let container = inference.resolved(inference.resolved(second.type).withoutOptional)
        let types = (inference.resolved(first.type), inference.resolved(second.type))
        let isLenient = first.absence != nil || second.absence != nil || types.1.isOptional || types.0.isOptional
        switch container {
        case .list(let element), .map(let element, _):
            compare(isLenient ? types.0.withoutOptional : types.0, element, left, right, node)
        case .dyn, .parameter: break
        default:
            issue(
                "expression.type", "`in` looks into a list or a map; this is \(inference.final(container)).",
                right.range)
        }
        let kind: Node.Kind =
            isLenient ? .presentIn(first.node, second.node) : .binary(.isIn, first.node, second.node)
        return Typed(node: Node(kind, node.range), type: .bool)
    }

    private mutating func arithmetic(_ symbol: BinaryOperator, _ left: Node, _ right: Node, _ node: Node) -> Typed {
        var first, second: Typed
        // Only a whole number's literal takes its type from the other side.
        if left.isNumber, !right.isNumber {
            second = use(right)
            first = use(left, expecting: second.type)
        } else {
            first = use(left)
            second = use(right, expecting: right.isNumber ? first.type : nil)
        }
        let type = overload(of: symbol.rawValue, Operators.table[symbol] ?? [], [first, second], node)
        return Typed(node: Node(.binary(symbol, first.node, second.node), node.range), type: type)
    }

    /// The result's type of the signature that fits; an issue and `dyn` when none does.
    private mutating func overload(
        of symbol: String, _ signatures: [FunctionDeclaration], _ operands: [Typed], _ node: Node
    ) -> ExpressionType {
        if let result = result(of: signatures, operands.map { $0.type }) { return result }
        let types = operands.map { inference.final($0.type) }
        var hint =
            types.count == 2 ? BinaryOperator(rawValue: symbol).flatMap { Operators.hint($0, types[0], types[1]) } : nil
        if types.contains(where: \.isOptional) { hint = "Write `.otherwise(…)` after what may be absent." }
        issue(
            "expression.type",
            "`\(symbol)` does not work on \(types.map(\.description).joined(separator: " and ")).", hint: hint,
            node.range)
        return .dyn
    }

    /// The result's type of the signatures that fit: `dyn` when several do and differ, nil when none does.
    mutating func result(of signatures: [FunctionDeclaration], _ arguments: [ExpressionType]) -> ExpressionType? {
        var found: (result: ExpressionType, inference: Inference)?
        var count = 0
        for signature in signatures where !signature.surelyRefuses(arguments) {
            var trial = inference
            let (parameters, result) = trial.instantiate(signature)
            guard trial.fit(arguments, parameters) else { continue }
            count += 1
            if let first = found, first.inference.final(first.result) != trial.final(result) { return .dyn }
            if found == nil { found = (result, trial) }
        }
        guard let found else { return nil }
        // With several in question, what one of them would bind is not known to hold.
        if count > 1 { return found.inference.final(found.result) }
        inference = found.inference
        return found.result
    }
}

extension ExpressionType {
    /// What a list holds, or a map's keys; nil for other types.
    var element: ExpressionType? {
        switch self {
        case .list(let element), .map(let element, _): element
        default: nil
        }
    }
}

extension Node {
    /// Whether it is the literal of a whole number.
    var isNumber: Bool {
        if case .literal(.int) = kind { true } else { false }
    }
}
