public import Expressions

extension Engine {
    /// What is to be done outside once events are stored: differences of inboxes and timers, by instance name, then orders, reports and
    /// notices in the order of the events.
    ///
    /// - Parameters:
    ///   - before: The state that the events were decided on; nil for a new request.
    ///   - after: The state with all of them applied.
    public static func effects(
        of events: [Event], from before: RequestState?, to after: RequestState
    ) -> [Effect] {
        // What no event is about has not changed.
        var names = Set(events.lazy.compactMap(\.instance))
        for id in Set((before?.targets ?? [:]).keys).union(after.targets.keys) {
            names.insert(InstanceName(target: id))
        }
        // Whom an approval waits for besides its members is another matter while the request is restricted.
        if let before, before.restriction != after.restriction { names.formUnion(after.steps.keys) }
        let changed = names.sorted()
        var effects: [Effect] = []
        for name in changed {
            let item = after.workItem(of: name)
            guard before?.workItem(of: name) != item else { continue }
            effects.append(item.map { .offer($0) } ?? .withdraw(name))
        }
        for name in changed {
            let timer = after.timer(of: name)
            guard before?.timer(of: name) != timer else { continue }
            effects.append(timer.map { .setTimer(name, $0) } ?? .clearTimer(name))
        }
        var cancelled: Set<RequestID> = []
        for effect in events.flatMap({ self.effects(of: $0, from: before, to: after) }) {
            // A child that says that it has begun, and is asked to end because of that, is asked once.
            if case .cancelChild(let child) = effect, !cancelled.insert(child).inserted { continue }
            effects.append(effect)
        }
        return effects
    }

    private static func effects(of event: Event, from before: RequestState?, to after: RequestState) -> [Effect] {
        switch event {
        case .raised(let raised):
            return raised.parent.map { [.report(.submitted(number: raised.number), to: $0, from: raised.id)] } ?? []
        case .started(let name, .request(let child, let type, let inputs, wait: _)):
            // One that was cancelled in the same breath is never raised.
            guard case .request(let open)? = after.steps[name]?.status, open.child == child else { return [] }
            let order = ChildOrder(
                child: child, type: type, requester: after.requester, beneficiary: after.beneficiary,
                parent: Parent(request: after.id, instance: name), parentType: after.type, inputs: inputs)
            return [.raiseChild(order)]
        case .childCancelRequested(let name):
            guard case .request(let child)? = before?.steps[name]?.status else { return [] }
            // A child that does not exist yet is told once it does, so that the order of deliveries cannot matter.
            if case .request(let open)? = after.steps[name]?.status, open.child == child.child, open.number == nil {
                return []
            }
            return [.cancelChild(child.child)]
        case .childSubmitted(let name, number: _):
            guard case .request(let child)? = after.steps[name]?.status, child.isCancelRequested else { return [] }
            return [.cancelChild(child.child)]
        case .closed(let outcome, let outputs):
            return after.parent.map { [.report(.closed(outcome, outputs: outputs), to: $0, from: after.id)] } ?? []
        case .told(let parties, let notice, about: let name): return [.tell(parties, notice, about: name)]
        default: return leafEffects(of: event, from: before, to: after)
        }
    }
}

extension RequestState {
    /// What is in inboxes because of this request.
    public var workItems: [InstanceName: WorkItem] {
        var items: [InstanceName: WorkItem] = [:]
        for name in steps.keys { items[name] = workItem(of: name) }
        return items
    }

    /// What is in inboxes because of one instance; nil for nothing.
    func workItem(of name: InstanceName) -> WorkItem? {
        guard let step = steps[name], !step.isSuspended else { return nil }
        let kind: WorkItem.Kind
        let offeredTo: [Party]
        var assignee: PersonID?
        switch step.status {
        case .task(let task):
            kind = .task
            offeredTo = task.offeredTo
            assignee = task.assignee
        case .approval(let approval):
            let cast = Set(approval.votes.map(\.voter))
            kind = .approval
            // A restriction leaves votes to those whose they are; others come in only when they see the request anyway.
            let voters = restriction == nil ? approval.electorate.voters : approval.electorate.members
            offeredTo = voters.filter { !cast.contains($0) }.map(Party.person)
        case .asking(_, let parties):
            kind = .decision
            offeredTo = parties
        case .request, .block, .call, .wait, .settled: return nil
        }
        return WorkItem(
            instance: name, kind: kind, offeredTo: offeredTo, assignee: assignee, since: step.since, due: step.deadline)
    }

    /// When steps and targets have to be looked at next, by the name of the instance or of the target.
    public var timers: [InstanceName: Instant] {
        var timers = steps.compactMapValues(\.nextAlarm)
        if case .open = phase {
            for (id, target) in targets { timers[InstanceName(target: id)] = target.alarm }
        }
        return timers
    }

    /// When one step or target has to be looked at next; nil for never.
    func timer(of name: InstanceName) -> Instant? {
        guard let target = name.target else { return steps[name]?.nextAlarm }
        return phase == .open ? targets[target]?.alarm : nil
    }
}
