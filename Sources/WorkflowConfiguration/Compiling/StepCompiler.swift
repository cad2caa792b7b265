import Expressions
import WorkflowCore

/// Checks the expressions of steps and translates them.
struct StepCompiler {
    let type: DraftRequestType
    let scopes: StepScopes
    let drafts: [RequestTypeID: DraftRequestType]
    let surroundings: Surroundings
    let expressions: ExpressionCompiler

    var graph: ProcessGraph { scopes.graph }
    var findings: Findings { expressions.findings }
    var roles: Set<String> { surroundings.names.roles }

    func steps(_ drafts: [DraftStep]) -> [Step] { drafts.compactMap(step) }

    private func step(_ draft: DraftStep) -> Step? {
        // A second step of the same name has been complained about.
        guard let position = graph.position(of: draft.id.value), graph.steps[position].id.location == draft.id.location
        else { return nil }
        let scope = scopes.scope(of: position)
        let when = draft.when.flatMap { _ in
            expressions.condition(draft.when, in: scopes.scope(of: position, forCondition: true))
        }
        return Step(
            id: StepID(draft.id.value), title: expressions.template(draft.title, in: scope), when: when,
            after: draft.after.map { StepID($0.value) }, stage: draft.stage, due: due(draft, in: scope),
            onOverdue: draft.onOverdue.map { overdue($0.action, in: scope) },
            onFailure: draft.onFailure.map { handler($0.action, in: scope) },
            undo: draft.undo.map { undo($0, in: scopes.scopeAtEnd(of: position)) }, onChange: reactions(draft),
            onlyWhile: expressions.condition(draft.onlyWhile, in: scope),
            hold: draft.hold.flatMap { expressions.value($0, in: scope, expecting: .string) },
            visibleTo: draft.visibleTo.map { people($0, in: scope) },
            formerIDs: draft.formerIDs.map { StepID($0.value) }, isOneAtATime: draft.isOneAtATime,
            kind: kind(draft, at: position, in: scope), places: draft.places, source: draft.id.location)
    }

    private func due(_ draft: DraftStep, in scope: Scope) -> CheckedExpression? {
        expressions.live(expressions.moment(draft.due, in: scope), draft.due)
    }

    private func reactions(_ draft: DraftStep) -> [FieldID: ChangeReaction] {
        draft.onChange.reduce(into: [:]) { reactions, entry in
            guard field(entry.field) != nil else { return }
            reactions[FieldID(entry.field.value)] = entry.reaction
        }
    }

    private func undo(_ draft: DraftUndo, in scope: Scope) -> Undo {
        switch draft.action {
        case .none: .none
        case .request(let child): .request(self.child(child, at: draft.location, in: scope))
        case .call(let call): .call(self.call(call, in: scope))
        }
    }

    private func kind(_ draft: DraftStep, at position: Int, in scope: Scope) -> StepKind {
        switch draft.kind {
        case .task(let task): .task(self.task(task, in: scope))
        case .approval(let approval): .approval(self.approval(approval, of: draft.id, in: scope))
        case .request(let child): .request(self.child(child, at: draft.id.location, in: scope))
        case .call(let call): .call(self.call(call, in: scope))
        case .notify(let to, let message):
            .notify(
                NotifyStep(
                    to: people(to, in: scope),
                    message: expressions.template(message, in: scope) ?? LocalizedTemplate([:])))
        case .set(let inputs): .set(inputs.compactMap { assignment($0, in: scope) })
        case .wait(let wait): .wait(self.wait(wait, in: scope))
        case .block(let inner): .block(steps(inner))
        case .choose(let choose): .choose(self.choose(choose, of: draft.id, at: position))
        case .repeat(let loop): .repeat(self.loop(loop, at: position, in: scope))
        case .each(let each): .each(self.each(each, of: draft.id, at: position, in: scope))
        case .race(let race): .race(self.race(race))
        case .adhoc(let by, let templates): .adhoc(adhoc(by, templates, in: scope))
        case .end(let outcome): .end(OutcomeID(outcome?.value ?? ""))
        }
    }

    // MARK: References

    /// A field of the request; nil after a complaint.
    func field(_ name: Located<String>) -> DraftField? {
        if let field = type.fields.first(where: { $0.id.value == name.value }) { return field }
        findings.error(
            .unknownField, "There is no field `\(name.value)`.",
            hint: NearestName.hint(for: name.value, among: type.fields.map(\.id.value)), at: name.location)
        return nil
    }

    /// A field that can be given another value; nil after a complaint.
    func changeable(_ name: Located<String>) -> DraftField? {
        guard let field = field(name) else { return nil }
        if field.isComputed {
            findings.error(
                .configBadValue, "`\(name.value)` is computed, so nobody changes it.",
                hint: "Change what it is computed from.", at: name.location)
            return nil
        }
        return field
    }

    func people(_ drafts: [DraftPeople], in scope: Scope) -> [PeopleSource] {
        expressions.people(drafts, in: scope, roles: roles)
    }

    private func overdue(_ action: DraftOverdue.Action, in scope: Scope) -> OverdueAction {
        switch action {
        case .tell(let drafts): .tell(people(drafts, in: scope))
        case .reject: .reject
        case .fail: .fail
        case .end(let outcome): .end(OutcomeID(outcome.value))
        case .leave(let scope): .leave(StepID(scope.value))
        }
    }

    func handler(_ action: DraftHandler.Action, in scope: Scope) -> FailureHandler {
        switch action {
        case .continue: .continue
        case .end(let outcome): .end(OutcomeID(outcome.value))
        case .leave(let scope): .leave(StepID(scope.value))
        case .retry(let count): .retry(count)
        case .ask(let drafts): .ask(people(drafts, in: scope))
        }
    }
}
