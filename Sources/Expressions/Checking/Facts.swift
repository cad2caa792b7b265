/// What is known to hold at a place in an expression: conditions, and the variables and fields they make surely
/// present.
struct Facts {
    private var conditions: Set<Node> = []
    private var present: Set<[String]> = []
    /// Taken as given and not looked into yet: most expressions read nothing that may be absent.
    private var open: [(node: Node, holds: Bool)] = []

    /// Takes a condition as given, or its opposite.
    mutating func assume(_ node: Node, holds: Bool = true) { open.append((node, holds)) }

    private mutating func settle() {
        for (node, holds) in open { take(node, holds: holds) }
        open = []
    }

    private mutating func take(_ node: Node, holds: Bool) {
        let node = Self.normalized(node, isNegated: !holds)
        present.formUnion(Self.presence(in: node))
        switch node.kind {
        case .and(let operands): for operand in operands { take(operand, holds: true) }
        default: conditions.insert(node)
        }
    }

    /// Whether a condition surely holds: it was assumed, or what it is made of was.
    mutating func isKnown(_ node: Node) -> Bool {
        settle()
        return holds(node)
    }

    private func holds(_ node: Node) -> Bool {
        let node = Self.normalized(node)
        if conditions.contains(node) { return true }
        switch node.kind {
        case .literal(.bool(true)): return true
        case .and(let operands): return operands.allSatisfy(holds)
        case .or(let operands): return operands.contains(where: holds)
        case .has(let operand): return operand.path.map(present.contains) ?? false
        default: return false
        }
    }

    /// Whether a variable or field is surely present.
    mutating func isPresent(_ path: [String]) -> Bool {
        settle()
        return present.contains(path)
    }

    /// Drops what is known of names that now mean something else.
    mutating func forget(_ names: Set<String>) {
        settle()
        conditions = conditions.filter { $0.names.isDisjoint(with: names) }
        present = present.filter { !names.contains($0[0]) }
    }

    /// One form for conditions that say the same: `not` is pushed inwards, `!=` is a negated `==`, and constants stand
    /// right.
    private static func normalized(_ node: Node, isNegated: Bool = false) -> Node {
        func plain(_ kind: Node.Kind) -> Node {
            let node = Node(kind, node.range)
            return isNegated ? Node(.not(node), node.range) : node
        }
        switch node.kind {
        case .not(let operand): return normalized(operand, isNegated: !isNegated)
        case .and(let operands):
            let parts = operands.map { normalized($0, isNegated: isNegated) }
            return Node(isNegated ? .or(parts) : .and(parts), node.range)
        case .or(let operands):
            let parts = operands.map { normalized($0, isNegated: isNegated) }
            return Node(isNegated ? .and(parts) : .or(parts), node.range)
        case .binary(.notEqual, let left, let right):
            return normalized(Node(.binary(.equal, left, right), node.range), isNegated: !isNegated)
        case .binary(.equal, let left, let right):
            let (first, second) = left.isConstant && !right.isConstant ? (right, left) : (left, right)
            // Only as a fact: where `x == false` does not hold, x may also be absent.
            if !isNegated, case .literal(.bool(let value)) = second.kind { return normalized(first, isNegated: !value) }
            return plain(.binary(.equal, first, second))
        default: return plain(node.kind)
        }
    }

    /// The paths that are surely present where a normalized condition holds. What is absent equals nothing and is in
    /// nothing.
    private static func presence(in node: Node) -> Set<[String]> {
        switch node.kind {
        case .and(let operands): return operands.reduce(into: []) { $0.formUnion(presence(in: $1)) }
        case .or(let operands):
            guard let first = operands.first else { return [] }
            return operands.dropFirst().reduce(presence(in: first)) { $0.intersection(presence(in: $1)) }
        case .has(let operand), .method(let operand, "hasValue", _): return prefixes(of: operand)
        case .binary(.equal, let left, let right), .binary(.isIn, let left, let right):
            if right.isConstant, right.kind != .literal(.null) { return prefixes(of: left) }
            return left.isConstant ? prefixes(of: right) : []
        // A yes-or-no variable that holds, or surely does not, has a value.
        case .name, .select: return prefixes(of: node)
        case .not(let operand):
            switch operand.kind {
            case .name, .select: return prefixes(of: operand)
            default: return []
            }
        default: return []
        }
    }

    private static func prefixes(of node: Node) -> Set<[String]> {
        guard let path = node.path else { return [] }
        return Set((1...path.count).map { Array(path.prefix($0)) })
    }
}
