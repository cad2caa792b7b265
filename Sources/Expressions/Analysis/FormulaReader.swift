extension CheckedExpression {
    /// The expression as a condition to reason about; of one that is not of type yes or no a free one.
    package var formula: Formula { FormulaReader(source: formulaSource).read(root) }

    /// The variable and the amount when the expression is a variable less a whole number, as `depth - 1`; nil for others.
    package var decrease: (name: String, amount: Int64)? {
        guard case .binary(.subtract, let left, let right) = root.kind, case .name(let name, _) = left.kind,
            case .literal(.int(let amount)) = right.kind
        else { return nil }
        return (name, amount)
    }

    /// The value of an expression that reads no variable; nil for others and for those that fail.
    package var constantValue: Value? { FormulaReader.constant(root) }
}

/// Translates checked conditions.
struct FormulaReader {
    let source: FormulaSource

    func read(_ node: Node) -> Formula {
        switch node.kind {
        case .not(let operand): return .not(read(operand))
        case .and(let operands): return .all(operands.map(read))
        case .or(let operands): return .any(operands.map(read))
        case .conditional(let test, let yes, let no):
            let condition = read(test)
            return .any([.all([condition, read(yes)]), .all([.not(condition), read(no)])])
        case .has(let operand):
            if let path = Self.path(operand) { return .test(.init(path, .isPresent)) }
        case .method(let operand, "hasValue", _):
            if let path = operand.withoutMaybe.path { return .test(.init(path, .isPresent)) }
        case .binary(.notEqual, let left, let right):
            return .not(comparison(.equal, left, right, node))
        case .presentEqual(let left, let right, let isNegated):
            let equal = comparison(.equal, left, right, Node(.presentEqual(left, right, isNegated: false), node.range))
            return isNegated ? .not(equal) : equal
        case .binary(.isIn, let left, let right), .presentIn(let left, let right):
            return membership(left, right, node)
        case .binary(let symbol, let left, let right):
            if let comparison = Self.comparisons[symbol] { return self.comparison(comparison, left, right, node) }
        default: break
        }
        if case .bool(let value)? = Self.constant(node) { return .constant(value) }
        if let variable = Self.variable(node) {
            return test(variable, .equal, .bool(true)) ?? free(node)
        }
        return free(node)
    }

    // MARK: Comparisons

    private static let comparisons: [BinaryOperator: Formula.Comparison] = [
        .equal: .equal, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater, .greaterOrEqual: .greaterOrEqual,
    ]

    private static let mirrored: [Formula.Comparison: Formula.Comparison] = [
        .equal: .equal, .less: .greater, .lessOrEqual: .greaterOrEqual, .greater: .less, .greaterOrEqual: .lessOrEqual,
    ]

    private func comparison(_ comparison: Formula.Comparison, _ left: Node, _ right: Node, _ node: Node) -> Formula {
        if case .bool(let value)? = Self.constant(node) { return .constant(value) }
        // Nothing is less than itself; but not every number equals itself.
        if left == right, left.path != nil, comparison == .less || comparison == .greater { return .constant(false) }
        if let variable = Self.variable(left), let value = Self.constant(right) {
            return test(variable, comparison, value) ?? free(node)
        }
        if let variable = Self.variable(right), let value = Self.constant(left),
            let mirrored = Self.mirrored[comparison]
        {
            return test(variable, mirrored, value) ?? free(node)
        }
        if let measure = Measure(left, in: source), case .int(let value)? = Self.constant(right) {
            return free(node, asking: MeasureQuestion(measure: measure, comparison: comparison, constant: value))
        }
        if let measure = Measure(right, in: source), case .int(let value)? = Self.constant(left),
            let mirrored = Self.mirrored[comparison]
        {
            return free(node, asking: MeasureQuestion(measure: measure, comparison: mirrored, constant: value))
        }
        return free(node)
    }

    private func membership(_ left: Node, _ right: Node, _ node: Node) -> Formula {
        guard case .list(let values)? = Self.constant(right) else { return free(node) }
        if Measure(left, in: source) != nil {
            return .any(
                values.map { value in
                    let element = Node(.literal(value), right.range)
                    return comparison(.equal, left, element, Node(.binary(.equal, left, element), node.range))
                })
        }
        guard let variable = Self.variable(left) else { return free(node) }
        var tests: [Formula] = []
        for value in values {
            guard let test = test(variable, .equal, value) else { return free(node) }
            tests.append(test)
        }
        return .any(tests)
    }

