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
        return RequestView(
            summary: reading.summary(
                head, raisedAt: request.raisedAt, changedAt: request.changedAt, version: state.version),
            parent: state.parent.flatMap { relatives.byID[$0.request] }.flatMap { $0.isVisible ? $0.reference : nil },
            fields: fields(), steps: steps(),
            outputs: outputs(), actions: actions())
    }

    private func fields() -> [FieldView] {
        type.form.fields.compactMap { field in
            guard let value = state.values[field.id.text],
                Rules.canRead(field, on: state, in: reading.context)
            else { return nil }
            return self.field(field, value)
        }
    }

    private func field(_ field: Field, _ value: Value) -> FieldView {
        FieldView(
            id: field.id.text, label: reading.text(field.label), value: value.json,
            text: reading.values.text(value, field.kind))
    }

    private func outputs() -> [FieldView] {
        guard case .closed(let outcome, let outputs) = state.phase, outcome.isGood else { return [] }
        return type.outputs.compactMap { output in
            guard let value = outputs[output.name] else { return nil }
            // An output tells as much as the fields it is computed from.
            let sources = SensitiveFields.sources(of: output, in: type)
            let isReadable = sources.allSatisfy { Rules.canRead($0, on: state, in: reading.context) }
            return isReadable ? plain(output.name, value) : nil
        }
    }

    private func plain(_ name: String, _ value: Value) -> FieldView {
        FieldView(
            id: name, label: String(name.map { $0 == "_" ? " " : $0 }), value: value.json,
            text: reading.values.text(value))
    }

    private func actions() -> [RequestAction] {
        var actions: [RequestAction] = []
        if Rules.isPossible(.comment("?"), on: state, in: reading.context) { actions.append(.comment) }
        if Rules.isPossible(.cancel(reason: nil), on: state, in: reading.context) { actions.append(.cancel) }
        return actions
    }

    private func steps() -> [StepView] {
        let instances = Dictionary(grouping: state.steps.keys, by: \.step)
        return type.index.all.flatMap { step -> [StepView] in
            switch step.kind {
            case .notify, .set, .block, .choose, .repeat, .each, .race, .adhoc, .end: return []
            case .task, .approval, .request, .call, .wait: break
            }
            let started = (instances[step.id] ?? []).sorted()
            return (started.isEmpty ? [InstanceName(step.id)] : started).map { self.step(step, $0) }
        }
    }

    private func step(_ step: Step, _ instance: InstanceName) -> StepView {
        let step = StepViewBuilder(
            reading: reading, state: state, step: step, instance: instance, relatives: relatives)
        return step.view { name, value in
            if let field = step.field(name) {
                let isReadable = Rules.canRead(field, in: instance, on: state, in: reading.context)
                return isReadable ? self.field(field, value) : nil
            }
            return step.mayRead(output: name) ? plain(name, value) : nil
        }
    }
}
