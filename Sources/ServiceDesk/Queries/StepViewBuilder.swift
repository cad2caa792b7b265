import Expressions
import WorkflowCore

/// One step instance as a viewer sees it.
struct StepViewBuilder {
    let reading: Reading
    let state: RequestState
    let step: Step
    let instance: InstanceName
    let relatives: Relatives

    private var current: StepState? { state.steps[instance] }

    /// - Parameter output: How an output is shown; nil when the viewer may not read it.
    func view(output: (String, Value) -> FieldView?) -> StepView {
        let actions = StepActions(reading: reading, state: state, step: step, instance: instance).possible
        var view = StepView(
            instance: instance, kind: kind, title: reading.title(of: instance, in: state), stage: stage,
            status: status, outcome: outcome, since: current?.since, due: current?.deadline,
            isOverdue: current?.isOverdue ?? false, waitingFor: reading.parties(waitingFor), assignee: assignee,
            votes: votes, child: child, outputs: outputs(output), actions: actions,
            form: actions.contains(.complete) ? completionForm : [])
        view.checklist = checklist
        if current?.deadline != nil, let rule = step.due?.source {
            view.dueBy = Self.isSpan(rule) ? .span(rule) : reading.dueWords(of: step.id).map(DueReason.words)
        }
        view.outcomeTitle = outcome.map(outcomeTitle)
        if actions.contains(.giveUp) {
            view.outcomes = reading.type.outcomes.filter { !$0.isGood }.map {
                OutcomeView(id: $0.id, title: reading.title(of: $0.id))
            }
        }
        if actions.contains(.addStep), case .adhoc(let adhoc) = step.kind {
            view.templates = adhoc.templates.map {
                StepTemplateView(id: $0.id, title: reading.title(of: $0.id, in: state))
            }
        }
        return view
    }

    /// `3 working days`, and no more than that.
    private static func isSpan(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        return (2...3).contains(words.count) && UInt32(words[0]) != nil
            && words.dropFirst().allSatisfy { $0.allSatisfy(\.isLetter) }
    }

    /// What completing asks: the task's own form, then the fields of the request that it may change, as they are now.
    private var completionForm: [FormFieldView] {
        guard case .task(let task) = step.kind else { return [] }
        return reading.form(task.form) + reading.form(task.edit, of: state)
    }

    private var checklist: [ChecklistLineView] {
        guard case .task(let definition) = step.kind, case .task(let task)? = current?.status else { return [] }
        return definition.checklist.map {
            ChecklistLineView(id: $0.id, label: reading.text($0.label), isDone: task.ticked.contains($0.id))
        }
    }

    /// The field of the task's form; nil for what is no field.
    func field(_ name: String) -> Field? { ownForm?[FieldID(name)] }

    /// Whether the viewer may read an output that is no field of a form: a child's, computed from its fields.
    func mayRead(output name: String) -> Bool {
        guard let (output, type) = childOutput(name) else { return true }
        return SensitiveFields.sources(of: output, in: type).allSatisfy {
            Rules.canRead($0, in: instance, on: state, in: reading.context)
        }
    }

    /// What tells how an output of a child is shown; nil for what no field of the child's stands behind.
    func field(behind name: String) -> Field? {
        instance.isUndo ? nil : childOutput(name).flatMap { output, type in type.field(behind: output) }
    }

    private func childOutput(_ name: String) -> (Output, RequestType)? {
        guard case .request(let child) = step.kind, let type = reading.configuration.requestTypes[child.type] else {
            return nil
        }
        return type.outputs.first { $0.name == name }.map { ($0, type) }
    }

    /// What the step's outputs are declared by, where that is a form.
    private var ownForm: Form? { instance.isUndo ? nil : step.kind.ownForm }

    private var kind: String {
        step.kind.word
    }

    private var stage: String? {
        let steps = [step] + reading.type.index.ancestors(of: step.id).compactMap { reading.type.index[$0] }
        return steps.lazy.compactMap(\.stage).first.map(reading.text)
    }

    private var status: StepView.Status {
        switch current?.status {
        case nil: if case .open = state.phase { .waiting } else { .cancelled }
        case _ where isPutAside: .suspended
        case .task, .approval, .request, .block, .call, .wait: .open
        case .asking: .asking
        case .settled(.done): .done
        case .settled(.skipped): .skipped
        case .settled(.failed(_, .retried, outcome: _)): .waiting
        case .settled(.failed): .failed
        case .settled(.cancelled): .cancelled
        }
    }

    private var isPutAside: Bool { current.map { $0.isSuspended || $0.isPostponed } ?? false }

    /// What people read for an outcome: of an approval what was decided, of a child what its type calls it.
    private func outcomeTitle(_ outcome: String) -> String {
        let isGerman = reading.language.isGerman
        switch step.kind {
        case .approval where outcome == ApprovalOutcome.approved: return isGerman ? "Genehmigt" : "Approved"
        case .approval where outcome == ApprovalOutcome.rejected: return isGerman ? "Abgelehnt" : "Rejected"
        case .request(let child):
            guard let type = reading.configuration.requestTypes[child.type] else { return outcome.identifierInWords }
            return reading.title(of: OutcomeID(outcome), in: type)
        default: return reading.title(of: OutcomeID(outcome))
        }
    }

    private var outcome: String? {
        switch current?.status {
        case .settled(.done(let outcome, _)), .settled(.failed(_, _, let outcome)): outcome
        default: nil
        }
    }

    private var waitingFor: [Party] {
        switch current?.status {
        case _ where isPutAside: []
        case .task(let task): task.assignee.map { [.person($0)] } ?? task.offeredTo
        case .approval(let approval):
            approval.electorate.voters.filter { voter in !approval.votes.contains { $0.voter == voter } }
                .map(Party.person)
        case .asking(_, let parties): parties
        default: []
        }
    }

    private var assignee: PersonReference? {
        if case .task(let task) = current?.status { return task.assignee.map(reading.person) }
        return current?.completedBy.map(reading.person)
    }

    private var votes: [VoteView] {
        guard case .approval(let approval) = current?.status else { return [] }
        return approval.votes.map {
            VoteView(voter: reading.person($0.voter), decision: $0.decision, comment: $0.comment)
        }
    }

    private var child: ChildView? {
        let type: RequestTypeID
        if let child = current?.child {
            type = child.type
        } else if case .request(let definition) = step.kind, !instance.isUndo {
            type = definition.type
        } else {
            return nil
        }
        let known = relatives.children[instance].flatMap { relatives.byID[$0] }
        var number = known?.reference.number
        if let child = current?.child { number = number ?? child.number }
        let title = reading.configuration.requestTypes[type].map { reading.text($0.title) }
        return ChildView(
            id: known.flatMap { $0.isVisible ? $0.reference.id : nil }, number: number, type: type,
            title: title ?? type.text)
    }

    private func outputs(_ show: (String, Value) -> FieldView?) -> [FieldView] {
        guard case .settled(.done(_, let outputs)) = current?.status else { return [] }
        let fields = ownForm?.fields.map(\.id.text) ?? []
        // The outcome stands by itself; what is no field of a form follows by name.
        let others = outputs.keys.filter { $0 != "outcome" && !fields.contains($0) }.sorted()
        return (fields + others).compactMap { name in outputs[name].flatMap { show(name, $0) } }
    }
}
