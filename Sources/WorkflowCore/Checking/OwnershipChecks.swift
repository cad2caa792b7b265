/// Departments meet only through contracts: a process does not give work to another department's team, and calls only what is
/// offered to it.
struct OwnershipChecks {
    let type: RequestType
    let configuration: Configuration
    let flow: ProcessFlow

    func check(_ findings: inout CheckFindings) {
        for step in flow.steps {
            switch step.kind {
            case .task(let task):
                check(task.assign, of: step, "assign", &findings)
                check(task.fallback, of: step, "fallback", &findings)
                check(task.nudges.escalation?.to ?? [], of: step, "escalate", &findings)
            case .approval(let approval):
                check(approval.from, of: step, "from", &findings)
                check(approval.fallback, of: step, "fallback", &findings)
                check(approval.nudges.escalation?.to ?? [], of: step, "escalate", &findings)
            case .call(let call): check(call, of: step, "service", &findings)
            default: break
            }
            if case .call(let call)? = step.undo { check(call, of: step, "undo.call.service", &findings) }
        }
    }

    private func check(_ people: [PeopleSource], of step: Step, _ key: String, _ findings: inout CheckFindings) {
        for case .team(let id) in people {
            guard let team = configuration.teams[id], team.department != type.department else { continue }
            findings.error(
                .ownershipTeam, "The team `\(id)` works for \(team.department), not for \(type.department).",
                hint: "Raise a request of theirs, or ask a group or a role.",
                at: step.places.first(of: "\(key).team:\(id)", key) ?? step.source)
        }
    }

    private func check(_ call: CallStep, of step: Step, _ key: String, _ findings: inout CheckFindings) {
        guard let service = configuration.services[call.service], !service.offeredTo.includes(type.department) else {
            return
        }
        findings.error(
            .ownershipService, "The service `\(call.service)` is not offered to \(type.department).",
            hint: "Its owners add `\(type.department)` to `offered_to`.", at: step.place(key))
    }
}
