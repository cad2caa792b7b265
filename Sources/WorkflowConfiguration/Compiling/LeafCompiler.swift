import Expressions
import WorkflowCore

/// Steps without others inside.
extension StepCompiler {
    func task(_ draft: DraftTask, in scope: Scope) -> TaskStep {
        let forms = FormCompiler(expressions: expressions, roles: roles)
        var task = TaskStep(
            assign: people(draft.assign, in: scope), fallback: people(draft.fallback, in: scope),
            form: forms.compile(draft.fields, in: scope).form)
        task.edit = draft.edit.filter { changeable($0) != nil }.map { FieldID($0.value) }
        task.checklist = draft.checklist
        task.nudges = nudges(draft.nudges, in: scope)
        return task
    }

    func approval(_ draft: DraftApproval, of step: Located<String>, in scope: Scope) -> ApprovalStep {
        var approval = ApprovalStep(
            from: people(draft.from, in: scope), need: draft.need, excluded: people(draft.excluded, in: scope),
            fallback: people(draft.fallback, in: scope), rejection: draft.rejection,
            covers: draft.covers?.map { FieldID($0.value) })
        approval.addVoters = people(draft.addVoters, in: scope)
        approval.nudges = nudges(draft.nudges, in: scope)
        ElectorateChecks(findings: findings, fields: type.fields).check(approval, of: step)
        return approval
    }

    private func nudges(_ draft: DraftNudges, in scope: Scope) -> Nudges {
        var nudges = Nudges()
        nudges.remind = expressions.span(draft.remind, in: scope)
        if let escalation = draft.escalation, let after = expressions.span(escalation.after, in: scope) {
            var silent = scope
            silent.declare("voter", VariableDeclaration(type: .person))
            nudges.escalation = Escalation(after: after, to: people(escalation.to, in: silent))
        }
        return nudges
    }

    func child(_ draft: DraftChild, at location: SourceLocation, in scope: Scope) -> ChildStep {
        let inputs = ChildInputs(
            parent: type, location: location, expressions: expressions, drafts: drafts, declared: surroundings.declared)
        return ChildStep(
            type: RequestTypeID(draft.type?.value ?? ""), inputs: inputs.compile(draft, in: scope), wait: draft.wait)
    }

    func call(_ draft: DraftCall, in scope: Scope) -> CallStep {
        if let name = draft.service { checkOffer(of: name) }
        let path = draft.path.flatMap { expressions.template($0.template, $0.scalar, in: scope) }
        let inputs = draft.inputs.compactMap { input -> CallInput? in
            guard let value = input.value, let passed = passed(value, in: scope) else { return nil }
            return CallInput(name: input.field.value, value: passed)
        }
        let forms = FormCompiler(expressions: expressions, roles: roles)
        var call = CallStep(
            service: ServiceID(draft.service?.value ?? ""), method: draft.method,
            path: path ?? CheckedTemplate.empty, inputs: inputs,
            answer: forms.compile(draft.answer, in: scope).form)
        call.timeout = draft.timeout
        call.retries = draft.retries
        call.firstPause = draft.firstPause
        return call
    }

    private func checkOffer(of name: Located<String>) {
        let names = surroundings.names
        guard let service = surroundings.services[ServiceID(name.value)] else {
            // A service that cannot be read has been complained about.
            guard !names.services.contains(name.value), !names.groundless.contains(.unknownService) else { return }
            findings.error(
                .unknownService, "There is no service `\(name.value)`.",
                hint: NearestName.hint(for: name.value, among: names.services.sorted())
                    ?? "Services stand in shared/services.yaml.",
                at: name.location)
            return
        }
        guard !service.offeredTo.includes(type.department) else { return }
        findings.error(
            .callNotOffered, "`\(service.id)` is not offered to the department \(type.department).",
            hint: "Its owners add `\(type.department)` to `offered_to`.", at: name.location)
    }

    /// A value of any type, or text.
    private func passed(_ value: DraftValue, in scope: Scope) -> PassedValue? {
        switch value {
        case .expression(let draft):
            guard let value = expressions.anyValue(draft, in: scope) else { return nil }
            if value.type.holdsFiles {
                findings.error(
                    .configWrongType, "A file is not sent to other systems.",
                    hint: "Its `name`, `size` and `media_type` are.", at: draft.scalar.location)
            }
            return .expression(value)
        case .text(let template, let scalar):
            return expressions.template(template, scalar, in: scope).map(PassedValue.text)
        }
    }

    func assignment(_ draft: DraftInput, in scope: Scope) -> Assignment? {
        guard let field = changeable(draft.field), let value = draft.value, let type = field.kind?.expressionType,
            let passed = expressions.passed(value, to: field, type, in: scope, mayBeAbsent: field.isOptional)
        else { return nil }
        return Assignment(field: FieldID(draft.field.value), value: passed)
    }

    func wait(_ draft: DraftWait, in scope: Scope) -> WaitStep {
        let never = WaitStep.event(
            EventWait(event: "", key: nil, form: Form(fields: []), keep: Span(amount: 1, unit: .days)))
        switch draft {
        case .until(let moment):
            return expressions.live(expressions.moment(moment, in: scope, spans: false), moment).map(WaitStep.until)
                ?? never
        case .span(let span): return expressions.span(span, in: scope).map(WaitStep.span) ?? never
        case .event(let event):
            let forms = FormCompiler(expressions: expressions, roles: roles)
            return .event(
                EventWait(
                    event: event.event,
                    key: event.key.flatMap { expressions.value($0, in: scope, expecting: .string) },
                    form: forms.compile(event.fields, in: scope).form, keep: event.keep))
        case .unreadable: return never
        }
    }
}
