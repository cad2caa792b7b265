/// Which types fit which, and what the type parameters of this check stand for.
///
/// Source: the rules of CEL's type checker ("Gradual Type Checking" in the language definition), with our types added.
struct Inference {
    private var bindings: [String: ExpressionType] = [:]
    private var count = 0

    mutating func fresh() -> ExpressionType {
        count += 1
        return .parameter("#\(count)")
    }

    /// A signature with parameters of its own in place of the declared ones.
    mutating func instantiate(_ declaration: FunctionDeclaration) -> (
        parameters: [ExpressionType], result: ExpressionType
    ) {
        guard declaration.isGeneric else { return (declaration.parameters, declaration.result) }
        var names: [String: ExpressionType] = [:]
        var parameters: [ExpressionType] = []
        for parameter in declaration.parameters { parameters.append(instantiate(parameter, &names)) }
        return (parameters, instantiate(declaration.result, &names))
    }

    private mutating func instantiate(
        _ type: ExpressionType, _ names: inout [String: ExpressionType]
    ) -> ExpressionType {
        switch type {
        case .parameter(let name):
            if let known = names[name] { return known }
            let new = fresh()
            names[name] = new
            return new
        case .list(let element): return .list(instantiate(element, &names))
        case .map(let key, let value): return .map(instantiate(key, &names), instantiate(value, &names))
        case .optional(let wrapped): return .optional(instantiate(wrapped, &names))
        case .type(let type): return .type(instantiate(type, &names))
        default: return type
        }
    }

    /// What the outermost parameter stands for, if it is bound.
    func resolved(_ type: ExpressionType) -> ExpressionType {
        var type = type
        while case .parameter(let name) = type, let bound = bindings[name] { type = bound }
        return type
    }

    /// The type with everything known put in; what stays unknown is `dyn`.
    func final(_ type: ExpressionType) -> ExpressionType {
        switch resolved(type) {
        case .parameter: .dyn
        case .list(let element): .list(final(element))
        case .map(let key, let value): .map(final(key), final(value))
        case .optional(let wrapped): .optional(final(wrapped))
        case .type(let type): .type(final(type))
        case let other: other
        }
    }

    /// Whether a value of one type can stand where the other is asked for. Parameters are bound only if so.
    mutating func fits(_ actual: ExpressionType, _ formal: ExpressionType) -> Bool {
        // Nearly always they are the same, and nothing need be tried.
        if actual == formal { return true }
        var trial = self
        guard trial.assign(actual, formal) else { return false }
        self = trial
        return true
    }

    /// Whether all arguments fit; parameters are bound only if so.
    mutating func fit(_ actual: [ExpressionType], _ formal: [ExpressionType]) -> Bool {
        if actual == formal { return true }
        var trial = self
        guard actual.count == formal.count else { return false }
        for index in actual.indices {
            guard trial.assign(actual[index], formal[index]) else { return false }
        }
        self = trial
        return true
    }

    /// The one type for values of both, nil when there is none.
    mutating func join(_ left: ExpressionType, _ right: ExpressionType) -> ExpressionType? {
        let rightFits = fits(right, left)
        let leftFits = fits(left, right)
        switch (rightFits, leftFits) {
        case (true, true): return isAtLeastAsGeneral(left, right) ? left : right
        case (true, false): return left
        case (false, true): return right
        case (false, false): return nil
        }
    }

    private mutating func assign(_ actual: ExpressionType, _ formal: ExpressionType) -> Bool {
        let (actual, formal) = (resolvedOnce(actual), resolvedOnce(formal))
        if actual == formal { return true }
        if case .parameter(let name) = formal { return bind(name, to: actual, isFormal: true) }
        if case .parameter(let name) = actual { return bind(name, to: formal, isFormal: false) }
        switch (actual, formal) {
        case (.dyn, _), (_, .dyn), (.null, .optional): return true
        case (.list(let actual), .list(let formal)), (.optional(let actual), .optional(let formal)):
            return assign(actual, formal)
        case (.map(let actualKey, let actualValue), .map(let formalKey, let formalValue)):
            return assign(actualKey, formalKey) && assign(actualValue, formalValue)
        case (.type, .type), (.choice, .string): return true
        case (.choice(let actual), .choice(let formal)): return Set(actual.members).isSubset(of: formal.members)
        case (.record(let actual), .record(let formal)): return assign(actual, formal)
        default: return false
        }
    }

    /// A record serves as one of its own name, and as any whose fields it has: what must be there there must surely be
    /// here.
    private mutating func assign(_ actual: RecordType, _ formal: RecordType) -> Bool {
        if actual.name == formal.name { return true }
        for (name, field) in formal.fields {
            guard let own = actual.fields[name] else {
                if field.presence == .always { return false }
                continue
            }
            guard field.presence != .always || own.presence == .always, assign(own.type, field.type) else {
                return false
            }
        }
        return true
    }

    /// A parameter that is bound to another stands for that one; its own binding is kept for `bind` to widen.
    private func resolvedOnce(_ type: ExpressionType) -> ExpressionType {
        var type = type
        while case .parameter(let name) = type, case .parameter? = bindings[name], let next = bindings[name] {
            type = next
        }
        return type
    }

    /// Binds a parameter, or widens what it is bound to: dyn takes over, and text takes over from a choice.
    private mutating func bind(_ name: String, to type: ExpressionType, isFormal: Bool) -> Bool {
        guard let bound = bindings[name] else {
            if case .parameter(name) = resolved(type) { return true }
            guard !occurs(name, in: type) else { return false }
            bindings[name] = type
            return true
        }
        let other = resolved(type)
        let (actual, formal) = isFormal ? (other, bound) : (bound, other)
        if assign(actual, formal) {
            if isFormal, isAtLeastAsGeneral(other, bound), !occurs(name, in: other) { bindings[name] = other }
            return true
        }
        guard isFormal, assign(bound, other), !occurs(name, in: other) else { return false }
        bindings[name] = other
        return true
    }

    private func occurs(_ name: String, in type: ExpressionType) -> Bool {
        switch resolved(type) {
        case .parameter(let other): other == name
        case .list(let element): occurs(name, in: element)
        case .map(let key, let value): occurs(name, in: key) || occurs(name, in: value)
        case .optional(let wrapped): occurs(name, in: wrapped)
        case .type(let type): occurs(name, in: type)
        default: false
        }
    }

    private func isAtLeastAsGeneral(_ left: ExpressionType, _ right: ExpressionType) -> Bool {
        switch (resolved(left), resolved(right)) {
        case (.dyn, _): true
        case (_, .dyn): false
        case (.parameter, _): true
        case (_, .parameter): false
        case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
            isAtLeastAsGeneral(left, right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            isAtLeastAsGeneral(leftKey, rightKey) && isAtLeastAsGeneral(leftValue, rightValue)
        case (.choice, .string), (.null, .optional): false
        default: true
        }
    }
}
