import Expressions
import WorkflowCore

/// A request as one viewer may see it.
struct RequestViewBuilder {
    let reading: Reading
    let request: CurrentRequest
    let relatives: Relatives

    private var state: RequestState { request.state }
    private var type: RequestType { reading.type }

    func view() -> RequestView {
        let head = RequestHead(state, department: type.department)
        let amendable = amendable
        var view = RequestView(
            summary: reading.summary(
                head, raisedAt: request.raisedAt, changedAt: request.changedAt, version: state.version),
            parent: reference(to: state.parent?.request), fields: fields(), steps: steps(), outputs: outputs(),
            actions: actions(isAmendable: !amendable.isEmpty))
        view.amendable = reading.form(amendable, of: state)
        view.targets = state.targets.sorted { $0.key < $1.key }.map { id, target in
            let isRunning = target.status == .running || target.status == .missed
            return TargetView(
                id: id, title: reading.title(ofTarget: id), status: target.status,
                due: isRunning ? target.clock.due : nil)
        }
        view.heldChanges = state.held.map(heldChange)
        view.successorOf = reference(to: state.successorOf)
        view.successor = reference(to: state.successor)
        view.score = state.score
        view.restriction = state.restriction
        view.restrictableTo = teams { $0 != state.restriction ? .restrict(to: $0, reason: "?") : nil }
        view.noteTeams = view.actions.contains(.note) ? teams { .note("?", .team($0)) } : []
        view.mayUnrestrict = Rules.isPossible(.unrestrict(reason: "?"), on: state, in: reading.context)
        return view
    }

    /// The teams of the request's department to which a command is possible, by title.
    private func teams(_ command: (TeamID) -> Command?) -> [PartyView] {
        reading.configuration.teams.values.filter { team in
            guard team.department == type.department, let command = command(team.id) else { return false }
            return Rules.isPossible(command, on: state, in: reading.context)
        }.map { reading.party(.team($0.id)) }.sorted { $0.name < $1.name }
    }

    /// A relative, when the viewer may see it.
    private func reference(to request: RequestID?) -> RequestReference? {
        request.flatMap { relatives.byID[$0] }.flatMap { $0.isVisible ? $0.reference : nil }
    }

    private func heldChange(_ change: HeldChange) -> HeldChangeView {
        let readable = type.form.fields.filter { Rules.canRead($0, on: state, in: reading.context) }
        return HeldChangeView(
            number: change.number, by: change.author.map(reading.person),
            fields: readable.compactMap { field in
                change.values[field.id.text].flatMap { reading.mayShow($0) ? self.field(field, $0) : nil }
            },
            cleared: change.cleared)
    }

    /// Fields that the viewer may change now: an entry that no field takes is refused for nothing else.
    private var amendable: [FieldID] {
        guard case .open = state.phase else { return [] }
        return type.amendments.map(\.field).filter { field in
            Rules.isPossible(
                .amend(entries: [field: .raw(.array([.object([:])]))]), on: state, in: reading.context)
        }
    }

    private func fields() -> [FieldView] {
        type.form.fields.compactMap { field in
            guard let value = state.values[field.id.text], reading.mayShow(value),
                Rules.canRead(field, on: state, in: reading.context)
            else { return nil }
            return self.field(field, value)
        }
    }

    /// - Parameter name: What it is called instead, as an output.
    private func field(_ field: Field, _ value: Value, named name: String? = nil) -> FieldView {
        var view = FieldView(
            id: name ?? field.id.text, label: reading.text(field.label), value: value.json,
            text: reading.values.text(value, field.kind))
        view.files = value.files
        if case .timestamp(let instant) = value { view.moment = instant }
        if case .rows(let kind) = field.kind { view.rows = rows(value, kind.columns) }
        return view
    }

    private func rows(_ value: Value, _ columns: Form) -> [[FieldView]] {
        guard case .list(let elements)? = value.bare else { return [] }
        // What nobody entered in any row is no column.
        let asked = columns.fields.filter { column in elements.contains { $0.cell(column.id.text)?.bare != nil } }
        return elements.map { row in asked.map { field($0, row.cell($0.id.text) ?? .null) } }
    }

