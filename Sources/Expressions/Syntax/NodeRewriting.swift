extension Node {
    /// The same expression with those names read as fields of `base`; names that a macro binds inside stay.
    func reading(_ names: Set<String>, from base: Node) -> Node {
        guard !names.isEmpty else { return self }
        func read(_ node: Node) -> Node { node.reading(names, from: base) }
        func rest(_ bound: [String?]) -> Set<String> { names.subtracting(bound.compactMap { $0 }) }
        let kind: Kind =
            switch kind {
            case .name(let name, isRoot: false) where names.contains(name): .select(base, name)
            case .literal, .name: kind
            case .select(let operand, let field): .select(read(operand), field)
            case .optionalSelect(let operand, let field): .optionalSelect(read(operand), field)
            case .has(let operand): .has(read(operand))
            case .index(let operand, let key): .index(read(operand), read(key))
            case .optionalIndex(let operand, let key): .optionalIndex(read(operand), read(key))
            case .call(let name, let arguments): .call(name, arguments.map(read))
            case .hostCall(let name, let arguments): .hostCall(name, arguments.map(read))
            case .method(let operand, let name, let arguments): .method(read(operand), name, arguments.map(read))
            case .message(let name, let values): .message(name, values.map(read))
            case .list(let elements):
                .list(elements.map { Element(node: read($0.node), isOptional: $0.isOptional) })
            case .map(let entries):
                .map(entries.map { Entry(key: read($0.key), value: read($0.value), isOptional: $0.isOptional) })
            case .not(let operand): .not(read(operand))
            case .negate(let operand): .negate(read(operand))
            case .and(let operands): .and(operands.map(read))
            case .or(let operands): .or(operands.map(read))
            case .binary(let symbol, let left, let right): .binary(symbol, read(left), read(right))
            case .conditional(let test, let yes, let no): .conditional(read(test), read(yes), read(no))
            case .comprehension(let macro):
                .comprehension(
                    Comprehension(
                        macro: macro.macro, operand: read(macro.operand), first: macro.first, second: macro.second,
                        condition: macro.condition?.reading(rest([macro.first, macro.second]), from: base),
                        transform: macro.transform?.reading(rest([macro.first, macro.second]), from: base)))
            case .optionalMap(let operand, let name, let body, let isFlat):
                .optionalMap(
                    read(operand), name: name, body.reading(rest([name]), from: base), isFlat: isFlat)
            case .bind(let name, let value, in: let body):
                .bind(name, read(value), in: body.reading(rest([name]), from: base))
            case .maybe(let operand): .maybe(read(operand))
            case .some(let operand): .some(read(operand))
            case .presentEqual(let left, let right, let isNegated):
                .presentEqual(read(left), read(right), isNegated: isNegated)
            case .presentIn(let left, let right): .presentIn(read(left), read(right))
            case .matches(let operand, let pattern): .matches(read(operand), pattern)
            }
        return Node(kind, range)
    }
}
