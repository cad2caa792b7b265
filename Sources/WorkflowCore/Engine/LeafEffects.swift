import Expressions

extension Engine {
    /// What an event of calls, notices, changes or successors asks for; nothing for any other.
    static func leafEffects(of event: Event, from before: RequestState?, to after: RequestState) -> [Effect] {
        switch event {
        case .started(let name, .call(let call)):
            // One that was called off in the same breath is never made.
            guard let step = after.steps[name], case .call(let open) = step.status, open.id == call.id,
                !open.isCancelRequested
            else { return [] }
            return [
                .call(CallOrder(request: after.id, instance: name, attempt: step.attempt, call: call))
            ]
        case .callCancelRequested(let name):
            guard case .call(let call)? = before?.steps[name]?.status else { return [] }
            return [.cancelCall(call.id)]
        case .notified(let name, let parties, let text):
            return parties.isEmpty ? [] : [.notify(parties, LocalizedText(text), about: name)]
        case .changeForwarded(let name, let values, let cleared):
            guard case .request(let child)? = after.steps[name]?.status, !child.isCancelRequested else { return [] }
            var fields: [FieldID: Value?] = [:]
            for (field, value) in values { fields[FieldID(field)] = .some(value) }
            for field in cleared { fields[field] = .some(nil) }
            return [.amendChild(child.child, fields, version: after.version)]
        case .parentChangeRefused(let reason):
            return after.parent.map { [.report(.changeRefused(reason: reason), to: $0, from: after.id)] } ?? []
        case .reopened(let successor, let values):
            var order = SuccessorOrder(
                successor: successor, type: after.type, requester: after.requester, beneficiary: after.beneficiary,
                successorOf: after.id, values: values)
            order.restriction = after.restriction
            return [.raiseSuccessor(order)]
        default: return []
        }
    }
}
