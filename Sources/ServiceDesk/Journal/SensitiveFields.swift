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
            .callAnswered(let instance, status: _, outputs: _):
            Self.key(ownField(FieldID(name), of: instance.step)?.sensitive)
        case .undoPrepared(let instance, _): Self.key(undoField(FieldID(name), of: instance.step)?.sensitive)
        case .started(_, .request(_, let child, _, _)):
            Self.key(configuration.requestTypes[child]?.form[FieldID(name)]?.sensitive)
        case .childClosed(let instance, _, _):
            configuration.requestTypes[childType(of: instance.step)].map { outputReaders(of: name, in: $0) } ?? ""
        case .closed: outputReaders(of: name, in: type)
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
            .received(let instance, outputs: _, at: _), .callAnswered(let instance, status: _, outputs: _):
            .step(instance)
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
            where undoField(FieldID(name), of: instance.step)?.sensitive != nil {
                let undo = InstanceName(instance.step, scopes: instance.scopes + [.undo])
                paths.insert(Place.step(undo).path(of: name))
            }
            guard case .settled(.done(_, let outputs)) = step.status else { continue }
            for name in outputs.keys where isSensitive(output: name, of: instance.step) {
                paths.insert(Place.step(instance).path(of: name))
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
        output.value.selections.compactMap { path in
            guard let first = path.first else { return nil }
            if let field = type.form[FieldID(first)] { return field.sensitive == nil ? nil : field }
            guard path.count > 1, case .task(let task) = type.index[StepID(first)]?.kind,
                let field = task.form[FieldID(path[1])], field.sensitive != nil
            else { return nil }
            return field
        }
    }

    private func outputReaders(of name: String, in type: RequestType) -> String {
        guard let output = type.outputs.first(where: { $0.name == name }) else { return "" }
        return Self.key(Self.sources(of: output, in: type).first?.sensitive)
    }

    private func ownField(_ field: FieldID, of step: StepID) -> Field? {
        type.index[step]?.kind.ownForm?[field]
    }

    /// The field of the request that undoes a step; nil for a step without such, or no field of that name.
    private func undoField(_ field: FieldID, of step: StepID) -> Field? {
        guard case .request(let child)? = type.index[step]?.undo else { return nil }
        return configuration.requestTypes[child.type]?.form[field]
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
