extension Node.Kind {
    /// The parts directly below, in the order of the source.
    var children: [Node] {
        switch self {
        case .literal, .name: []
        case .select(let operand, _), .optionalSelect(let operand, _), .has(let operand), .not(let operand),
            .negate(let operand), .maybe(let operand), .some(let operand), .matches(let operand, _):
            [operand]
        case .index(let left, let right), .optionalIndex(let left, let right), .binary(_, let left, let right),
            .presentEqual(let left, let right, _), .presentIn(let left, let right),
            .optionalMap(let left, _, let right, _), .bind(_, let left, in: let right):
            [left, right]
        case .call(_, let arguments), .hostCall(_, let arguments), .and(let arguments), .or(let arguments),
            .message(_, let arguments):
            arguments
        case .method(let operand, _, let arguments): [operand] + arguments
        case .list(let elements): elements.map(\.node)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .conditional(let condition, let yes, let no): [condition, yes, no]
        case .comprehension(let macro):
            [macro.operand] + [macro.condition, macro.transform].compactMap { $0 }
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
        if case .name(let name, _) = kind { return [name] }
        return kind.children.reduce(into: []) { $0.formUnion($1.names) }
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
