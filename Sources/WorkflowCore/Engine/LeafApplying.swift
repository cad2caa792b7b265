import Expressions

extension RequestState {
    /// Changes the state by an event of calls, waits, changes, targets or what follows the end; any other changes nothing.
    mutating func applyLeaf(_ event: Event, at instant: Instant) {
        switch event {
        case .changed(_, let values, let cleared):
            for field in cleared { self.values[field.text] = nil }
            self.values.merge(values) { $1 }
        case .changeHeld(let change):
            heldCount = max(heldCount, change.number)
            held.append(change)
        case .changeConfirmed(let number), .changeDropped(let number): held.removeAll { $0.number == number }
        case .parentChanged(let version): parentVersion = max(parentVersion, version)
        case .alarmSet(let name, let alarm, let moment):
            if steps[name]?.status.isOpen == true { steps[name]?.alarms[alarm] = moment }
        case .alarmRemoved(let name, let alarm), .alarmRang(let name, let alarm): steps[name]?.alarms[alarm] = nil
        case .received(let name, let outputs, at: _): finishWait(name, outputs, at: instant)
        case .kept(let event):
            keptCount = max(keptCount, event.number)
            kept.append(event)
        case .taken(let name, let number, let outputs):
            kept.removeAll { $0.number == number }
            finishWait(name, outputs, at: instant)
        case .expired(let number): kept.removeAll { $0.number == number }
        case .callAnswered(let name, status: _, let outputs):
            guard case .call? = steps[name]?.status else { return }
            settle(name, .done(outcome: nil, outputs: outputs), at: instant)
        case .callCancelRequested(let name):
            guard case .call(var call)? = steps[name]?.status else { return }
            call.isCancelRequested = true
            steps[name]?.status = .call(call)
            steps[name]?.deadline = nil
            steps[name]?.alarms = [:]
            steps[name]?.isSuspended = false
        case .ticked(let name, let item, let isDone, by: let person):
            if let person { participants.insert(person) }
            changeTask(name) { task in
                if isDone { task.ticked.insert(item) } else { task.ticked.remove(item) }
            }
        case .handedOver(let name, to: let heir, by: let person):
            participants.formUnion([person, heir])
            changeTask(name) { $0.take(heir, isHandedOver: true) }
        case .voterAdded(let name, let voter, by: let person):
            participants.formUnion([person, voter])
            guard case .approval(let open)? = steps[name]?.status else { return }
            steps[name]?.status = .approval(
                OpenApproval(electorate: open.electorate.adding(voter), votes: open.votes))
        case .stoodIn(let name, by: let person, for: let absentees):
            participants.insert(person)
            guard case .approval(let open)? = steps[name]?.status else { return }
            let standIns = Dictionary(uniqueKeysWithValues: Set(absentees).map { ($0, Set([person])) })
            steps[name]?.status = .approval(
                OpenApproval(electorate: open.electorate.adding(standIns: standIns), votes: open.votes))
        case .unreadable(let name, let key, reason: _): steps[name]?.unreadable.insert(key)
        case .readable(let name, let key): steps[name]?.unreadable.remove(key)
        case .returned(let name): changeTask(name) { $0.take(nil) }
        case .askedOthers(let name, let parties):
            guard case .asking(let failure, _)? = steps[name]?.status else { return }
            steps[name]?.status = .asking(failure, parties)
            involved.formUnion(parties)
        case .restricted(let team, reason: _): restriction = team
        case .unrestricted: restriction = nil
        case .confined(let name, to: let parties): confine(name, to: parties)
        case .rated(let score, comment: _): self.score = score
        case .reopened(let successor, values: _): self.successor = successor
        case .successorRefused(let successor, reason: _): if self.successor == successor { self.successor = nil }
        case .erased(let reason): if reason != .contributor { isErased = true }
        default: applyTarget(event)
        }
    }

    /// Whoever has the task need not be among those it is offered to any more. Whom the restriction names sees the request by that, and as
    /// long.
    private mutating func confine(_ name: InstanceName, to parties: [Party]) {
        switch steps[name]?.status {
        case .task(let task)?:
            steps[name]?.status = .task(
                OpenTask(
                    offeredTo: parties, assignee: task.assignee, ticked: task.ticked,
                    isHandedOver: task.assignee != nil))
        case .asking(let failure, _)?: steps[name]?.status = .asking(failure, parties)
        default: break
        }
    }

    private mutating func applyTarget(_ event: Event) {
        switch event {
        case .targetSet(let id, let clock):
            let status: TargetState.Status = clock.since == nil ? .paused : .running
            targets[id] = TargetState(status: status, clock: clock, warned: targets[id]?.warned ?? [])
        case .targetWarned(let id, let percent): targets[id]?.warned.append(percent)
        case .targetMet(let id): targets[id]?.status = .met
        case .targetMissed(let id): targets[id]?.status = .missed
        case .targetDropped(let id):
            let none = TargetClock(unit: .seconds, budget: 0, spent: 0, since: nil, due: nil, warning: nil)
            targets[id, default: TargetState(status: .dropped, clock: none)].status = .dropped
        default: break
        }
    }

    private mutating func finishWait(_ name: InstanceName, _ outputs: [String: Value], at instant: Instant) {
        guard case .wait? = steps[name]?.status else { return }
        settle(name, .done(outcome: nil, outputs: outputs), at: instant)
    }
}
