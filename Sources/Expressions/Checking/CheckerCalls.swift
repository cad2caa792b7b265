/// Functions and methods.
extension Checker {
    mutating func call(_ node: Node) -> Typed {
        switch node.kind {
        case .call(let name, let arguments):
            return call(name, arguments, isMethod: false, node)
        case .method(let receiver, let name, let arguments):
            if let path = receiver.path, !isLocal(path[0]), vocabulary.variable(path[0]) == nil {
                let qualified = path.joined(separator: ".") + "." + name
                if qualified == "cel.bind" {
                    issue("expression.arguments", "`cel.bind` takes a name, its value and an expression.", node.range)
                    return Typed(node: node, type: .dyn)
                }
                if isFunction(qualified) || Self.namespaces.contains(path[0]) {
                    return call(qualified, arguments, isMethod: false, node)
                }
            }
            switch name {
            case "otherwise" where arguments.count == 1, "orValue" where arguments.count == 1:
                return substitute(receiver, name, arguments[0], node)
            case "matches" where arguments.count == 1:
                if let typed = matches(receiver, arguments[0], node) { return typed }
            default: break
            }
            return call(name, [receiver] + arguments, isMethod: true, node)
        default: return Typed(node: node, type: .dyn)
        }
    }

    private func isFunction(_ name: String) -> Bool {
        StandardFunctions.table[name] != nil || vocabulary.functions.contains { $0.name == name }
    }

    private static let namespaces: Set = ["base64", "cel", "math", "optional", "strings"]

    /// The methods of optional values, whose receiver may be absent.
    private static let optionalMethods: Set = ["hasValue", "value", "or", "orValue", "otherwise"]

    private mutating func call(_ name: String, _ arguments: [Node], isMethod: Bool, _ node: Node) -> Typed {
        let standard = StandardFunctions.table[name]?.declarations.filter { $0.name == name } ?? []
        let named = standard + vocabulary.functions.filter { $0.name == name }
        let candidates = named.filter { $0.isMethod == isMethod && $0.parameters.count == arguments.count }
        var typed: [Typed] = []
        for (index, argument) in arguments.enumerated() {
            let expected = candidates.count == 1 ? candidates[0].parameters[index] : nil
            if isMethod, Self.optionalMethods.contains(name) {
                typed.append(visit(argument, expecting: expected))
            } else {
                typed.append(use(argument, expecting: expected))
            }
        }
        guard !candidates.isEmpty else {
            unknown(name, named, arguments.count, isMethod: isMethod, node)
            return Typed(node: node, type: .dyn)
        }
        var found = result(of: candidates, typed.map { $0.type })
        if found == nil, isMethod == false, arguments.contains(where: \.isNumber) {
            // A whole number's literal serves where a number is asked for.
            let widened = zip(typed, arguments).map { $1.isNumber ? visit($1, expecting: .double) : $0 }
            found = result(of: candidates, widened.map(\.type))
            if found != nil { typed = widened }
        }
        guard let type = found else {
            refused(name, candidates, typed, arguments, node)
            return Typed(node: node, type: .dyn)
        }
        let isHosts = standard.isEmpty || !standard.contains { candidates.contains($0) }
        var nodes = typed.map { $0.node }
        if name == "sum", nodes.count == 1, !isHosts, let zero = StandardFunctions.zero(of: inference.final(type)) {
            nodes.append(Node(.literal(zero), node.range))
        }
        // What is formatted need not be of one type.
        if name == "format" { visited.removeAll { $0.node.range == arguments[1].range } }
        tryLiteral(name, nodes, node)
        if isHosts { return Typed(node: Node(.hostCall(name, nodes), node.range), type: type) }
        if candidates.contains(where: { $0.range != nil }) {
            let types = typed.map { inference.final($0.type) }
            let chosen = candidates.filter { !$0.surelyRefuses(types) }
            if let range = chosen.first?.range, chosen.allSatisfy({ $0.range == range }) { ranges[node.range] = range }
        }
        let kind: Node.Kind =
            isMethod ? .method(nodes[0], name, Array(nodes.dropFirst())) : .call(name, nodes)
        return Typed(node: Node(kind, node.range), type: type)
    }

    /// `x.otherwise(v)` and `x.orValue(v)`: v's literals take x's type.
    private mutating func substitute(_ receiver: Node, _ name: String, _ argument: Node, _ node: Node) -> Typed {
        let base = visit(receiver)
        let type = inference.resolved(base.type)
        switch type {
        case .optional, .dyn, .parameter: break
        default: if name == "orValue" { mismatch(type, .optional(.dyn), receiver) }
        }
        let wrapped = type.withoutOptional
        let value = use(argument, expecting: wrapped)
        let joined = inference.join(wrapped, value.type)
        if joined == nil { mismatch(value.type, wrapped, argument) }
        return Typed(node: Node(.method(base.node, name, [value.node]), node.range), type: joined ?? .dyn)
    }

