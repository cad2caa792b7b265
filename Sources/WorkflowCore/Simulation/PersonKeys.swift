import Expressions

extension RequestType {
    /// An instance's name in which people who are the elements of an each go by other texts: handles in place of identifiers, or the
    /// other way round. What `text` knows nothing of stays as it is.
    ///
    /// - Parameter text: What takes the place of the key of a person.
    public func renamingPeople(of name: InstanceName, _ text: (String) -> String?) -> InstanceName {
        guard let node = index.node(name.step), name.scopes.contains(where: \.isKey) else { return name }
        var keyed = (node.around + [node]).filter { $0.multiplier == .keys }[...]
        return InstanceName(
            name.step,
            scopes: name.scopes.map { scope in
                guard case .key(let key) = scope, let step = keyed.popFirst()?.step else { return scope }
                guard case .each(let each) = step.kind, each.isKeyedByPerson, let other = text(key) else {
                    return scope
                }
                return .key(other)
            })
    }
}

extension InstanceName.Scope {
    fileprivate var isKey: Bool {
        if case .key = self { true } else { false }
    }
}

extension EachStep {
    /// Whether people are what tells its elements apart.
    fileprivate var isKeyedByPerson: Bool {
        if let key {
            if case .person = key.type { return true }
            return false
        }
        guard case .list(.person) = of.type else { return false }
        return true
    }
}
