/// Bounds what an expression costs, part by part: the steps it takes at most, and how large its value can be.
///
/// It mirrors what `Evaluation` charges. Where a part's size is not known it stays without a bound rather than guess.
struct CostAnalysis {
    private let variables: [(name: String, declaration: VariableDeclaration)]
    private let functions: [FunctionDeclaration]
    private let sizes: [String: SizeBound]
    private var locals: [(name: String, extent: Extent)] = []
    /// How often the part at hand runs.
    private var rounds: Steps = 1
    /// The part whose own steps are most, all its rounds together.
    private var dearest: (steps: Steps, range: Range<Int>) = (0, 0..<0)
    /// The loops, an inner one before the one around it, with all their rounds' steps.
    private var loops: [(steps: Steps, count: Steps, range: Range<Int>)] = []

    /// The part to look at, and what to do about it, when all together costs so much: the innermost loop that takes at
    /// least half of it, else the part whose own steps are most.
    func advice(for total: Steps) -> (range: Range<Int>, hint: String) {
        guard total.bound != nil else {
            if let loop = loops.first(where: { $0.count == .unbounded }) {
                return (loop.range, "Give the list it goes over a greatest length.")
            }
            return (dearest.range, "Give the texts and lists in it a greatest length.")
        }
        if let loop = loops.first(where: { $0.steps + $0.steps >= total }) {
            return (loop.range, "Go over a shorter list, or not over one within another.")
        }
        return (dearest.range, "Use shorter texts and lists, or a simpler expression.")
    }

    /// What a part costs at most, its own parts included, and its value's size.
    struct Bound {
        var cost: Steps
        var extent: Extent
    }

    init(_ expression: CheckedExpression, _ sizes: [String: SizeBound]) {
        variables = expression.variables
        functions = expression.functions
        self.sizes = sizes
    }

    mutating func visit(_ node: Node) -> Bound {
        switch node.kind {
        case .comprehension(let macro): return comprehension(macro, node)
        case .optionalMap(let operand, let name, let body, _):
            return bind(name, operand, body, node) { $0.inOptional }
        case .bind(let name, let value, in: let body): return bind(name, value, body, node) { $0 }
        case .conditional(let test, let yes, let no):
            let (test, yes, no) = (visit(test), visit(yes), visit(no))
            note(1, node)
            return Bound(cost: 1 + test.cost + max(yes.cost, no.cost), extent: yes.extent.joined(no.extent))
        default:
            var cost: Steps = 1
            var parts = Parts()
            node.kind.forEachChild { child in
                let part = visit(child)
                cost += part.cost
                parts.add(part.extent)
            }
            let own = bound(node, parts)
            note(1 + own.cost, node)
            return Bound(cost: cost + own.cost, extent: own.extent)
        }
    }

    /// The extents of a part's operands; the first two, which is nearly always all, without a list.
    private struct Parts {
        private(set) var count = 0
        private(set) var first = Extent.scalar
        private(set) var second = Extent.scalar
        private var others: [Extent] = []

        mutating func add(_ extent: Extent) {
            switch count {
            case 0: first = extent
            case 1: second = extent
            default: others.append(extent)
            }
            count += 1
        }

        var all: [Extent] { count < 2 ? Array([first].prefix(count)) : [first, second] + others }
    }

    private mutating func note(_ steps: Steps, _ node: Node) {
        let total = steps * rounds
        if total > dearest.steps { dearest = (total, node.range) }
    }

    // MARK: Parts that bind names

    private mutating func bind(
        _ name: String, _ value: Node, _ body: Node, _ node: Node, _ wrap: (Extent) -> Extent
    ) -> Bound {
        let bound = visit(value)
        note(1, node)
        locals.append((name, bound.extent))
        defer { locals.removeLast() }
        let result = visit(body)
        return Bound(cost: 1 + bound.cost + result.cost, extent: wrap(result.extent))
    }

    private mutating func comprehension(_ macro: Node.Comprehension, _ node: Node) -> Bound {
        let operand = visit(macro.operand)
        let count = operand.extent.count
        note(1 + count, node)
        let outer = rounds
        rounds = rounds * count
        if let second = macro.second {
            locals.append((macro.first, operand.extent.visited))
            locals.append((second, operand.extent.element))
        } else {
            locals.append((macro.first, operand.extent.visited))
        }
        let condition = macro.condition.map { visit($0) }
        let transform = macro.transform.map { visit($0) }
        locals.removeLast(macro.second == nil ? 1 : 2)
        rounds = outer
        let each = 1 + (condition?.cost ?? 0) + (transform?.cost ?? 0)
        loops.append((outer * count * each, count, node.range))
        let result = transform?.extent ?? .scalar
        let extent: Extent =
            switch macro.macro {
            case .all, .exists, .existsOne: .scalar
            case .filter: .list(count, of: operand.extent.visited)
            case .map, .transformList: .list(count, of: result)
            case .transformMap: .map(count, from: operand.extent.visited, to: result)
            }
        return Bound(cost: 1 + operand.cost + count * each, extent: extent)
    }

