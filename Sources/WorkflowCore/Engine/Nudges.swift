import Expressions

extension Decision {
    /// Sets the alarms of a task or an approval that has just started.
    mutating func setNudges(_ nudges: Nudges, of instance: StepInstance) throws(EvaluationError) {
        guard let step = state.steps[instance.name], step.status.isOpen else { return }
        if let remind = nudges.remind { try setAlarm(.remind, after: remind, from: step.since, of: instance) }
        if let escalation = nudges.escalation {
            try setAlarm(.escalate, after: escalation.after, from: step.since, of: instance)
        }
    }

    /// A span of nothing never rings: it would ring for ever.
    private mutating func setAlarm(
        _ alarm: Alarm, after span: CheckedExpression, from start: Instant, of instance: StepInstance
    ) throws(EvaluationError) {
        let moment = try moment(of: span, since: start, on: context.time.working.closeOfBusiness, at: instance)
        guard let moment, moment > start else { return }
        emit(.alarmSet(instance.name, alarm, moment))
    }

    /// Reminds whoever has not acted, and again after the same span from now.
    mutating func remind(_ instance: StepInstance) {
        let name = instance.name
        emit(.alarmRang(name, .remind))
        let silent = state.steps[name]?.isSuspended == true ? [] : silentParties(name)
        if !silent.isEmpty { emit(.told(silent, .reminder, about: name)) }
        guard let remind = instance.step.nudges?.remind else { return }
        do throws(EvaluationError) {
            try setAlarm(.remind, after: remind, from: context.now, of: instance)
        } catch {
            fail(instance, .evaluation(error.sentence(about: "remind", of: instance.step)))
        }
    }

    /// Asks more people: whoever stands in for a silent voter, or more people for a task.
    mutating func escalate(_ instance: StepInstance) {
        let name = instance.name
        emit(.alarmRang(name, .escalate))
        guard let escalation = instance.step.nudges?.escalation else { return }
        switch state.steps[name]?.status {
        case .task(let task)?:
            let asked = inside(people(for: task.assignee, escalation, at: instance))
            let more = asked.filter { !task.offeredTo.contains($0) }
            if !more.isEmpty {
                emit(.reoffered(name, .task(offeredTo: task.offeredTo + more, assignee: task.assignee)))
            }
            // A restriction keeps out whom the step names: then its team hears of it, which has the task already.
            if !more.isEmpty || state.restriction != nil && !asked.isEmpty {
                emit(.told(more.isEmpty ? asked : more, .escalated, about: name))
            }
        case .approval(let approval)?: escalate(instance, approval, escalation)
        default: break
        }
    }

    /// Each silent member of a seat gets people who may vote in their place.
    private mutating func escalate(_ instance: StepInstance, _ approval: OpenApproval, _ escalation: Escalation) {
        guard case .approval(let definition) = instance.step.kind else { return }
        let cast = Set(approval.votes.map(\.voter))
        var standIns: [PersonID: Set<PersonID>] = [:]
        let excluded = excludedPeople(definition, at: instance)
        for member in approval.electorate.members where !cast.contains(member) {
            let parties = people(for: member, escalation, at: instance)
            let persons = parties.flatMap { context.directory.members(of: $0, in: context.configuration) }
            standIns[member] = Set(persons).filter(isInside).subtracting(excluded).subtracting([member])
        }
        let electorate = approval.electorate.adding(standIns: standIns)
        let asked = Set(electorate.voters).subtracting(approval.electorate.voters).sorted()
        guard electorate != approval.electorate else {
            // Nobody of the restriction's team may vote in their place; it hears that somebody is silent.
            if let team = state.restriction, approval.electorate.members.contains(where: { !cast.contains($0) }) {
                emit(.told([.team(team)], .escalated, about: instance.name))
            }
            return
        }
        emit(.reoffered(instance.name, .approval(electorate)))
        if !asked.isEmpty { emit(.told(asked.map(Party.person), .escalated, about: instance.name)) }
    }

    /// Whom `escalate` names for somebody silent, as far as it can be worked out: `voter` is absent while nobody has a task.
    private func people(for voter: PersonID?, _ escalation: Escalation, at instance: StepInstance) -> [Party] {
        var activation = activation(at: instance)
        if let voter { activation = activation.adding(["voter": .person(voter.description)]) }
        let resolver = PeopleResolver(activation: activation, context: context)
        var parties: [Party] = []
        for source in escalation.to {
            do throws(EvaluationError) {
                for party in try resolver.reachable([source]) where !parties.contains(party) { parties.append(party) }
            } catch {
                // One source that has nobody to go by leaves the others.
                continue
            }
        }
        return parties
    }

    /// Whose turn it is: the assignee, else those to whom a task is offered; of an approval, the members who neither voted nor were voted for.
    func silentParties(_ name: InstanceName) -> [Party] {
        switch state.steps[name]?.status {
        case .task(let task)?: task.assignee.map { [.person($0)] } ?? task.offeredTo
        case .approval(let approval)?: approval.electorate.silent(after: approval.votes).map(Party.person)
        case .asking(_, let parties)?: parties
        default: []
        }
    }
}

extension Step {
    /// How whoever works on it is reminded; nil for steps on which nobody works.
    var nudges: Nudges? {
        switch kind {
        case .task(let task): task.nudges
        case .approval(let approval): approval.nudges
        case .request, .call, .notify, .set, .wait, .block, .choose, .repeat, .each, .race, .adhoc, .end: nil
        }
    }
}
