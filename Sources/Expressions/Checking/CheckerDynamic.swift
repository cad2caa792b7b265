/// Finding what has no type before it runs.
extension Checker {
    /// Reports every innermost part whose type holds `dyn`, and the whole when its type stays open. Nothing where `dyn`
    /// is allowed, or where something else is already wrong: after an issue, types are unknown anyway.
    mutating func refuseDynamic(_ root: Node, _ type: ExpressionType) {
        guard !vocabulary.allowsDynamic, issues.isEmpty else { return }
        guard visited.contains(where: { holdsDynamic($0.type) }) else {
            if holdsDynamic(inference.final(type)) { dynamic(root) }
            return
        }
        let found = visited.filter { holdsDynamic($0.type) }.map(\.node)
        for node in found where !found.contains(where: { $0.range != node.range && node.range.encloses($0.range) }) {
            dynamic(node)
        }
    }

    private mutating func dynamic(_ node: Node) {
        let hint: String? =
            switch node.kind {
            case .list(let elements) where elements.isEmpty:
                "An empty list stands where the type of its elements is known."
            case .list: "All elements need one type."
            case .map(let entries) where entries.isEmpty: "An empty map stands where the type of its values is known."
            case .map: "All keys need one type, and all values."
            case .call("dyn", _): "Leave `dyn` away."
            case .call, .method: "Give it values of one type."
            default: nil
            }
        issue("expression.dynamic", "The type of this is known only when it runs.", hint: hint, node.range)
    }

    /// Whether a value of that type may hold values of any type. A type as a value holds none.
    private func holdsDynamic(_ type: ExpressionType) -> Bool {
        switch inference.resolved(type) {
        case .dyn: true
        case .list(let element): holdsDynamic(element)
        case .map(let key, let value): holdsDynamic(key) || holdsDynamic(value)
        case .optional(let wrapped): holdsDynamic(wrapped)
        default: false
        }
    }
}

extension Range<Int> {
    fileprivate func encloses(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
