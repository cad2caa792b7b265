import Expressions

/// Fields that get new values, and fields that are cleared.
struct FieldChange: Hashable {
    let values: [String: Value]
    let cleared: [FieldID]

    init(from old: [String: Value], to new: [String: Value]) {
        values = new.filter { old[$0.key] != $0.value }
        cleared = old.keys.filter { new[$0] == nil }.map { FieldID($0) }.sorted()
    }

    /// The names of all fields that change, sorted.
    var fields: [FieldID] { (values.keys.map { FieldID($0) } + cleared).sorted() }

    var isEmpty: Bool { values.isEmpty && cleared.isEmpty }
}

extension Decision {
    /// What the form makes of new entries of these fields: with what is asked now, computed again and no longer asked because of them.
    func checkedChange(
        _ entries: [FieldID: Entry], in fields: some Sequence<FieldID>, at instance: StepInstance? = nil
    ) -> (change: FieldChange, result: FormResult) {
        let activation = instance.map { self.activation(at: $0) } ?? activation
        let result = type.form.changed(
            state.values, by: entries, in: Set(fields), of: activation, context: context)
        return (FieldChange(from: state.values, to: result.values), result)
    }

    /// Changes fields at once, or holds the change when an approval covers one of them.
    mutating func enter(_ change: FieldChange, by author: PersonID?, at instance: StepInstance?) {
        guard !change.isEmpty, state.phase == .open else { return }
        if hold(change, by: author, at: instance) { return }
        carryOut(change, at: instance?.name)
    }

    mutating func carryOut(_ change: FieldChange, at name: InstanceName?) {
        emit(.changed(name, values: change.values, cleared: change.cleared))
        react(to: change.fields, by: name)
    }

    /// `set`: assigns fields in the order of the file, each seeing those before it.
    mutating func start(_ instance: StepInstance, _ assignments: [Assignment]) throws(EvaluationError) {
        var entries: [FieldID: Entry] = [:]
        var activation = activation(at: instance)
        for assignment in assignments {
            let value = try value(of: assignment.value, in: activation)
            entries[assignment.field] = .value(value ?? .null)
            activation = activation.adding([assignment.field.text: value ?? .null])
        }
        let (change, result) = checkedChange(entries, in: assignments.map(\.field), at: instance)
        guard result.problems.isEmpty else {
            let fields = result.problems.map { "`\($0.field)` (\($0.code))" }.joined(separator: ", ")
            throw EvaluationError(code: "evaluation.assignment", message: "The form does not take \(fields).")
        }
        enter(change, by: nil, at: instance)
        if state.phase == .open, state.steps[instance.name]?.status.isFinal != true {
            emit(.done(instance.name, outcome: nil))
        }
    }

    /// Changes fields after submission.
    mutating func amend(_ entries: [FieldID: Entry]) throws(Rejection) {
        let person = try actorOrReporter()
        switch state.phase {
        case .open: break
        case .ending: throw Rejection(.conflict, code: "request.ending", message: "The request is ending already.")
        case .closed: throw .closedRequest
        }
        if let late = entries.keys.sorted().first(where: { !isAmendable($0) }) { throw .tooLate(toChange: late) }
        let (change, result) = checkedChange(entries, in: entries.keys)
        if let rejection = result.rejection { throw rejection }
        guard !change.isEmpty else {
            throw Rejection(.conflict, code: "request.amend.nothing", message: "Nothing would change.")
        }
        enter(change, by: person, at: nil)
    }

    /// Takes what a parent passes on, if the type's `amend` lets these fields change now and the form takes them. Else the parent is told.
    mutating func amendFromParent(_ fields: [FieldID: Value?], version: Int) throws(Rejection) {
        guard state.phase == .open, version > state.parentVersion else {
            throw .stale("The request is ending, or has been told later news.")
        }
        emit(.parentChanged(version: version))
        if let late = fields.keys.sorted().first(where: { !isAmendable($0) }) {
            return emit(.parentChangeRefused(reason: Rejection.tooLate(toChange: late).message))
        }
        let (change, result) = checkedChange(fields.mapValues { .value($0 ?? .null) }, in: fields.keys)
        if let rejection = result.rejection {
            let problems = rejection.fields.map { "\($0.field): \($0.message)" }.joined(separator: " ")
            return emit(.parentChangeRefused(reason: problems))
        }
        enter(change, by: nil, at: nil)
    }

    private func isAmendable(_ field: FieldID) -> Bool {
        guard let amendment = type.amendments.first(where: { $0.field == field }) else { return false }
        return amendment.until.map { !hasStarted($0) } ?? true
    }

