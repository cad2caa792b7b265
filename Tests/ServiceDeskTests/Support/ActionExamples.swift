import ServiceDesk
import WorkflowCore

extension RequestAction {
    /// One such action on a request of the test organisation.
    var example: Action {
        switch self {
        case .comment: .comment("A remark")
        case .note: .note("A remark", .workers)
        case .cancel: .cancel(reason: "Changed")
        case .amend: .amend([:])
        case .receive: .receive(event: "arrived", key: nil, [:])
        case .rate: .rate(score: 4, comment: "Fine")
        case .reopen: .reopen([:])
        case .restrict: .restrict(to: "hr-payroll", reason: "A suspicion")
        case .unrestrict: .unrestrict(reason: "Settled")
        }
    }
}

extension StepView {
    /// One such action on this step of a request of the test organisation.
    func example(_ action: StepAction) -> Action {
        switch action {
        case .claim: return .claim(instance)
        case .release: return .release(instance)
        case .complete:
            return .complete(
                instance,
                Dictionary(
                    uniqueKeysWithValues: form.map { ($0.id, $0.type == "integer" ? .number("2") : .string("text")) }))
        case .handOver: return .handOver(instance, to: assignee?.handle == "ivo" ? "ida" : "ivo")
        case .tick:
            let line = checklist.first
            return .tick(instance, item: line?.id ?? "", isDone: line?.isDone == false)
        case .approve: return .approve(instance, comment: "Fine")
        case .reject: return .reject(instance, comment: nil)
        case .addVoter: return .addVoter(instance, "pia")
        case .retry: return .retry(instance)
        // A bad outcome that all types of the test organisation have.
        case .giveUp: return .giveUp(instance, "withdrawn")
        case .accept: return .accept(instance)
        case .addElement: return .addElement(instance, .string("another"))
        case .addStep: return .addStep(instance, templates.first?.id ?? "")
        }
    }
}
