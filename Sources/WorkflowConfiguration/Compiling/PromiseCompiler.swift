import Expressions
import WorkflowCore

/// Checks amendments, targets, rules and what follows the end.
struct PromiseCompiler {
    let steps: StepCompiler
    let scopes: StepScopes
    let drafts: [RequestTypeID: DraftRequestType]

    private var findings: Findings { steps.findings }
    private var expressions: ExpressionCompiler { steps.expressions }

    func add(_ promises: DraftPromises, to type: inout RequestType) {
        type.amendments = promises.amendments.compactMap(amendment)
        type.targets = promises.targets.compactMap(target)
        type.rules = promises.rules.compactMap(rule)
        type.asksForFeedback = promises.asksForFeedback
        type.reopen = promises.reopen
        type.allowsAnonymous = promises.allowsAnonymous
        type.retention = promises.retention
        let hiding = HidingChecks(findings: findings)
        type.hiddenFrom = hiding.fields(promises.hiddenFrom.filter { steps.field($0) != nil }, of: type.form)
        hiding.check(type)
        let outside = scopes.scopeOutside("Who may see a request holds from its beginning, before this step too.")
        type.confidential = promises.confidential.map { steps.people($0, in: outside) }
    }

    private func amendment(_ draft: DraftAmendment) -> Amendment? {
        let outside = scopes.scopeOutside("A field may be amended at any time, before this step too.")
        let by = steps.people(draft.by, in: outside)
        let until = draft.until.flatMap(reference)
        guard steps.changeable(draft.field) != nil else { return nil }
        return Amendment(field: FieldID(draft.field.value), by: by, until: until)
    }

    private func target(_ draft: DraftTarget) -> Target? {
        let outside = scopes.scopeOutside("A target counts from the submission, before this step too.")
        let goal: Target.Goal?
        switch (draft.within, draft.by) {
        case (.some(let within), nil): goal = expressions.span(within, in: outside).map { .within($0) }
        case (nil, .some(let by)):
            goal = expressions.live(expressions.moment(by, in: outside, spans: false), by).map { .by($0) }
            if let pause = draft.pause.first {
                findings.error(
                    .configBadValue, "Only `within` pauses; a moment does not wait.", hint: "Take `pause` out.",
                    at: pause.location)
            }
        default:
            findings.error(
                .configMissingKey, "A target has `within` or `by`.",
                hint: "`within: 4 working hours` counts from the submission, `by: start - 1 day` is a moment.",
                at: draft.id.location)
            goal = nil
        }
        let of = draft.of.flatMap(reference)
        let pause = draft.pause.compactMap(reference)
        let people = steps.people(draft.onBreach, in: outside)
        guard let of, let goal else { return nil }
        var target = Target(id: draft.id.value, of: of, goal: goal, source: draft.id.location)
        target.title = draft.title
        target.pause = pause
        target.warn = draft.warn
        target.onBreach = people
        return target
    }

    private func rule(_ draft: DraftRule) -> Rule? {
        let name = draft.never
        let subject: Rule.Subject
        var position: Int?
        if name.value.contains(".") {
            guard drafts[RequestTypeID(name.value)] != nil || steps.surroundings.declared.contains(name.value) else {
                findings.error(
                    .unknownType, "There is no request type `\(name.value)`.",
                    hint: NearestName.hint(for: name.value, among: drafts.keys.map(\.text).sorted()),
                    at: name.location)
                return nil
            }
            subject = .type(RequestTypeID(name.value))
        } else {
            guard let step = reference(name) else { return nil }
            subject = .step(step)
            position = steps.graph.position(of: name.value)
        }
        guard let unless = expressions.condition(draft.unless, in: scopes.scopeOfRule(about: position)) else {
            return nil
        }
        return Rule(never: subject, unless: unless, source: name.location)
    }

    /// The name of a step; nil after a complaint.
    private func reference(_ name: Located<String>) -> StepID? {
        if steps.graph.position(of: name.value) != nil { return StepID(name.value) }
        findings.error(
            .unknownStep, "There is no step `\(name.value)`.",
            hint: NearestName.hint(for: name.value, among: steps.graph.names), at: name.location)
        return nil
    }
}
