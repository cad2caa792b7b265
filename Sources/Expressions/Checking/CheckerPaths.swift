/// Variables, fields and elements.
extension Checker {
    /// A chain of names, recorded as one selection.
    mutating func path(_ node: Node) -> Typed {
        let (typed, recorded) = resolve(node)
        if let recorded { select(recorded) }
        return typed
    }

    func isLocal(_ name: String) -> Bool { locals.contains { $0.name == name } }

    /// Types a chain of names; gives the longest path through declared records that it reads, unless it is no chain.
    private mutating func resolve(_ node: Node) -> (Typed, recorded: [String]?) {
        switch node.kind {
        case .name(let name, let isRoot): return resolve(name, isRoot: isRoot, node)
        case .select(let operand, let field):
            if let root = node.rootName, mayBeQualified(root), let name = node.qualifiedName,
                vocabulary.variable(name) != nil || StandardTypes.types[name] != nil
            {
                return resolve(name, isRoot: true, node)
            }
            let (base, recorded) = resolve(operand)
            let type = inference.resolved(base.type)
            let typed = select(field, base, type, node)
            if case .record = type.withoutOptional { return (typed, recorded.map { $0 + [field] }) }
            return (typed, recorded)
        default: return (visit(node), nil)
        }
    }

    /// Whether a chain that begins with a name may be one dotted name.
    private func mayBeQualified(_ root: String) -> Bool {
        (vocabulary.hasQualifiedNames || root == StandardTypes.qualifier) && !isLocal(root)
    }

    private mutating func resolve(_ name: String, isRoot: Bool, _ node: Node) -> (Typed, recorded: [String]?) {
        if !isRoot, let local = locals.last(where: { $0.name == name }) {
            return (Typed(node: node, type: local.type), nil)
        }
        let plain = Node(.name(name, isRoot: isRoot), node.range)
        if let variable = vocabulary.variable(name) {
            use(name, variable)
            let absence = absence(of: node, variable.presence)
            return (Self.typed(plain, variable.type, absence), [name])
        }
        if let type = StandardTypes.types[name] { return (Typed(node: plain, type: .type(type)), nil) }
        let known = vocabulary.variableNames + locals.map(\.name)
        let isFunction = StandardFunctions.table[name] != nil || vocabulary.functions.contains { $0.name == name }
        issue(
            "expression.unknown_name", "There is no `\(name)`.",
            hint: isFunction
                ? "`\(name)` is a function: write `\(name)(…)`." : NearestName.hint(for: name, among: known.sorted()),
            node.range)
        return (Typed(node: plain, type: .dyn), nil)
    }

    private static func typed(_ node: Node, _ type: ExpressionType, _ absence: Absence?) -> Typed {
        guard let absence else { return Typed(node: node, type: type) }
        return Typed(node: Node(.maybe(node), node.range), type: type.asOptional, absence: absence)
    }

    /// Why what a chain reads may be absent, nil when it surely is there.
    ///
    /// The condition of a record's field may speak of the record's other fields by their names, where no variable has
    /// that name: a row's field is there when another field of the same row says so.
    private mutating func absence(of node: Node, _ presence: Presence, in record: RecordType? = nil) -> Absence? {
        if case .always = presence { return nil }
        let path = node.path
        if let path, facts.isPresent(path) { return nil }
        let written = path?.joined(separator: ".") ?? "…"
        switch presence {
        case .always: return nil
        case .sometimes: return Absence(path: written, condition: nil)
        case .when(let condition):
            // A name that a macro binds here is another than the one the condition speaks of.
            var (root, names, source) = (condition.root, condition.root.names, condition.source)
            if let record, let base = node.operandOfSelection {
                let own = names.filter { record.fields[$0] != nil && vocabulary.variable($0) == nil }
                root = root.reading(own, from: base)
                names.subtract(own)
                if !own.isEmpty, let path = base.path { source += "` of `\(path.joined(separator: "."))" }
            }
            let isHidden = locals.contains { names.contains($0.name) }
            return !isHidden && facts.isKnown(root) ? nil : Absence(path: written, condition: source)
        }
    }

    /// A field of something already typed.
    private mutating func select(_ field: String, _ base: Typed, _ type: ExpressionType, _ node: Node) -> Typed {
        let plain = Node(.select(base.node.withoutMaybe, field), node.range)
        switch type {
        case .record(let record):
            guard let declaration = self.field(field, of: record, node) else { return Typed(node: plain, type: .dyn) }
            return Self.typed(plain, declaration.type, absence(of: node, declaration.presence, in: record))
        case .optional(let wrapped):
            let inner = Typed(node: base.node, type: wrapped)
            let found = select(field, inner, inference.resolved(wrapped), node)
            if let absence = base.absence {
                let written = node.path?.joined(separator: ".") ?? absence.path
                // Where it may be absent for a reason of its own, the condition of what it belongs to is not enough.
                let condition = found.absence == nil ? absence.condition : nil
                return Self.typed(plain, found.type, Absence(path: written, condition: condition))
            }
            return Typed(
                node: Node(.select(base.node, field), node.range), type: inference.resolved(found.type).asOptional)
        case .map(let key, let value):
            if !inference.fits(.string, key) { mismatch(.string, key, node) }
            return Typed(node: plain, type: value)
        case .dyn, .parameter: return Typed(node: plain, type: .dyn)
        default:
            issue(
                "expression.type", "`\(field)` is asked of \(inference.final(type)), which has no fields.", node.range)
            return Typed(node: plain, type: .dyn)
        }
    }

