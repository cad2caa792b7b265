/// Variables, fields and elements.
extension Evaluation {
    mutating func reference(_ node: Node) throws(EvaluationError) -> Value {
        switch node.kind {
        case .name(let name, let isRoot):
            if let value = variable(name, isRoot: isRoot) { return value }
            throw .absent("`\(name)` has no value.")
        case .select(let operand, let field):
            if !isChecked, let path = node.path, local(path[0]) == nil,
                let value = variable(path.joined(separator: "."), isRoot: true)
            {
                return value
            }
            return try select(field, from: try evaluate(operand))
        case .optionalSelect(let operand, let field):
            return .optional(try element(.string(field), of: try evaluate(operand)))
        case .index(let operand, let key):
            return try index(try evaluate(operand), try evaluate(key))
        case .optionalIndex(let operand, let key):
            return .optional(try element(try evaluate(key), of: try evaluate(operand)))
        case .has(let operand): return .bool(try has(operand))
        case .maybe(let operand):
            let value = try present(operand)
            if case .optional? = value { return value ?? .null }
            return .optional(value)
        default: throw .type("This is not a name.")
        }
    }

    private func variable(_ name: String, isRoot: Bool) -> Value? {
        if !isRoot, let value = local(name) { return value }
        if let value = activation.value(of: name) { return value }
        return StandardTypes.names[name].map { .type($0) }
    }

    /// A variable's or field's value, nil when it or what it lies in is absent; other errors are thrown.
    private mutating func present(_ node: Node) throws(EvaluationError) -> Value? {
        switch node.kind {
        case .maybe(let operand): return try present(operand)
        case .name(let name, let isRoot): return variable(name, isRoot: isRoot)
        case .select(let operand, let field):
            guard let record = try present(operand) else { return nil }
            return try element(.string(field), of: record)
        default: return try evaluate(node)
        }
    }

    private mutating func has(_ node: Node) throws(EvaluationError) -> Bool {
        switch node.kind {
        case .select(let operand, let field), .optionalSelect(let operand, let field):
            if !isChecked, let path = node.path, local(path[0]) == nil,
                variable(path.joined(separator: "."), isRoot: true) != nil
            {
                return true
            }
            return try element(.string(field), of: try evaluate(operand)) != nil
        case .name(let name, let isRoot): return variable(name, isRoot: isRoot).flatMap(\.unwrapped) != nil
        default: return try evaluate(node).unwrapped != nil
        }
    }

    /// A field; of an optional the field as an optional.
    private func select(_ field: String, from value: Value) throws(EvaluationError) -> Value {
        switch value {
        case .map(let map):
            guard let found = map[.string(field)] else { throw .absent("There is no `\(field)`.") }
            return found
        case .optional: return .optional(try element(.string(field), of: value))
        default: throw .type("Only records and maps have fields, such as `\(field)`.")
        }
    }

    private func index(_ value: Value, _ key: Value) throws(EvaluationError) -> Value {
        if case .optional = value { return .optional(try element(key, of: value)) }
        guard let found = try element(key, of: value) else {
            if case .list = value { throw .absent("The list has no element at that place.") }
            throw .absent("The map has no such key.")
        }
        return found
    }

    /// What stands at a key or place, nil for nothing; in an optional, in what it holds.
    private func element(_ key: Value, of value: Value) throws(EvaluationError) -> Value? {
        switch value {
        case .map(let map):
            switch key {
            case .bool, .int, .uint, .double, .string: return map.value(at: key)
            default: throw .type("A map's keys are texts, whole numbers, or yes and no.")
            }
        case .list(let elements):
            let place: Int64? =
                switch key {
                case .int(let number): number
                case .uint(let number): Int64(exactly: number) ?? .max
                case .double(let number): Int64(exactly: number)
                default: nil
                }
            guard let place else { throw .type("A list's places are whole numbers, from 0.") }
            return place >= 0 && place < elements.count ? elements[Int(place)] : nil
        case .optional(let wrapped):
            guard let wrapped else { return nil }
            return try element(key, of: wrapped)?.unwrapped
        default: throw .type("Only lists, maps and records have parts.")
        }
    }
}
