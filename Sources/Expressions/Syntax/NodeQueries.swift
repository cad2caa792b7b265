extension Node.Kind {
    /// The parts directly below, in the order of the source.
    var children: [Node] {
        var children: [Node] = []
        forEachChild { children.append($0) }
        return children
    }

    /// Visits the parts directly below, in the order of the source, without making a list of them.
    func forEachChild(_ visit: (Node) -> Void) {
        switch self {
        case .literal, .name: break
        case .select(let operand, _), .optionalSelect(let operand, _), .has(let operand), .not(let operand),
            .negate(let operand), .maybe(let operand), .some(let operand), .matches(let operand, _):
            visit(operand)
        case .index(let left, let right), .optionalIndex(let left, let right), .binary(_, let left, let right),
            .presentEqual(let left, let right, _), .presentIn(let left, let right),
            .optionalMap(let left, _, let right, _), .bind(_, let left, in: let right):
            visit(left)
            visit(right)
        case .call(_, let arguments), .hostCall(_, let arguments), .and(let arguments), .or(let arguments),
            .message(_, let arguments):
            arguments.forEach(visit)
        case .method(let operand, _, let arguments):
            visit(operand)
            arguments.forEach(visit)
        case .list(let elements): for element in elements { visit(element.node) }
        case .map(let entries):
            for entry in entries {
                visit(entry.key)
                visit(entry.value)
            }
        case .conditional(let condition, let yes, let no):
            visit(condition)
            visit(yes)
            visit(no)
        case .comprehension(let macro):
            visit(macro.operand)
            if let condition = macro.condition { visit(condition) }
            if let transform = macro.transform { visit(transform) }
        }
    }
}

extension Node.Kind {
    /// The height of the highest part directly below; 0 when there is none. The usual ones are named, to make no list of them.
    var innerHeight: Int {
        switch self {
        case .literal, .name: 0
        case .select(let operand, _), .not(let operand), .maybe(let operand): operand.height
        case .binary(_, let left, let right), .presentEqual(let left, let right, _): max(left.height, right.height)
        default: children.reduce(0) { max($0, $1.height) }
        }
    }
}

extension Node {
    /// `a.b.c` for a chain of plain selections from a name, nil for everything else.
    var qualifiedName: String? { path?.joined(separator: ".") }

    /// The first name of such a chain.
    var rootName: String? {
        switch kind {
        case .name(let name, _): name
        case .select(let operand, _): operand.rootName
        default: nil
        }
    }

    /// The names of such a chain, from its root.
    var path: [String]? {
        switch kind {
        case .name(let name, _): [name]
        case .select(let operand, let field): operand.path.map { $0 + [field] }
        default: nil
        }
    }

    /// Whether `has` can ask for it.
    var isSelectable: Bool {
        switch kind {
        case .name, .select, .optionalSelect: true
        default: false
        }
    }

    /// Every name used as a variable in it, those that macros bind included.
    var names: Set<String> {
        var names: Set<String> = []
        collect(&names)
        return names
    }

    private func collect(_ names: inout Set<String>) {
        if case .name(let name, _) = kind { names.insert(name) }
        kind.forEachChild { $0.collect(&names) }
    }

    /// Whether it is a literal, or a list of literals.
    var isConstant: Bool {
        switch kind {
        case .literal: true
        case .list(let elements): elements.allSatisfy { !$0.isOptional && $0.node.isConstant }
        default: false
        }
    }
}
