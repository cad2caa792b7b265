/// One run of an expression.
struct Evaluation {
    let activation: any Activation
    /// Without a check, names and functions are resolved while running.
    let isChecked: Bool
    /// What is left of the budget. A step is a node visited, or about as much work on long values.
    private var steps = Self.budget
    private var locals: [(name: String, value: Value)] = []

    static let budget = 1_000_000

    static func run(
        _ root: Node, _ activation: any Activation, isChecked: Bool
    ) throws(EvaluationError) -> Value {
        var evaluation = Evaluation(activation: activation, isChecked: isChecked)
        let value = try evaluation.evaluate(root)
        try evaluation.measure(value)
        return value
    }

    /// A checked expression's outcome and the steps it took, its result's measure included.
    static func measured(
        _ root: Node, _ activation: any Activation
    ) -> (outcome: Result<Value, EvaluationError>, steps: Int) {
        var evaluation = Evaluation(activation: activation, isChecked: true)
        do throws(EvaluationError) {
            let value = try evaluation.evaluate(root)
            try evaluation.measure(value)
            return (.success(value), budget - evaluation.steps)
        } catch {
            return (.failure(error), budget - evaluation.steps)
        }
    }

    private init(activation: any Activation, isChecked: Bool) {
        self.activation = activation
        self.isChecked = isChecked
    }

    mutating func charge(_ count: Int) throws(EvaluationError) {
        steps -= count
        guard steps >= 0 else {
            throw EvaluationError(
                code: "evaluation.budget", message: "The expression needs more than \(Self.budget) steps.")
        }
    }

    /// Refuses a result that shares its parts so often that whoever walks it would not end.
    private mutating func measure(_ value: Value) throws(EvaluationError) {
        try charge(1)
        switch value {
        case .list(let elements): for element in elements { try measure(element) }
        case .map(let map): for element in map.values { try measure(element) }
        case .optional(let wrapped?): try measure(wrapped)
        default: break
        }
    }

    mutating func evaluate(_ node: Node) throws(EvaluationError) -> Value {
        try charge(1)
        do throws(EvaluationError) {
            switch node.kind {
            case .literal(let value): return value
            case .name, .select, .optionalSelect, .has, .index, .optionalIndex, .maybe: return try reference(node)
            case .call, .method, .hostCall, .matches, .message: return try call(node)
            case .list(let elements): return try list(elements)
            case .map(let entries): return try map(entries)
            case .and(let operands): return try junction(operands, decisive: false)
            case .or(let operands): return try junction(operands, decisive: true)
            case .comprehension(let macro): return try comprehension(macro)
            default: return try operation(node)
            }
        } catch {
            throw error.at(node.range)
        }
    }

    private mutating func operation(_ node: Node) throws(EvaluationError) -> Value {
        switch node.kind {
        case .not(let operand): return .bool(!(try condition(operand)))
        case .negate(let operand): return try Self.negated(try evaluate(operand))
        case .binary(let symbol, let left, let right):
            return try binary(symbol, try evaluate(left), try evaluate(right))
        case .presentEqual(let left, let right, let isNegated):
            let (left, right) = (try evaluate(left), try evaluate(right))
            guard let left = left.unwrapped, let right = right.unwrapped else { return .bool(isNegated) }
            return .bool(try equal(left, right) != isNegated)
        case .presentIn(let left, let right):
            let (left, right) = (try evaluate(left), try evaluate(right))
            guard let left = left.unwrapped, let right = right.unwrapped else { return .bool(false) }
            return .bool(try contains(right, left))
        case .some(let operand): return .optional(try evaluate(operand))
        case .conditional(let test, let yes, let no): return try evaluate(try condition(test) ? yes : no)
        case .optionalMap(let operand, let name, let body, let isFlat):
            guard case .optional(let wrapped) = try evaluate(operand) else {
                throw .type("`optMap` needs an optional value.")
            }
            guard let wrapped else { return .optional(nil) }
            let result = try with([(name, wrapped)]) { (run: inout Evaluation) throws(EvaluationError) -> Value in
                try run.evaluate(body)
            }
            guard isFlat else { return .optional(result) }
            guard case .optional = result else { throw .type("`optFlatMap` needs an optional result.") }
            return result
        case .bind(let name, let value, in: let body):
            let value = try evaluate(value)
            return try with([(name, value)]) { (run: inout Evaluation) throws(EvaluationError) -> Value in
                try run.evaluate(body)
            }
        default: throw .type("This cannot be evaluated.")
        }
    }

