import Expressions

extension Declarations {
    /// The same, with every variable and field promised to be as large as its value in those, and no larger.
    func sized(by variables: [String: Value]) -> Declarations {
        var sized = self
        for (name, variable) in self.variables {
            sized.variables[name] = variable.sized(by: variables[name].map { [$0] } ?? [])
        }
        return sized
    }
}

extension VariableDeclaration {
    fileprivate func sized(by values: [Value]) -> VariableDeclaration {
        VariableDeclaration(type: type.sized(by: values), presence: presence, size: Self.size(of: values))
    }

    private static func size(of values: [Value]) -> SizeBound? {
        guard !values.isEmpty else { return SizeBound(count: 0) }
        let counts = values.map { value in
            switch value {
            case .string(let text): text.unicodeScalars.count
            case .bytes(let bytes): bytes.count
            case .list(let elements): elements.count
            case .map(let map): map.count
            default: 0
            }
        }
        let contents = values.flatMap(\.contents)
        return SizeBound(count: counts.max(), element: contents.isEmpty ? nil : size(of: contents))
    }
}

extension ExpressionType {
    fileprivate func sized(by values: [Value]) -> ExpressionType {
        switch self {
        case .list(let element): return .list(element.sized(by: values.flatMap(\.contents)))
        case .record(let record):
            let fields = record.fields.map { name, field in
                let found = values.compactMap { value -> Value? in
                    if case .map(let map) = value { map[.string(name)] } else { nil }
                }
                return (name, field.sized(by: found))
            }
            return .record(RecordType(name: record.name, fields: Dictionary(uniqueKeysWithValues: fields)))
        default: return self
        }
    }
}

extension Value {
    fileprivate var contents: [Value] {
        switch self {
        case .list(let elements): elements
        case .map(let map): Array(map.keys) + Array(map.values)
        case .optional(let wrapped?): [wrapped]
        default: []
        }
    }
}