    // MARK: Parts by themselves

    /// A part's own steps beyond the one of each part, and its value's size, given those of its operands.
    private func bound(_ node: Node, _ parts: Parts) -> Bound {
        let (first, second) = (parts.first, parts.second)
        switch node.kind {
        case .literal(let value): return Bound(cost: 0, extent: Extent(value))
        case .name(let name, let isRoot): return Bound(cost: 0, extent: extent(of: name, isRoot: isRoot))
        case .select(_, let field): return Bound(cost: 0, extent: first.field(field))
        case .optionalSelect(_, let field): return Bound(cost: 0, extent: first.field(field).inOptional)
        case .index: return Bound(cost: 0, extent: first.element)
        case .optionalIndex: return Bound(cost: 0, extent: first.element.inOptional)
        case .maybe, .some: return Bound(cost: 0, extent: first.inOptional)
        case .has, .not, .and, .or: return Bound(cost: 0, extent: .scalar)
        case .negate: return Bound(cost: 0, extent: first)
        case .list: return Bound(cost: 0, extent: .list(Steps(parts.count), of: Self.joined(parts.all)))
        case .map(let entries):
            let all = parts.all
            let keys = stride(from: 0, to: all.count, by: 2).map { all[$0] }
            let values = stride(from: 1, to: all.count, by: 2).map { all[$0] }
            return Bound(
                cost: 0, extent: .map(Steps(entries.count), from: Self.joined(keys), to: Self.joined(values)))
        case .presentEqual: return Bound(cost: min(first.weight, second.weight), extent: .scalar)
        case .presentIn: return Self.membership(first, second)
        case .binary(let symbol, _, _): return Self.binary(symbol, first, second)
        case .matches(_, let pattern):
            return Bound(cost: first.bytes * Steps(pattern.program.count) / 16, extent: .scalar)
        case .hostCall(let name, _):
            let results = functions.filter { $0.name == name }.map { Extent($0.result, $0.size) }
            return Bound(cost: 0, extent: results.isEmpty ? .unknown : Self.joined(results))
        case .call(let name, _), .method(_, let name, _): return FunctionCost.bound(name, parts.all)
        case .comprehension, .optionalMap, .bind, .conditional, .message: return Bound(cost: 0, extent: .unknown)
        }
    }

    private func extent(of name: String, isRoot: Bool) -> Extent {
        if !isRoot, let local = locals.last(where: { $0.name == name }) { return local.extent }
        guard let variable = variables.first(where: { $0.name == name })?.declaration else { return .scalar }
        return Extent(variable.type, sizes[name] ?? variable.size)
    }

    private static func joined(_ extents: [Extent]) -> Extent {
        guard let first = extents.first else { return .scalar }
        return extents.dropFirst().reduce(first) { $0.joined($1) }
    }

    private static func membership(_ value: Extent, _ container: Extent) -> Bound {
        Bound(cost: container.count * min(value.weight, container.visited.weight), extent: .scalar)
    }

    private static func binary(_ symbol: BinaryOperator, _ left: Extent, _ right: Extent) -> Bound {
        switch symbol {
        case .equal, .notEqual: return Bound(cost: min(left.weight, right.weight), extent: .scalar)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            return Bound(cost: min(left.bytes, right.bytes) / 64, extent: .scalar)
        case .isIn: return membership(left, right)
        case .add, .subtract:
            var extent = left.joined(right)
            (extent.bytes, extent.count) = (left.bytes + right.bytes, left.count + right.count)
            extent.workingDays = left.workingDays + right.workingDays
            let cost = extent.bytes / 32 + extent.count + right.workingDays / 16
            // The days between two dates are no working days, but a moment's span may be of any kind.
            return Bound(cost: cost, extent: extent)
        case .multiply: return Bound(cost: 0, extent: left.joined(right).workingDays > 0 ? .span : .scalar)
        case .divide, .remainder, .at: return Bound(cost: 0, extent: .scalar)
        }
    }
}
