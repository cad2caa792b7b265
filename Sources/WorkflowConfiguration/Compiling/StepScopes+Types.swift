import Expressions
import WorkflowCore

extension StepScopes {
    /// Whether a step leaves a record behind.
    static func hasOutputs(_ step: DraftStep) -> Bool {
        switch step.kind {
        case .task, .approval, .request, .call, .each, .race, .repeat: true
        case .choose(let choose): !choose.outputs.isEmpty || choose.cases.contains { !$0.gives.isEmpty }
        case .wait(.event(let event)): !event.fields.isEmpty
        case .notify, .set, .wait, .block, .adhoc, .end: false
        }
    }

    /// The record that a step leaves behind.
    ///
    /// - Parameter presence: Of what the step may leave out.
    func type(of position: Int, outputs presence: Presence) -> ExpressionType {
        let step = graph.steps[position]
        func record(_ fields: [String: VariableDeclaration]) -> ExpressionType {
            .record(RecordType(name: step.id.value, fields: fields))
        }
        func form(_ drafts: [DraftField]) -> ExpressionType {
            var fields: [String: VariableDeclaration] = [:]
            for field in drafts {
                let declaration = FormCompiler.declaration(field)
                // A condition of the form is about the form's own names, which mean nothing outside of it.
                fields[field.id.value] = VariableDeclaration(
                    type: declaration.type, presence: declaration.presence == .always ? presence : .sometimes,
                    size: declaration.size)
            }
            return record(fields)
        }
        switch step.kind {
        case .task(let task): return form(task.fields)
        case .call(let call): return form(call.answer)
        case .wait(.event(let event)): return form(event.fields)
        case .approval:
            let outcome = ChoiceType(name: "outcomes of an approval", members: ["approved", "rejected"])
            return record([
                "outcome": VariableDeclaration(type: .choice(outcome)),
                ApprovalOutcome.comments: VariableDeclaration(type: .list(.string), size: ApprovalOutcome.commentsSize),
            ])
        case .request(let child):
            guard let type = child.type, let contract = contracts[RequestTypeID(type.value)] else { return .dyn }
            return .record(contract.record(named: step.id.value, wait: child.wait, outputs: presence))
        case .each:
            let count = VariableDeclaration(type: .int, presence: presence)
            return record(["done": count, "failed": count])
        case .repeat: return record(["round": VariableDeclaration(type: .int)])
        case .race(let race):
            let branches = ChoiceType(name: "branches of \(step.id.value)", members: race.branches.map(\.id.value))
            return record(["winner": VariableDeclaration(type: .choice(branches), presence: presence)])
        case .choose(let choose): return record(given(by: choose, at: position, presence))
        case .notify, .set, .wait, .block, .adhoc, .end: return .dyn
        }
    }

    private func given(by choose: DraftChoose, at position: Int, _ presence: Presence) -> [String: VariableDeclaration]
    {
        let isSure = presence == .always && !choose.mayTakeNone
        return types(givenBy: choose, at: position).mapValues { type in
            VariableDeclaration(type: type, presence: isSure ? .always : .sometimes, size: type.usualSize)
        }
    }
}