    /// Nil for a constant that has no place in an order, such as a list.
    private func test(_ variable: Variable, _ comparison: Formula.Comparison, _ value: Value) -> Formula? {
        guard value.order(to: value) != nil else { return nil }
        var whenAbsent = false
        if let otherwise = variable.otherwise {
            guard let order = otherwise.order(to: value) else { return nil }
            whenAbsent = comparison.holds(order)
        }
        return .test(
            .init(variable.path, .compares(comparison, value), whenAbsent: whenAbsent, isSure: variable.isSure))
    }

    private func free(_ node: Node, asking question: MeasureQuestion? = nil) -> Formula {
        .free(FreeCondition(node: node, text: source.text(of: node), question: question))
    }

    // MARK: Operands

    /// A chain of names, what takes its place when it is absent, and whether it surely is there.
    private struct Variable {
        let path: [String]
        var otherwise: Value?
        var isSure = true
    }

    private static func variable(_ node: Node) -> Variable? {
        switch node.kind {
        case .maybe(let inner):
            return inner.path.map { Variable(path: $0, isSure: false) }
        case .some(let inner): return variable(inner)
        case .name, .select: return node.path.map { Variable(path: $0) }
        case .method(let operand, "otherwise", let arguments), .method(let operand, "orValue", let arguments):
            guard let path = operand.withoutMaybe.path, arguments.count == 1, let value = constant(arguments[0]) else {
                return nil
            }
            return Variable(path: path, otherwise: value, isSure: false)
        default: return nil
        }
    }

    /// A chain of names, each there or not: without the first there is no last.
    private static func path(_ node: Node) -> [String]? {
        switch node.kind {
        case .maybe(let inner): path(inner)
        case .name(let name, _): [name]
        case .select(let operand, let field): path(operand).map { $0 + [field] }
        default: nil
        }
    }

    static func constant(_ node: Node) -> Value? {
        if case .literal(let value) = node.kind { return value }
        guard !node.kind.children.isEmpty, !node.readsAnything else { return nil }
        // What fails has no value; whether that is an error is said where the expression is used.
        return try? Evaluation.run(node, Checker.Nothing(), isChecked: true)
    }
}

extension Node {
    /// Whether its value depends on more than itself.
    fileprivate var readsAnything: Bool {
        switch kind {
        case .name, .hostCall, .comprehension, .optionalMap: true
        default: kind.children.contains(where: \.readsAnything)
        }
    }
}

extension Formula.Comparison {
    /// Whether it holds for an order: below 0 for less, 0 for equal, above 0 for greater.
    package func holds(_ order: Int) -> Bool {
        switch self {
        case .equal: order == 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        }
    }
}

extension Value {
    /// Below 0 when it is less than the other, 0 when equal, above 0 when greater; nil when they have no order: values of different
    /// types, NaN, amounts in different currencies, spans, and what has parts.
    package func order(to other: Value) -> Int? {
        func order<T: Comparable>(_ left: T, _ right: T) -> Int { left < right ? -1 : left == right ? 0 : 1 }
        switch (self, other) {
        case (.bool(let left), .bool(let right)): return order(left ? 1 : 0, right ? 1 : 0)
        case (.int(let left), .int(let right)): return order(left, right)
        case (.uint(let left), .uint(let right)): return order(left, right)
        case (.double(let left), .double(let right)): return left.isNaN || right.isNaN ? nil : order(left, right)
        case (.int(let left), .double(let right)): return right.isNaN ? nil : order(Double(left), right)
        case (.double(let left), .int(let right)): return left.isNaN ? nil : order(left, Double(right))
        case (.string(let left), .string(let right)):
            return sameScalars(left, right) ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        case (.date(let left), .date(let right)): return order(left, right)
        case (.timestamp(let left), .timestamp(let right)): return order(left, right)
        case (.timeOfDay(let left), .timeOfDay(let right)): return order(left, right)
        case (.duration(let left), .duration(let right)): return order(left, right)
        case (.money(let left), .money(let right)):
            return left.currency == right.currency ? order(left.minorUnits, right.minorUnits) : nil
        default: return nil
        }
    }
}
