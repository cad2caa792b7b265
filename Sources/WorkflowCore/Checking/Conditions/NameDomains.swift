import Expressions

/// What the names of a request type's expressions can be: fields, outputs of steps, elements and rounds.
struct NameDomains {
    private let type: RequestType
    private let configuration: Configuration
    private let flow: ProcessFlow
    /// Fields that may change after they were entered.
    let changing: Set<String>
    private let elements: [String: ExpressionType]

    init(_ type: RequestType, in configuration: Configuration, flow: ProcessFlow) {
        self.type = type
        self.configuration = configuration
        self.flow = flow
        var changing = Set(type.amendments.map(\.field.text))
        var elements: [String: ExpressionType] = [:]
        for step in flow.steps {
            switch step.kind {
            case .set(let assignments): changing.formUnion(assignments.map(\.field.text))
            case .task(let task): changing.formUnion(task.edit.map(\.text))
            case .each(let each):
                if case .list(let element) = each.of.type { elements[each.variable] = element }
            default: break
            }
        }
        self.changing = changing
        self.elements = elements
    }

    /// What is known of a variable, or of a field down from it.
    func domain(of path: [String]) -> VariableDomain {
        guard let name = path.first else { return .unknown }
        if let field = type.form[FieldID(name)] {
            return path.count == 1 ? Self.domain(of: field) : .unknown
        }
        if name == "previous" { return domain(of: Array(path.dropFirst())).absent }
        if let element = elements[name] {
            return path.count == 1 ? VariableDomain(type: element, mayBeAbsent: false) : .unknown
        }
        guard path.count == 2, let position = flow.position(of: StepID(name)) else { return .unknown }
        return output(path[1], of: flow.steps[position])
    }

    /// What a field can be, by its own declaration.
    static func domain(of field: Field) -> VariableDomain {
        var domain = VariableDomain(
            type: field.kind.expressionType,
            mayBeAbsent: field.askWhen != nil || field.mayBeEmpty)
        switch field.kind {
        case .integer(let minimum, let maximum):
            domain.minimum = minimum.map { .int($0) }
            domain.maximum = maximum.map { .int($0) }
        case .number(let minimum, let maximum):
            domain.minimum = minimum.map { .double($0) }
            domain.maximum = maximum.map { .double($0) }
        default: break
        }
        return domain
    }

    private func output(_ name: String, of step: Step) -> VariableDomain {
        switch step.kind {
        case .task(let task): return task.form[FieldID(name)].map { Self.domain(of: $0).absent } ?? .unknown
        case .approval:
            guard name == "outcome" else { return .unknown }
            return .choice(["approved", "rejected"])
        case .request(let child):
            guard let contract = configuration.requestTypes[child.type] else { return .unknown }
            if name == "outcome" { return .choice(contract.outcomes.map(\.id.text) + ["refused", "evaluation"]) }
            return contract.outputs.first { $0.name == name }.map { VariableDomain(type: $0.value.type) } ?? .unknown
        case .call(let call): return call.answer[FieldID(name)].map { Self.domain(of: $0).absent } ?? .unknown
        case .wait(.event(let event)):
            return event.form[FieldID(name)].map { Self.domain(of: $0).absent } ?? .unknown
        case .choose(let choose):
            let outputs = choose.cases.lazy.flatMap(\.gives)
            return outputs.first { $0.name == name }.map { VariableDomain(type: $0.value.type) } ?? .unknown
        case .repeat(let loop):
            guard name == "round" else { return .unknown }
            return VariableDomain(
                type: .int, minimum: .int(1), maximum: .int(Int64(loop.maximum)), mayBeAbsent: false)
        case .race(let race):
            return name == "winner" ? .choice(race.branches.map(\.id.text)) : .unknown
        case .each: return VariableDomain(type: .int, minimum: .int(0))
        case .notify, .set, .wait, .block, .adhoc, .end: return .unknown
        }
    }

    // MARK: What forms make sure of

    /// What surely holds between the fields that some conditions ask for, as the form asks and checks them; for those that never
    /// change, and those that what they depend on never changes.
    func background(of conditions: [Formula]) -> [Formula] {
        var found: [Formula] = []
        var seen: Set<String> = []
        var open = conditions.flatMap(\.paths).compactMap(\.first)
        while let name = open.popLast() {
            guard seen.insert(name).inserted, let field = type.form[FieldID(name)], isSteady(field) else { continue }
            let isThere = Formula.test(.init([name], .isPresent))
            if let asked = field.askWhen?.formula {
                let isSure = !field.mayBeEmpty
                found.append(.any([.not(isThere), asked]))
                if isSure { found.append(.any([isThere, .not(asked)])) }
                open += asked.paths.compactMap(\.first)
            }
            if let check = field.check?.formula, check.freeConditions.isEmpty, check.paths.allSatisfy({ $0 == [name] })
            {
                found.append(.any([.not(isThere), check]))
            }
        }
        return found
    }

    private func isSteady(_ field: Field) -> Bool {
        guard !changing.contains(field.id.text) else { return false }
        return (field.askWhen?.references ?? []).isDisjoint(with: changing.union(["now", "today"]))
    }

    /// Whether a question has the same answer whenever it is asked during a request, once what it reads is there.
    func isLasting(_ question: Formula) -> Bool {
        switch question {
        case .test(let test): return test.path.first.map(isLasting) ?? false
        case .free(let condition): return !condition.asksHost && condition.names.allSatisfy(isLasting)
        case .constant, .not, .all, .any: return true
        }
    }

    private func isLasting(_ name: String) -> Bool {
        type.form[FieldID(name)] != nil && !changing.contains(name) || flow.position(of: StepID(name)) != nil
    }
}

extension Field {
    /// Whether it may be without a value although it is asked.
    fileprivate var mayBeEmpty: Bool { isOptional && defaultValue == nil }
}

extension VariableDomain {
    /// The same, which may be absent.
    fileprivate var absent: VariableDomain {
        VariableDomain(type: type, minimum: minimum, maximum: maximum, mayBeAbsent: true)
    }

    fileprivate static func choice(_ members: [String]) -> VariableDomain {
        VariableDomain(type: .choice(ChoiceType(name: "", members: members)))
    }
}
