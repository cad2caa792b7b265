import Expressions

/// What the names of a request type's expressions can be: fields, outputs of steps, elements and rounds.
///
/// A class, because what a form makes sure of is worked out once and asked for by many proofs. It belongs to one check and is not shared.
final class NameDomains {
    /// Of the request's form.
    private let fields: [String: FieldFacts]
    private let configuration: Configuration
    private let flow: ProcessFlow
    /// Fields that may change after they were entered.
    let changes: FieldChanges
    private let changing: Set<String>
    private let elements: [String: ExpressionType]

    init(_ type: RequestType, in configuration: Configuration, flow: ProcessFlow) {
        fields = Dictionary(type.form.fields.map { ($0.id.text, FieldFacts($0)) }) { first, _ in first }
        self.configuration = configuration
        self.flow = flow
        changes = FieldChanges(type, flow)
        changing = changes.names
        var elements: [String: ExpressionType] = [:]
        for step in flow.steps {
            if case .each(let each) = step.kind, case .list(let element) = each.of.type {
                elements[each.variable] = element
            }
        }
        self.elements = elements
    }

    /// What is known of a variable, or of a field down from it.
    func domain(of path: [String]) -> VariableDomain {
        guard let name = path.first else { return .unknown }
        if let facts = fields[name] {
            guard path.count == 1 else { return .unknown }
            var domain = facts.domain
            if let measure = facts.field.computed?.measure { domain.keep(within: measure.range(self.domain)) }
            return domain
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
        domain.counts = field.kind.counts
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
            return contract.outputs.first { $0.name == name }.map { VariableDomain($0.value) } ?? .unknown
        case .call(let call): return call.answer[FieldID(name)].map { Self.domain(of: $0).absent } ?? .unknown
        case .wait(.event(let event)):
            return event.form[FieldID(name)].map { Self.domain(of: $0).absent } ?? .unknown
        case .choose(let choose):
            if let declared = choose.outputs[FieldID(name)] {
                return VariableDomain(type: declared.kind.expressionType)
            }
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
        // Few, so that looking through them is quicker than a set.
        var seen: [String] = []
        var open: [String] = []
        for condition in conditions {
            condition.forEachTest { if let name = $0.path.first { open.append(name) } }
        }
        while let name = open.popLast() {
            guard !seen.contains(name) else { continue }
            seen.append(name)
            guard let facts = fields[name], !changing.contains(name), facts.isAskedOnce(isLasting) else { continue }
            found += facts.formulas
            open += facts.reads
        }
        return found
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
        if fields[name] != nil { return !changing.contains(name) }
        if let position = flow.position(of: StepID(name)) {
            return !flow.mayRunAgain(position) && !flow.mayGoOn(position)
        }
        // What is left are the variables that a condition binds itself.
        return !Self.moving.contains(name) && elements[name] == nil
    }

    /// Built-in names that mean something else at another moment or in another place.
    private static let moving: Set<String> = ["now", "today", "previous", "round", "voter"]
}

/// What a field's own declaration says about its value.
private final class FieldFacts {
    let field: Field
    private(set) lazy var domain = NameDomains.domain(of: field)

    init(_ field: Field) {
        self.field = field
    }

    /// When it is there, and what is checked of it alone.
    private(set) lazy var formulas: [Formula] = {
        var found: [Formula] = []
        let name = field.id.text
        let isThere = Formula.test(.init([name], .isPresent))
        if let asked {
            found.append(.any([.not(isThere), asked]))
            if !field.mayBeEmpty { found.append(.any([isThere, .not(asked)])) }
        }
        if let check = field.check?.formula, check.freeConditions.isEmpty, check.paths.allSatisfy({ $0 == [name] }) {
            found.append(.any([.not(isThere), check]))
        }
        return found
    }()

    /// Whether what decides that it is asked has the same answer at every moment.
    func isAskedOnce(_ isLasting: (Formula) -> Bool) -> Bool {
        guard let asked else { return true }
        return asked.tests.allSatisfy { isLasting(.test($0)) }
            && asked.freeConditions.allSatisfy { isLasting(.free($0)) }
    }

    /// The names that decide whether it is asked.
    private(set) lazy var reads: [String] = asked.map { $0.paths.compactMap { $0.first } } ?? []

    private lazy var asked: Formula? = field.askWhen?.formula
}

extension Field {
    /// Whether it may be without a value although it is asked.
    fileprivate var mayBeEmpty: Bool { isOptional && defaultValue == nil }
}

extension VariableDomain {
    /// The same, which may be absent.
    fileprivate var absent: VariableDomain {
        var domain = self
        domain.mayBeAbsent = true
        return domain
    }

    /// What a value of which only the expression is known can be.
    fileprivate init(_ value: CheckedExpression) {
        self.init(type: value.type)
        if let measure = value.measure { keep(within: measure.range) }
    }

    fileprivate static func choice(_ members: [String]) -> VariableDomain {
        VariableDomain(type: .choice(ChoiceType(name: "", members: members)))
    }
}
