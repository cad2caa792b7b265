/// Departments meet only through contracts: a process does not give work to another department's team.
struct OwnershipChecks {
    let type: RequestType
    let configuration: Configuration
    let flow: ProcessFlow

    func check(_ findings: inout CheckFindings) {
        for step in flow.steps {
            if case .tell(let people)? = step.onOverdue { check(people, of: step, "on_overdue", &findings) }
            if case .ask(let people)? = step.onFailure {
                check(people, of: step, step.kind.isApproval ? "on_rejected" : "on_failed", &findings)
            }
            switch step.kind {
            case .repeat(let loop):
                if case .ask(let people)? = loop.onExhausted { check(people, of: step, "on_exhausted", &findings) }
            case .each(let each): check(each.add?.by ?? [], of: step, "add", &findings)
            case .adhoc(let adhoc): check(adhoc.by, of: step, "by", &findings)
            case .task(let task):
                check(task.assign, of: step, "assign", &findings)
                check(task.fallback, of: step, "fallback", &findings)
                check(task.nudges.escalation?.to ?? [], of: step, "escalate", &findings)
            case .approval(let approval):
                check(approval.from, of: step, "from", &findings)
                check(approval.fallback, of: step, "fallback", &findings)
                check(approval.addVoters, of: step, "add", &findings)
                check(approval.nudges.escalation?.to ?? [], of: step, "escalate", &findings)
            default: break
            }
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
}
