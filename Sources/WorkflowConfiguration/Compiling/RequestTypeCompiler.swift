import Expressions
import WorkflowCore

/// Checks one request type and translates it.
struct RequestTypeCompiler {
    let findings: Findings
    let drafts: [RequestTypeID: DraftRequestType]
    /// Of the types checked before.
    let contracts: Contracts
    let surroundings: Surroundings

    private var roles: Set<String> { surroundings.names.roles }

    /// The type is nil when it lacks something essential, which has been complained about.
    func compile(_ draft: DraftRequestType) -> (type: RequestType?, contract: Contract) {
        let errors = findings.errorCount
        let expressions = ExpressionCompiler(findings: findings)
        let graph = ProcessGraph(draft.steps)
        check(draft, graph)

        var start = Scope(
            draft.promises.allowsAnonymous ? StandardDeclarations.anonymousBuiltIns : StandardDeclarations.builtIns)
        start.later = Self.later
        for name in graph.names { start.later[name] = .because("The form is filled in before the first step.") }
        let forms = FormCompiler(expressions: expressions, roles: roles)
        let (form, asked) = forms.compile(draft.fields, in: start)
        let stability = Stability(draft, graph)
        var known = asked.behindForm(where: stability.isFixed)
        known.later = Self.later
        // Where a name stands twice, it might mean the one here and the other there.
        if findings.errorCount == errors { known.memo = CheckMemo(constants: surroundings.constants) }

        let scopes = StepScopes(graph: graph, base: known, contracts: contracts, stability: stability)
        let compiler = StepCompiler(
            type: draft, scopes: scopes, drafts: drafts, surroundings: surroundings, expressions: expressions)
        let steps = compiler.steps(draft.steps)
        let outputs = outputs(draft, scopes, expressions)
        let cancellation = cancellation(draft, scopes, expressions)
        let contract = Contract(
            draft: draft,
            outputs: draft.outputs.map { output in
                let value = outputs.first { $0.name == output.name.value }?.value
                return Contract.Output(name: output.name.value, type: value?.type ?? .dyn, size: value?.size)
            })
        guard let title = draft.title else { return (nil, contract) }
        var type = RequestType(
            id: draft.id, department: draft.department, title: title, summary: draft.summary,
            audience: expressions.people(draft.audience, in: start, roles: roles), offeredTo: draft.offeredTo,
            outcomes: draft.outcomes, form: form, outputs: outputs, cancellation: cancellation, steps: steps,
            source: draft.location)
        type.places = draft.places
        type.keywords = draft.keywords
        type.outcomeTitles = draft.outcomeTitles
        type.onBehalf = draft.promises.onBehalf.map { expressions.people($0, in: start, roles: roles) }
        PromiseCompiler(steps: compiler, scopes: scopes, drafts: drafts).add(draft.promises, to: &type)
        // An expression that cannot be read may be the one that asks for an approval.
        if findings.errorCount == errors { ConsequenceChecks(findings: findings).check(type) }
        EventChecks(findings: findings).check(type)
        if !findings.isBroken(draft.location.file) {
            ReachChecks(findings: findings, type: draft, graph: graph).check()
        }
        return (type, contract)
    }

    /// Names that mean something only at certain places.
    private static let later: [String: Unknown] = [
        "previous": .because("Only inside a `repeat` is there a last round."),
        "round": .because("A loop counts its rounds: write `intake.round` inside the repeat `intake`."),
        "voter": .because("Only `to` of `escalate` knows who has not acted."),
    ]

    private func check(_ draft: DraftRequestType, _ graph: ProcessGraph) {
        NameChecks(findings: findings).check(draft)
        OrderChecks(findings: findings).check(graph)
        DeadlineChecks(findings: findings).check(graph)
        FailureChecks(findings: findings).check(graph)
        ApprovalChecks(findings: findings).check(draft, graph)
        OutcomeChecks(findings: findings).check(draft, graph)
        UntilChecks(findings: findings, graph: graph).check(draft)
        AnonymousChecks(findings: findings).check(draft, graph)
    }

    private func outputs(
        _ draft: DraftRequestType, _ scopes: StepScopes, _ expressions: ExpressionCompiler
    ) -> [Output] {
        let scope = scopes.scopeAtEnd(of: draft.outcomes)
        return draft.outputs.compactMap { output in
            guard let value = output.value, let checked = expressions.anyValue(value, in: scope) else { return nil }
            return Output(name: output.name.value, value: checked, source: output.name.location)
        }
    }

    private func cancellation(
        _ draft: DraftRequestType, _ scopes: StepScopes, _ expressions: ExpressionCompiler
    ) -> Cancellation? {
        guard let cancellation = draft.cancellation, let outcome = cancellation.outcome else { return nil }
        let scope = scopes.scopeOutside("A request can be cancelled at any time, before this step too.")
        return Cancellation(
            by: expressions.people(cancellation.by, in: scope, roles: roles),
            until: cancellation.until.map { StepID($0.value) },
            outcome: OutcomeID(outcome.value))
    }
}
