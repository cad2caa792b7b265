import Expressions
import WorkflowCore

/// Which of the things entered into a request have readers of their own, according to its request type.
///
/// Such values are kept out of the state and of everything that lists read; they lie in protected contents only.
struct SensitiveFields {
    /// Where a value lives in the state, so that it can be put back after loading.
    enum Place: Hashable, Sendable {
        /// Among the form's values.
        case form
        /// Among the outputs of a step.
        case step(InstanceName)

        /// The path of a value there, as `RequestState` addresses it.
        func path(of name: String) -> String {
            switch self {
            case .form: name
            case .step(let instance): "\(instance).\(name)"
            }
        }
    }

    let configuration: Configuration
    let type: RequestType

    /// The readers of something entered with an event, as the key of its protected content; empty when it has none of its own.
    func readers(of name: String, in event: Event) -> String {
        switch event {
        case .raised, .changed, .changeHeld, .reopened: Self.key(type.form[FieldID(name)]?.sensitive)
        case .completed(let instance, _, _), .received(let instance, outputs: _, at: _),
            .taken(let instance, number: _, outputs: _), .callAnswered(let instance, status: _, outputs: _):
            Self.key(ownField(FieldID(name), of: instance.step)?.sensitive)
        case .kept(let event): Self.key(keptField(FieldID(name), of: event)?.sensitive)
        case .undoPrepared(let instance, _): undoReaders(of: name, of: instance.step)
        case .started(let instance, .call):
            instance.isUndo
                ? undoReaders(of: name, of: instance.step)
                : type.index[instance.step]?.kind.call.map { readers(of: name, enteredInto: $0) } ?? ""
        case .started(_, .request(_, let child, _, _)):
            Self.key(configuration.requestTypes[child]?.form[FieldID(name)]?.sensitive)
        case .changeForwarded(let instance, values: _, cleared: _):
            Self.key(configuration.requestTypes[childType(of: instance.step)]?.form[FieldID(name)]?.sensitive)
        case .notified(let instance, _, text: _):
            type.index[instance.step]?.kind.message?.byLanguage[name].map { readers(reading: $0.selections) } ?? ""
        case .childClosed(let instance, _, _):
            configuration.requestTypes[childType(of: instance.step)].map { outputReaders(of: name, in: $0) } ?? ""
        case .closed: outputReaders(of: name, in: type)
        case .noted(_, let audience): audience.description
        case .restricted, .unrestricted: NoteAudience.workers.description
        default: ""
        }
    }

    /// Fields with readers of their own that an event leaves without a value, by the key of their protected content.
    func cleared(by event: Event) -> [String: [String]] {
        guard case .changed(_, values: _, let cleared) = event else { return [:] }
        var names: [String: [String]] = [:]
        for field in cleared.sorted() {
            let readers = Self.key(type.form[field]?.sensitive)
            if !readers.isEmpty { names[readers, default: []].append(field.text) }
        }
        return names
    }

    /// Where a state holds what was entered with an event; nil when only the journal does.
    func place(of event: Event) -> Place? {
        switch event {
        case .raised, .changed: .form
        case .completed(let instance, _, _), .childClosed(let instance, _, _),
            .received(let instance, outputs: _, at: _), .taken(let instance, number: _, outputs: _),
            .callAnswered(let instance, status: _, outputs: _):
            .step(instance)
        case .changeHeld(let change): .step(InstanceName(held: change.number))
        case .kept(let event): .step(InstanceName(kept: event.number))
        case .undoPrepared(let instance, _): .step(InstanceName(instance.step, scopes: instance.scopes + [.undo]))
        default: nil
        }
    }

    /// The paths of all sensitive values that a state holds.
    func paths(in state: RequestState) -> Set<String> {
        let answered = type.form.fields.filter { $0.sensitive != nil && state.values[$0.id.text] != nil }
        var paths = Set(answered.map(\.id.text))
        for (instance, step) in state.steps {
            for name in step.undo?.inputs.keys.sorted() ?? []
            where !undoReaders(of: name, of: instance.step).isEmpty {
                let undo = InstanceName(instance.step, scopes: instance.scopes + [.undo])
                paths.insert(Place.step(undo).path(of: name))
            }
            guard case .settled(.done(_, let outputs)) = step.status else { continue }
            for name in outputs.keys where isSensitive(output: name, of: instance.step) {
                paths.insert(Place.step(instance).path(of: name))
            }
        }
        for change in state.held {
            for name in change.values.keys where type.form[FieldID(name)]?.sensitive != nil {
                paths.insert(Place.step(InstanceName(held: change.number)).path(of: name))
            }
        }
        for event in state.kept {
            for name in event.values.keys where keptField(FieldID(name), of: event)?.sensitive != nil {
                paths.insert(Place.step(InstanceName(kept: event.number)).path(of: name))
            }
        }
        return paths
    }

