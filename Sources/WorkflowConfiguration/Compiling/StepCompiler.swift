import Expressions
import WorkflowCore

/// Checks the expressions of steps and translates them.
struct StepCompiler {
    let type: DraftRequestType
    let scopes: StepScopes
    let drafts: [RequestTypeID: DraftRequestType]
    let declared: Set<String>
    let expressions: ExpressionCompiler
    let sensitive: SensitivePaths
    let roles: Set<String>

    private var graph: ProcessGraph { scopes.graph }
    private var findings: Findings { expressions.findings }

    func steps(_ drafts: [DraftStep]) -> [Step] { drafts.compactMap(step) }

    private func step(_ draft: DraftStep) -> Step? {
        // A second step of the same name has been complained about.
        guard let position = graph.position(of: draft.id.value), graph.steps[position].id.location == draft.id.location
        else { return nil }
        let scope = scopes.scope(of: position)
        let when = expressions.condition(draft.when, in: scopes.scope(of: position, forCondition: true))
        if let when, let scalar = draft.when?.scalar, sensitive.isRead(by: when.selections) {
            findings.warning(
                .sensitiveCondition, "This depends on a sensitive value; whoever sees the steps can tell it.",
                at: scalar.location)
        }
        return Step(
            id: StepID(draft.id.value), title: title(draft, in: scope), when: when,
            after: draft.after.map { StepID($0.value) }, stage: draft.stage, due: due(draft, in: scope),
            onOverdue: draft.onOverdue.map { overdue($0.action, in: scope) },
            onFailure: draft.onFailure.map { handler($0.action, in: scope) },
            kind: kind(draft, in: scope), source: draft.id.location)
    }

    private func title(_ draft: DraftStep, in scope: Scope) -> LocalizedTemplate? {
        let title = expressions.template(draft.title, in: scope)
        for part in draft.title?.parts ?? [] {
            guard let language = part.languages.first, let text = title?.byLanguage[language],
                sensitive.isRead(by: text.selections)
            else { continue }
            findings.error(
                .sensitiveFlows,
                "A title is read by everybody who sees the request, and this one holds a sensitive value.",
                at: part.scalar.location)
        }
        return title
    }

    /// A deadline is live, so one that reads the clock would move on with every command and never be reached.
    private func due(_ draft: DraftStep, in scope: Scope) -> CheckedExpression? {
        guard let due = expressions.moment(draft.due, in: scope), let scalar = draft.due?.scalar else { return nil }
        if let clock = ["now", "today"].first(where: due.references.contains) {
            findings.error(
                .stepDueMoves, "`\(clock)` is the moment of each command, so this deadline would move with every one.",
                hint: "A span such as `2 working days` counts from the start of the step.", at: scalar.location)
        }
        if sensitive.isRead(by: due.selections) {
            findings.warning(
                .sensitiveCondition, "The deadline shows a sensitive value; whoever sees the steps can tell it.",
                at: scalar.location)
        }
        return due
    }

    private func kind(_ draft: DraftStep, in scope: Scope) -> StepKind {
        switch draft.kind {
        case .task(let assign, let fallback, let fields):
            let forms = FormCompiler(expressions: expressions, sensitive: sensitive, roles: roles)
            return .task(
                TaskStep(
                    assign: people(assign, in: scope), fallback: people(fallback, in: scope),
                    form: forms.compile(fields, in: scope).form))
        case .approval(let approval):
            let compiled = ApprovalStep(
                from: people(approval.from, in: scope), need: approval.need,
                excluded: people(approval.excluded, in: scope), fallback: people(approval.fallback, in: scope),
                rejection: approval.rejection, covers: approval.covers?.map { FieldID($0.value) })
            ElectorateChecks(findings: findings).check(compiled, of: draft.id)
            return .approval(compiled)
        case .request(let child):
            let inputs = ChildInputs(
                parent: type, step: draft.id, expressions: expressions, sensitive: sensitive, drafts: drafts,
                declared: declared)
            return .request(
                ChildStep(
                    type: RequestTypeID(child.type?.value ?? ""), inputs: inputs.compile(child, in: scope),
                    wait: child.wait))
        case .block(let inner): return .block(steps(inner))
        case .end(let outcome): return .end(OutcomeID(outcome?.value ?? ""))
        }
    }

    private func people(_ drafts: [DraftPeople], in scope: Scope) -> [PeopleSource] {
        let sources = expressions.people(drafts, in: scope, roles: roles)
        for draft in drafts {
            guard case .expression(let expression) = draft else { continue }
            let reads = sources.contains { source in
                guard case .expression(let checked) = source else { return false }
                return checked.source == expression.scalar.text && sensitive.isRead(by: checked.selections)
            }
            guard reads else { continue }
            findings.warning(
                .sensitiveCondition, "Who it is depends on a sensitive value; whoever sees the steps can tell it.",
                at: expression.scalar.location)
        }
        return sources
    }

    private func overdue(_ action: DraftOverdue.Action, in scope: Scope) -> OverdueAction {
        switch action {
        case .tell(let drafts): .tell(people(drafts, in: scope))
        case .reject: .reject
        case .fail: .fail
        case .end(let outcome): .end(OutcomeID(outcome.value))
        }
    }

    private func handler(_ action: DraftHandler.Action, in scope: Scope) -> FailureHandler {
        switch action {
        case .continue: .continue
        case .end(let outcome): .end(OutcomeID(outcome.value))
        case .leave(let block): .leave(StepID(block.value))
        case .retry(let count): .retry(count)
        case .ask(let drafts): .ask(people(drafts, in: scope))
        }
    }
}