    /// Yes or no, nothing else: there is no truthiness.
    mutating func condition(_ node: Node) throws(EvaluationError) -> Bool {
        guard case .bool(let value) = try evaluate(node) else {
            throw EvaluationError.type("A condition must be yes or no.").at(node.range)
        }
        return value
    }

    /// `&&` and `||`: an operand that decides wins over an error in any other, on either side.
    private mutating func junction(_ operands: [Node], decisive: Bool) throws(EvaluationError) -> Value {
        var failure: EvaluationError?
        for operand in operands {
            do throws(EvaluationError) {
                if try condition(operand) == decisive { return .bool(decisive) }
            } catch {
                if error.isFinal { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return .bool(!decisive)
    }

    // MARK: Names that macros bind

    func local(_ name: String) -> Value? {
        locals.last { $0.name == name }?.value
    }

    mutating func with<T>(
        _ bindings: [(String, Value)], _ body: (inout Evaluation) throws(EvaluationError) -> T
    ) throws(EvaluationError) -> T {
        let count = locals.count
        for (name, value) in bindings { locals.append((name, value)) }
        defer { locals.removeLast(locals.count - count) }
        return try body(&self)
    }

    // MARK: Literals with parts

    private mutating func list(_ elements: [Node.Element]) throws(EvaluationError) -> Value {
        var values: [Value] = []
        for element in elements {
            let value = try evaluate(element.node)
            guard element.isOptional else {
                values.append(value)
                continue
            }
            guard case .optional(let wrapped) = value else { throw .type("`?` needs an optional value.") }
            if let wrapped { values.append(wrapped) }
        }
        return .list(values)
    }

    private mutating func map(_ entries: [Node.Entry]) throws(EvaluationError) -> Value {
        var map: [Value: Value] = [:]
        for entry in entries {
            let key = try evaluate(entry.key)
            var value = try evaluate(entry.value)
            if entry.isOptional {
                guard case .optional(let wrapped) = value else { throw .type("`?` needs an optional value.") }
                guard let wrapped else { continue }
                value = wrapped
            }
            try Self.insert(value, key, into: &map)
        }
        return .map(map)
    }

    static func insert(_ value: Value, _ key: Value, into map: inout [Value: Value]) throws(EvaluationError) {
        switch key {
        case .bool, .int, .uint, .string: break
        default: throw .type("A map's keys are texts, whole numbers, or yes and no.")
        }
        guard map.value(at: key) == nil else {
            throw EvaluationError(code: "evaluation.duplicate_key", message: "The map has one key twice.")
        }
        map[key] = value
    }
}

extension EvaluationError {
    static func type(_ message: String) -> EvaluationError {
        EvaluationError(code: "evaluation.type", message: message)
    }

    static func absent(_ message: String) -> EvaluationError {
        EvaluationError(code: "evaluation.absent", message: message)
    }

    static func overflow(_ message: String) -> EvaluationError {
        EvaluationError(code: "evaluation.overflow", message: message)
    }

    /// Whether no decisive operand may hide it.
    var isFinal: Bool { code == "evaluation.budget" }
}

extension Value {
    /// Without the optional around it; nil for none.
    var unwrapped: Value? {
        if case .optional(let wrapped) = self { wrapped } else { self }
    }
}

extension [Value: Value] {
    /// The value at a key, numbers found across their types as CEL compares them.
    func value(at key: Value) -> Value? {
        if let found = self[key] { return found }
        switch key {
        case .int(let number): return number >= 0 ? self[.uint(UInt64(number))] : nil
        case .uint(let number): return Int64(exactly: number).flatMap { self[.int($0)] }
        case .double(let number):
            return Int64(exactly: number).flatMap { self[.int($0)] }
                ?? UInt64(exactly: number).flatMap { self[.uint($0)] }
        default: return nil
        }
    }
}

extension Expression {
    /// Evaluates without checking: names and functions resolve while running, as in CEL without a type checker.
    package func evaluateUnchecked(in activation: some Activation) throws(EvaluationError) -> Value {
        try Evaluation.run(root, activation, isChecked: false)
    }
}