    private func outputs() -> [FieldView] {
        guard case .closed(let outcome, let outputs) = state.phase, outcome.isGood else { return [] }
        return type.outputs.compactMap { output in
            guard let value = outputs[output.name], reading.mayShow(value) else { return nil }
            // An output tells as much as the fields it is computed from.
            let sources = SensitiveFields.sources(of: output, in: type)
            let isReadable = sources.allSatisfy { Rules.canRead($0, on: state, in: reading.context) }
            return isReadable ? self.output(output.name, value, type.field(behind: output)) : nil
        }
    }

    /// - Parameter field: What it hands on as it is, which tells what people read for it; nil for what is computed.
    private func output(_ name: String, _ value: Value, _ field: Field?) -> FieldView {
        if let field { return self.field(field, value, named: name) }
        var view = FieldView(
            id: name, label: String(name.map { $0 == "_" ? " " : $0 }), value: value.json,
            text: reading.values.text(value))
        view.files = value.files
        if case .timestamp(let instant) = value { view.moment = instant }
        return view
    }

    private func actions(isAmendable: Bool) -> [RequestAction] {
        var candidates: [(RequestAction, Command)] = [
            (.comment, .comment("?")), (.note, .note("?", .workers)), (.cancel, .cancel(reason: nil)),
            (.rate, .rate(score: 5, comment: nil)),
            (.reopen, .reopen(entries: [:])), (.restrict, .restrict(to: "?", reason: "?")),
            (.unrestrict, .unrestrict(reason: "?")),
        ]
        if let event = awaitedEvent { candidates.append((.receive, .receive(event))) }
        var possible = Set(
            candidates.filter { Rules.isPossible($0.1, on: state, in: reading.context) }.map(\.0))
        if isAmendable { possible.insert(.amend) }
        return RequestAction.allCases.filter(possible.contains)
    }

    /// One that steps of this type wait for; nil when they wait for none.
    private var awaitedEvent: OutsideEvent? {
        for step in type.index.all {
            guard case .wait(.event(let wait)) = step.kind else { continue }
            return OutsideEvent(
                event: wait.event, key: wait.key == nil ? nil : "?", entries: [:], receivedAt: reading.now)
        }
        return nil
    }

    /// What people do, wait for or may add to, in the order of the file; below each step what undoes it.
    private func steps() -> [StepView] {
        let instances = Dictionary(grouping: state.steps.keys, by: \.step)
        return type.index.all.flatMap { step -> [StepView] in
            let started = (instances[step.id] ?? []).sorted().filter { isShown($0, of: step) }
            let shown = started.isEmpty && isExpected(step) ? [InstanceName(step.id)] : started
            return shown.filter { Rules.canSee($0, on: state, in: reading.context) }.map { self.step(step, $0) }
        }
    }

    private func isShown(_ instance: InstanceName, of step: Step) -> Bool {
        if instance.isUndo { return true }
        switch step.kind {
        case .task, .approval, .request, .call, .wait, .adhoc: return true
        // Its elements are instances of it too, and made of nothing.
        case .each: return state.steps[instance]?.parts != nil
        case .notify, .set, .block, .choose, .repeat, .race, .end: return false
        }
    }

    /// Whether a step that has not started stands in the list all the same: which elements and additions there will be, nobody knows.
    private func isExpected(_ step: Step) -> Bool {
        switch step.kind {
        case .task, .approval, .request, .call, .wait: break
        case .notify, .set, .block, .choose, .repeat, .each, .race, .adhoc, .end: return false
        }
        return !type.index.ancestors(of: step.id).contains { ancestor in
            switch type.index[ancestor]?.kind {
            case .each, .adhoc: true
            default: false
            }
        }
    }

    private func step(_ step: Step, _ instance: InstanceName) -> StepView {
        let step = StepViewBuilder(
            reading: reading, state: state, step: step, instance: instance, relatives: relatives)
        return step.view { name, value in
            guard reading.mayShow(value) else { return nil }
            if let field = step.field(name) {
                let isReadable = Rules.canRead(field, in: instance, on: state, in: reading.context)
                return isReadable ? self.field(field, value) : nil
            }
            return step.mayRead(output: name) ? output(name, value, step.field(behind: name)) : nil
        }
    }
}