    private mutating func field(_ field: String, of record: RecordType, _ node: Node) -> VariableDeclaration? {
        if let declaration = record.fields[field] { return declaration }
        let start = node.range.upperBound - field.utf8.count
        unknown(field, of: record, max(start, node.range.lowerBound)..<node.range.upperBound)
        return nil
    }

    private mutating func unknown(_ field: String, of record: RecordType, _ range: Range<Int>) {
        issue(
            "expression.unknown_field", "\(record.name) has no `\(field)`.",
            hint: NearestName.hint(for: field, among: record.fields.keys.sorted()), range)
    }

    /// `has(x)`, `has(x.y)`
    mutating func has(_ operand: Node, _ node: Node) -> Typed {
        let translated: Node
        switch operand.kind {
        case .select(let base, let field), .optionalSelect(let base, let field):
            let (typed, recorded) = resolve(base)
            let type = inference.resolved(typed.type).withoutOptional
            var path = recorded
            switch inference.resolved(type) {
            case .record(let record):
                _ = self.field(field, of: record, operand)
                path?.append(field)
            case .map, .dyn, .parameter: break
            default: issue("expression.type", "\(inference.final(type)) has no fields to ask for.", operand.range)
            }
            if let path { select(path) }
            if vocabulary.hasQualifiedNames, let name = operand.qualifiedName, vocabulary.variable(name) != nil {
                translated = Node(.name(name, isRoot: true), operand.range)
            } else {
                translated = Node(.select(typed.node, field), operand.range)
            }
        default:
            translated = path(operand).node.withoutMaybe
        }
        return Typed(node: Node(.has(translated), node.range), type: .bool)
    }

    /// `a.?b`, `a[b]`, `a[?b]`
    mutating func part(_ node: Node) -> Typed {
        switch node.kind {
        case .optionalSelect(let operand, let field):
            let base = visit(operand)
            let found = select(field, Typed(node: base.node, type: base.type), inference.resolved(base.type), node)
            return Typed(
                node: Node(.optionalSelect(base.node, field), node.range),
                type: inference.resolved(found.type).asOptional)
        case .index(let operand, let key): return element(key, of: operand, isOptional: false, node)
        case .optionalIndex(let operand, let key): return element(key, of: operand, isOptional: true, node)
        default: return Typed(node: node, type: .dyn)
        }
    }

    private mutating func element(_ key: Node, of operand: Node, isOptional: Bool, _ node: Node) -> Typed {
        let base = visit(operand)
        let type = inference.resolved(base.type)
        if case .record(let record) = inference.resolved(type.withoutOptional),
            case .literal(.string(let field)) = key.kind
        {
            guard record.fields[field] != nil else {
                unknown(field, of: record, key.range)
                return Typed(node: node, type: .dyn)
            }
            let name = isOptional ? Node.Kind.optionalSelect(operand, field) : .select(operand, field)
            return visit(Node(name, node.range))
        }
        let result: ExpressionType
        let place: Typed
        switch inference.resolved(type.withoutOptional) {
        case .list(let element):
            place = use(key, expecting: .int)
            if !inference.fits(place.type, .int) { mismatch(place.type, .int, key) }
            result = element
        case .map(let keyType, let value):
            place = use(key, expecting: keyType)
            if !inference.fits(place.type, keyType) { mismatch(place.type, keyType, key) }
            result = value
        case .dyn, .parameter:
            place = use(key)
            result = .dyn
        case let other:
            place = use(key)
            issue("expression.type", "\(inference.final(other)) has no elements to pick.", operand.range)
            result = .dyn
        }
        let kind: Node.Kind = isOptional ? .optionalIndex(base.node, place.node) : .index(base.node, place.node)
        let isChained = isOptional || type.isOptional
        return Typed(
            node: Node(kind, node.range), type: isChained ? inference.resolved(result).asOptional : result,
            absence: isOptional ? nil : base.absence)
    }
}

extension Node {
    /// What a presence marker stands around.
    var withoutMaybe: Node {
        if case .maybe(let inner) = kind { inner } else { self }
    }

    /// What a field is selected from.
    fileprivate var operandOfSelection: Node? {
        switch kind {
        case .select(let operand, _), .optionalSelect(let operand, _): operand
        default: nil
        }
    }
}