    /// A literal pattern is compiled once, here.
    private mutating func matches(_ receiver: Node, _ argument: Node, _ node: Node) -> Typed? {
        guard case .literal(.string(let source)) = argument.kind else { return nil }
        let text = use(receiver, expecting: .string)
        if !inference.fits(text.type, .string) { mismatch(text.type, .string, receiver) }
        do throws(PatternError) {
            return Typed(node: Node(.matches(text.node, try Pattern(source)), node.range), type: .bool)
        } catch {
            issue("expression.pattern", "The pattern is wrong: \(error.message).", argument.range)
            return Typed(node: node, type: .bool)
        }
    }

    /// Finds a literal that is no date, moment, duration, time or amount.
    private mutating func tryLiteral(_ name: String, _ arguments: [Node], _ node: Node) {
        guard StandardFunctions.literalConstructors.contains(name), let argument = arguments.first,
            case .literal(.string(let text)) = argument.kind
        else { return }
        do throws(EvaluationError) {
            _ = try Evaluation.run(Node(.call(name, arguments), node.range), Nothing(), isChecked: true)
        } catch {
            let example =
                switch name {
                case "date": "2026-11-21"
                case "time": "09:00"
                case "money": "1250.00 EUR"
                case "duration": "90m"
                default: "2026-11-21T08:00:00Z"
                }
            issue(
                "expression.literal", "\"\(text)\" is no \(name).", hint: "Write it like \"\(example)\".",
                argument.range)
        }
    }

    // MARK: Issues

    private mutating func unknown(
        _ name: String, _ named: [FunctionDeclaration], _ count: Int, isMethod: Bool, _ node: Node
    ) {
        let shown = count - (isMethod ? 1 : 0)
        if let other = named.first(where: { $0.isMethod == isMethod }) {
            let needed = other.parameters.count - (isMethod ? 1 : 0)
            issue(
                "expression.arguments",
                "`\(name)` takes \(needed) \(needed == 1 ? "argument" : "arguments"), not \(shown).", node.range)
        } else if let other = named.first {
            let hint = other.isMethod ? "Write `x.\(name)(…)`." : "Write `\(name)(x)`."
            issue("expression.unknown_function", "`\(name)` is not called like this.", hint: hint, node.range)
        } else {
            let standard = StandardFunctions.table.values.flatMap(\.declarations)
            let names = (standard + vocabulary.functions).filter { $0.isMethod == isMethod }.map(\.name)
            issue(
                "expression.unknown_function", "There is no function `\(name)`.",
                hint: NearestName.hint(for: name, among: (names + (isMethod ? Self.macros : ["has"])).sorted()),
                node.range)
        }
    }

    private static let macros = [
        "all", "exists", "exists_one", "existsOne", "filter", "map", "transformList", "transformMap", "optMap",
        "optFlatMap",
    ]

    /// One signature tells which argument is wrong; several only that together they do not fit.
    private mutating func refused(
        _ name: String, _ candidates: [FunctionDeclaration], _ typed: [Typed], _ arguments: [Node], _ node: Node
    ) {
        if candidates.count == 1 {
            let (parameters, _) = inference.instantiate(candidates[0])
            for (index, parameter) in parameters.enumerated() where !inference.fits(typed[index].type, parameter) {
                mismatch(typed[index].type, parameter, arguments[index])
            }
            if !issues.isEmpty { return }
        }
        let types = typed.map { inference.final($0.type).description }.joined(separator: " and ")
        issue("expression.type", "`\(name)` does not take \(types).", node.range)
    }

    /// No variables at all, for literals.
    struct Nothing: Activation, WorkingTime {
        var time: TimeFrame { TimeFrame(home: .utc, working: self, zones: { _ in nil }) }
        var startOfBusiness: TimeOfDay { .midnight }
        var closeOfBusiness: TimeOfDay { .midnight }
        func value(of name: String) -> Value? { nil }
        func call(_ function: String, _ arguments: [Value]) throws(EvaluationError) -> Value {
            throw EvaluationError(code: "evaluation.unknown_function", message: "There is no function `\(function)`.")
        }
        func instant(_ start: Instant, adding span: Span) -> Instant { start }
        func date(_ start: CivilDate, adding span: Span) -> CivilDate { start }
    }
}