    /// Whether an output of a step has readers of its own.
    func isSensitive(output name: String, of step: StepID) -> Bool {
        if ownField(FieldID(name), of: step)?.sensitive != nil { return true }
        guard let child = configuration.requestTypes[childType(of: step)] else { return false }
        return !outputReaders(of: name, in: child).isEmpty
    }

    /// The sensitive fields that an output of a request type is computed from.
    static func sources(of output: Output, in type: RequestType) -> [Field] {
        sources(of: output.value.selections, in: type)
    }

    /// The sensitive fields among what an expression reads.
    private static func sources(of selections: [[String]], in type: RequestType) -> [Field] {
        selections.compactMap { path in
            guard let first = path.first else { return nil }
            if let field = type.form[FieldID(first)] { return field.sensitive == nil ? nil : field }
            guard path.count > 1, let field = type.index[StepID(first)]?.kind.ownForm?[FieldID(path[1])],
                field.sensitive != nil
            else { return nil }
            return field
        }
    }

    private func readers(reading selections: [[String]]) -> String {
        Self.key(Self.sources(of: selections, in: type).first?.sensitive)
    }

    /// Of what is sent to another system, as `FrozenCall` names it.
    private func readers(of name: String, enteredInto call: CallStep) -> String {
        if name == FrozenCall.pathName { return readers(reading: call.path.selections) }
        let input = call.inputs.first { FrozenCall.enteredName(of: $0.name) == name }
        return input.map { readers(reading: $0.value.selections) } ?? ""
    }

    private func outputReaders(of name: String, in type: RequestType) -> String {
        guard let output = type.outputs.first(where: { $0.name == name }) else { return "" }
        return Self.key(Self.sources(of: output, in: type).first?.sensitive)
    }

    private func ownField(_ field: FieldID, of step: StepID) -> Field? {
        type.index[step]?.kind.ownForm?[field]
    }

    /// The readers of what the undo of a step gets.
    private func undoReaders(of name: String, of step: StepID) -> String {
        switch type.index[step]?.undo {
        case .request(let child)?: Self.key(configuration.requestTypes[child.type]?.form[FieldID(name)]?.sensitive)
        case .call(let call)?: readers(of: name, enteredInto: call)
        case .some(.none), nil: ""
        }
    }

    /// The field of a wait for that event; one that has readers of its own when any of them has.
    private func keptField(_ field: FieldID, of event: KeptEvent) -> Field? {
        let fields = type.index.all.compactMap { step -> Field? in
            guard case .wait(.event(let wait)) = step.kind, wait.event == event.event else { return nil }
            return wait.form[field]
        }
        return fields.first { $0.sensitive != nil } ?? fields.first
    }

    private func childType(of step: StepID) -> RequestTypeID {
        if case .request(let child) = type.index[step]?.kind { child.type } else { "" }
    }

    /// `team:hr-payroll`, several separated by commas in the order of the file.
    private static func key(_ sources: [PeopleSource]?) -> String {
        (sources ?? []).map { source in
            switch source {
            case .role(let role): "role:\(role)"
            case .group(let group): "group:\(group)"
            case .team(let team): "team:\(team)"
            case .person(let handle): "handle:\(handle)"
            case .expression(let expression): "expression:\(expression.source)"
            }
        }.joined(separator: ",")
    }
}

extension StepKind {
    /// What is asked of another system; nil for steps that call none.
    fileprivate var call: CallStep? { if case .call(let call) = self { call } else { nil } }

    /// What people are told; nil for steps that tell nothing.
    fileprivate var message: LocalizedTemplate? { if case .notify(let notify) = self { notify.message } else { nil } }

    /// What people enter, an event brings or a service answers: the step's outputs; nil for steps without such.
    var ownForm: Form? {
        switch self {
        case .task(let task): task.form
        case .call(let call): call.answer
        case .wait(.event(let wait)): wait.form
        case .approval, .request, .notify, .set, .wait, .block, .choose, .repeat, .each, .race, .adhoc, .end: nil
        }
    }
}
