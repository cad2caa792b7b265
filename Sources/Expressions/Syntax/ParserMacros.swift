/// Calls that bind names in their arguments and so cannot be functions.
extension Parser {
    /// The macro of that name with so many arguments, nil when it is an ordinary method.
    mutating func macro(
        _ name: String, of operand: Node, _ arguments: [Node], _ nameRange: Range<Int>, from start: Int
    ) throws(ExpressionIssues) -> Node? {
        let macro: Node.Comprehension.Macro
        switch (name, arguments.count) {
        case ("all", 2), ("all", 3): macro = .all
        case ("exists", 2), ("exists", 3): macro = .exists
        case ("exists_one", 2), ("existsOne", 2), ("exists_one", 3), ("existsOne", 3): macro = .existsOne
        case ("filter", 2): macro = .filter
        case ("map", 2), ("map", 3): macro = .map
        case ("transformList", 3), ("transformList", 4): macro = .transformList
        case ("transformMap", 3), ("transformMap", 4): macro = .transformMap
        case ("optMap", 2), ("optFlatMap", 2):
            let variable = try self.variable(arguments[0])
            return try node(
                .optionalMap(operand, name: variable, arguments[1], isFlat: name == "optFlatMap"), from: start)
        case ("bind", 3) where operand.isNamespace("cel"):
            let variable = try self.variable(arguments[0])
            return try node(.bind(variable, arguments[1], in: arguments[2]), from: start)
        case ("greatest", 3...), ("least", 3...):
            guard operand.isNamespace("math") else { return nil }
            let numbers = try node(.list(arguments.map { Node.Element(node: $0, isOptional: false) }), from: start)
            return try node(.method(operand, name, [numbers]), from: start)
        default: return nil
        }
        let first = try variable(arguments[0])
        let comprehension: Node.Comprehension
        switch macro {
        case .map:
            comprehension = Node.Comprehension(
                macro: macro, operand: operand, first: first, second: nil,
                condition: arguments.count == 3 ? arguments[1] : nil, transform: arguments.last)
        case .transformList, .transformMap:
            comprehension = Node.Comprehension(
                macro: macro, operand: operand, first: first, second: try second(arguments[1], first),
                condition: arguments.count == 4 ? arguments[2] : nil, transform: arguments.last)
        case .all, .exists, .existsOne, .filter:
            comprehension = Node.Comprehension(
                macro: macro, operand: operand, first: first,
                second: arguments.count == 3 ? try second(arguments[1], first) : nil, condition: arguments.last,
                transform: nil)
        }
        return try node(.comprehension(comprehension), from: start)
    }

    private func variable(_ node: Node) throws(ExpressionIssues) -> String {
        guard case .name(let name, isRoot: false) = node.kind else {
            throw failure("A plain name belongs here; each element gets it in turn.", node.range)
        }
        return name
    }

    private func second(_ node: Node, _ first: String) throws(ExpressionIssues) -> String {
        let name = try variable(node)
        guard name != first else { throw failure("The two names must differ.", node.range) }
        return name
    }
}

extension Node {
    /// Whether it is that name, before whose point a library's functions stand.
    fileprivate func isNamespace(_ name: String) -> Bool {
        if case .name(name, _) = kind { true } else { false }
    }
}
