/// Departments meet only through contracts: a process names its own teams, and groups and roles, which are shared, but never another
/// department's team.
///
/// Four keys may name anybody, because they give nobody anything of another department: `audience` and `on_behalf` are the contract
/// itself, `not` takes a vote away, and `sensitive` only narrows who reads, as values that a contract passes on keep their readers.
struct OwnershipChecks {
    let type: RequestType
    let configuration: Configuration
    let flow: ProcessFlow

    func check(_ findings: inout CheckFindings) {
        checkType(&findings)
        for step in flow.steps {
            checkCommon(step, &findings)
            switch step.kind {
            case .repeat(let loop):
                if case .ask(let people)? = loop.onExhausted { check(people, of: step, "on_exhausted.ask", &findings) }
            case .each(let each): check(each.add?.by ?? [], of: step, "add.by", &findings)
            case .adhoc(let adhoc): check(adhoc.by, of: step, "by", &findings)
            case .notify(let notify): check(notify.to, of: step, "to", &findings)
            case .task(let task):
                check(task.assign, of: step, "assign", &findings)
                check(task.fallback, of: step, "fallback", &findings)
                check(task.nudges.escalation?.to ?? [], of: step, "escalate.to", &findings)
            case .approval(let approval):
                check(approval.from, of: step, "from", &findings)
                check(approval.fallback, of: step, "fallback", &findings)
                check(approval.addVoters, of: step, "add.by", &findings)
                check(approval.nudges.escalation?.to ?? [], of: step, "escalate.to", &findings)
            case .request, .call, .set, .wait, .block, .choose, .race, .end: break
            }
        }
    }

    private func checkType(_ findings: inout CheckFindings) {
        func check(_ people: [PeopleSource], _ key: String) {
            self.check(people, type.places, key, type.source, &findings)
        }
        check(type.cancellation?.by ?? [], "cancel.by")
        check(type.confidential ?? [], "confidential")
        for amendment in type.amendments { check(amendment.by, "amend.\(amendment.field).by") }
        for target in type.targets { check(target.onBreach, "targets.\(target.id).on_breach.tell") }
    }

    private func checkCommon(_ step: Step, _ findings: inout CheckFindings) {
        check(step.visibleTo ?? [], of: step, "visible_to", &findings)
        if case .tell(let people)? = step.onOverdue { check(people, of: step, "on_overdue.tell", &findings) }
        if case .ask(let people)? = step.onFailure {
            check(people, of: step, step.kind.isApproval ? "on_rejected.ask" : "on_failed.ask", &findings)
        }
    }

    private func check(_ people: [PeopleSource], of step: Step, _ key: String, _ findings: inout CheckFindings) {
        check(people, step.places, key, step.source, &findings)
    }

    private func check(
        _ people: [PeopleSource], _ places: Places, _ key: String, _ source: SourceLocation,
        _ findings: inout CheckFindings
    ) {
        for case .team(let id) in people {
            guard let team = configuration.teams[id], team.department != type.department else { continue }
            findings.error(
                .ownershipTeam, "The team `\(id)` works for \(team.department), not for \(type.department).",
                hint: "Raise a request of theirs, or name a group or a role, which are shared.",
                at: places.first(of: "\(key).team:\(id)", key) ?? source)
        }
    }
}