    /// Who is asked and told when nobody else is named: the department's agents or, of a confidential type, those whom it names.
    var departmentAgents: [Party] {
        guard type.confidential != nil else {
            return (context.configuration.departments[type.department]?.agents ?? []).map(Party.team)
        }
        let parties = Access(context).confidants(of: state).subtracting([.anonymous]).sorted()
        // Whoever wants something is asked only where there is nobody else.
        let concerned = concerned
        let others = parties.filter { party in party.person.map { !concerned.contains($0) } ?? true }
        return others.isEmpty ? parties : others
    }
}

extension Decision {
    /// What steps do that have read a changed field: `on_change`. An approval whose voters have voted on it already begins again.
    mutating func react(to fields: [FieldID], by source: InstanceName?) {
        for instance in startedInstances where instance.name != source && !instance.isElement && !instance.isUndo {
            guard state.phase == .open else { return }
            let step = instance.step
            guard !step.onChange.isEmpty || step.kind.isApproval else { continue }
            var reactions: [FieldID: ChangeReaction] = [:]
            for field in fields { reactions[field] = step.onChange[field] ?? usualReaction(instance, field) }
            if let field = fields.first(where: { reactions[$0] == .restart }) {
                restart(instance, because: field)
            } else {
                let forwarded = fields.filter { reactions[$0] == .forward }
                if !forwarded.isEmpty { forward(forwarded, to: instance) }
            }
        }
    }

    private func usualReaction(_ instance: StepInstance, _ field: FieldID) -> ChangeReaction {
        guard case .approval(let definition) = instance.step.kind, definition.isAbout(field),
            case .approval(let open)? = state.steps[instance.name]?.status, !open.votes.isEmpty
        else { return .keep }
        return .restart
    }

    /// An open step starts again. What is done stays done, unless it is a task or an approval whose surroundings still run.
    private mutating func restart(_ instance: StepInstance, because field: FieldID) {
        guard let status = state.steps[instance.name]?.status, restarts < Self.maximumRestarts else { return }
        switch status {
        case .asking: return
        case .settled(.done):
            guard instance.step.kind.isHuman, isRunning(around: instance) else { return }
        case .settled: return
        case .request(let child) where child.isCancelRequested: return
        case .call(let call) where call.isCancelRequested: return
        default: break
        }
        startAgain(instance, because: .changed(field))
    }

    /// Whether all that stands around an instance still runs, and in its round.
    private func isRunning(around instance: StepInstance) -> Bool {
        var inside = instance
        while let outer = inside.parent {
            guard isRunning(outer), inner(of: outer).contains(where: { $0.name == inside.name }) else { return false }
            inside = outer
        }
        return true
    }

    /// Tells a running child what its inputs are now.
    private mutating func forward(_ fields: [FieldID], to instance: StepInstance) {
        guard case .request(let definition) = instance.step.kind,
            case .request(let child)? = state.steps[instance.name]?.status, !child.isCancelRequested
        else { return }
        let names = Set(fields.map(\.text))
        var values: [String: Value] = [:]
        var cleared: [FieldID] = []
        do throws(EvaluationError) {
            for input in definition.inputs where !input.value.references.isDisjoint(with: names) {
                if let value = try value(of: input.value, in: activation(at: instance)) {
                    values[input.field.text] = value
                } else {
                    cleared.append(input.field)
                }
            }
        } catch {
            // The child goes on with what it was given first, and somebody has to know.
            emit(.childChangeRefused(instance.name, reason: error.sentence(about: "with", of: instance.step)))
            let agents = departmentAgents
            if !agents.isEmpty { emit(.told(agents, .changeRefused, about: instance.name)) }
            return
        }
        if !values.isEmpty || !cleared.isEmpty {
            emit(.changeForwarded(instance.name, values: values, cleared: cleared))
        }
    }
}

extension StepKind {
    var isApproval: Bool { if case .approval = self { true } else { false } }

    /// Whether people do it.
    var isHuman: Bool {
        switch self {
        case .task, .approval: true
        default: false
        }
    }
}

extension ApprovalStep {
    /// Whether the decision is about a field.
    func isAbout(_ field: FieldID) -> Bool { covers?.contains(field) ?? true }
}

extension Rejection {
    static func tooLate(toChange field: FieldID) -> Rejection {
        Rejection(
            .conflict, code: "request.amend.too_late", message: "The field `\(field)` can no longer be changed.")
    }
}
