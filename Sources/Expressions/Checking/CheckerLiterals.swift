/// Lists, maps, and the macros over them.
extension Checker {
    mutating func list(_ elements: [Node.Element], _ node: Node, expecting expected: ExpressionType?) -> Typed {
        var wanted: ExpressionType?
        if case .list(let element)? = expected.map({ inference.resolved($0).withoutOptional }) { wanted = element }
        var translated: [Node.Element] = []
        var type: ExpressionType?
        for element in elements {
            let typed = entry(element.node, isOptional: element.isOptional, expecting: wanted)
            translated.append(Node.Element(node: typed.node, isOptional: element.isOptional))
            type = joined(type, typed.type)
        }
        return Typed(node: Node(.list(translated), node.range), type: .list(type ?? inference.fresh()))
    }

    mutating func map(_ entries: [Node.Entry], _ node: Node, expecting expected: ExpressionType?) -> Typed {
        var (wantedKey, wantedValue): (ExpressionType?, ExpressionType?)
        if case .map(let key, let value)? = expected.map({ inference.resolved($0).withoutOptional }) {
            (wantedKey, wantedValue) = (key, value)
        }
        var translated: [Node.Entry] = []
        var (keyType, valueType): (ExpressionType?, ExpressionType?)
        for item in entries {
            let key = use(item.key, expecting: wantedKey)
            switch inference.resolved(key.type) {
            case .bool, .int, .uint, .string, .choice, .dyn, .parameter: break
            case let other:
                issue(
                    "expression.type", "A map's key cannot be \(inference.final(other)).",
                    hint: "Keys are texts, whole numbers, or yes and no.", item.key.range)
            }
            let value = entry(item.value, isOptional: item.isOptional, expecting: wantedValue)
            translated.append(Node.Entry(key: key.node, value: value.node, isOptional: item.isOptional))
            keyType = joined(keyType, key.type)
            valueType = joined(valueType, value.type)
        }
        let type = ExpressionType.map(keyType ?? inference.fresh(), valueType ?? inference.fresh())
        return Typed(node: Node(.map(translated), node.range), type: type)
    }

    /// The type of what lies together in a list or map: `dyn` where there is no one type, as in CEL.
    private mutating func joined(_ known: ExpressionType?, _ next: ExpressionType) -> ExpressionType {
        guard let known else { return next }
        return inference.join(known, next) ?? .dyn
    }

    private mutating func entry(_ node: Node, isOptional: Bool, expecting expected: ExpressionType?) -> Typed {
        guard isOptional else { return use(node, expecting: expected) }
        let typed = visit(node, expecting: expected.map { .optional($0) })
        switch inference.resolved(typed.type) {
        case .optional(let wrapped): return Typed(node: typed.node, type: wrapped)
        case .dyn, .parameter: return Typed(node: typed.node, type: .dyn)
        case let other:
            issue(
                "expression.type", "`?` needs something that may be absent; this is \(inference.final(other)).",
                node.range)
            return Typed(node: typed.node, type: .dyn)
        }
    }

    mutating func comprehension(_ macro: Node.Comprehension, _ node: Node) -> Typed {
        let operand = use(macro.operand)
        let (element, second) = elements(of: operand.type, isPair: macro.second != nil, macro.operand)
        var bindings = [(macro.first, element)]
        if let name = macro.second { bindings.append((name, second)) }
        var condition: Node?
        var transform: Typed?
        within(bindings) { checker in
            if let test = macro.condition {
                condition = checker.condition(test)
                checker.facts.assume(test)
            }
            transform = macro.transform.map { checker.use($0) }
        }
        let translated = Node.Comprehension(
            macro: macro.macro, operand: operand.node, first: macro.first, second: macro.second, condition: condition,
            transform: transform?.node)
        let type: ExpressionType =
            switch macro.macro {
            case .all, .exists, .existsOne: .bool
            case .filter: .list(element)
            case .map, .transformList: .list(transform?.type ?? .dyn)
            case .transformMap: .map(element, transform?.type ?? .dyn)
            }
        return Typed(node: Node(.comprehension(translated), node.range), type: type)
    }

    mutating func optionalMap(_ operand: Node, _ name: String, _ body: Node, isFlat: Bool, _ node: Node) -> Typed {
        let base = visit(operand)
        let wrapped: ExpressionType
        switch inference.resolved(base.type) {
        case .optional(let type): wrapped = type
        case .dyn, .parameter: wrapped = .dyn
        case let other:
            mismatch(other, .optional(.dyn), operand)
            wrapped = .dyn
        }
        var result = Typed(node: body, type: .dyn)
        within([(name, wrapped)]) { checker in
            result = isFlat ? checker.visit(body) : checker.use(body)
        }
        var type = result.type
        if isFlat {
            switch inference.resolved(type) {
            case .optional, .dyn, .parameter: break
            case let other: mismatch(other, .optional(.dyn), body)
            }
        } else {
            type = .optional(type)
        }
        return Typed(
            node: Node(.optionalMap(base.node, name: name, result.node, isFlat: isFlat), node.range), type: type)
    }

    /// `cel.bind`: what may be absent stays so under its new name.
    mutating func bind(
        _ name: String, _ value: Node, _ body: Node, _ node: Node, expecting expected: ExpressionType?
    ) -> Typed {
        let bound = visit(value)
        var result = Typed(node: body, type: .dyn)
        within([(name, bound.type)]) { checker in result = checker.use(body, expecting: expected) }
        return Typed(node: Node(.bind(name, bound.node, in: result.node), node.range), type: result.type)
    }

    /// What a macro's names stand for.
    private mutating func elements(
        of type: ExpressionType, isPair: Bool, _ node: Node
    ) -> (first: ExpressionType, second: ExpressionType) {
        switch inference.resolved(type) {
        case .list(let element): return isPair ? (.int, element) : (element, .dyn)
        case .map(let key, let value): return (key, value)
        case .dyn, .parameter: return (.dyn, .dyn)
        case let other:
            issue(
                "expression.type", "Only a list or a map has elements to visit; this is \(inference.final(other)).",
                node.range)
            return (.dyn, .dyn)
        }
    }

    /// Checks with names bound; what was known of other variables of these names does not count inside.
    private mutating func within(_ bindings: [(String, ExpressionType)], _ body: (inout Checker) -> Void) {
        let known = facts
        facts.forget(Set(bindings.map(\.0)))
        for (name, type) in bindings { locals.append((name, type)) }
        body(&self)
        locals.removeLast(bindings.count)
        facts = known
    }
}
