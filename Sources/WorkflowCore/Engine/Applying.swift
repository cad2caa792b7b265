import Expressions

extension RequestState {
    /// Changes the state by one event; see `Engine.apply`.
    mutating func apply(_ event: Event, at instant: Instant) {
        version += 1
        switch event {
        case .raised, .told, .commented, .noted, .cancelRequested, .childRefused: break
        case .started(let name, let step): start(name, step, at: instant)
        case .reoffered(let name, let step): reoffer(name, step)
        case .skipped(let name): settle(name, .skipped, at: instant)
        case .claimed(let name, by: let person):
            participants.insert(person)
            changeTask(name) { $0.take(person) }
        case .released(let name): changeTask(name) { $0.take(nil) }
        case .completed(let name, by: let person, outputs: let outputs):
            if let person { participants.insert(person) }
            settle(name, .done(outcome: nil, outputs: outputs), at: instant)
            steps[name]?.completedBy = person
        case .voted(let name, by: let person, let decision, comment: let comment):
            participants.insert(person)
            guard case .approval(var approval)? = steps[name]?.status else { return }
            approval.votes.append(Vote(voter: person, decision: decision, comment: comment))
            steps[name]?.status = .approval(approval)
        case .childSubmitted(let name, number: let number): changeChild(name) { $0.number = number }
        case .childClosed(let name, let outcome, outputs: var outputs):
            guard case .request? = steps[name]?.status, outcome.isGood else { return }
            outputs["outcome"] = .string(outcome.id.text)
            settle(name, .done(outcome: outcome.id.text, outputs: outputs), at: instant)
        case .done(let name, outcome: let outcome): finish(name, outcome, at: instant)
        case .failed(let name, let failure, handling: let handling): fail(name, failure, handling, at: instant)
        case .retried(let name, attempt: let attempt):
            if case .asking(let failure, _)? = steps[name]?.status { fail(name, failure, .retried, at: instant) }
            steps[name]?.attempt = attempt
        case .reset(let name): steps[name] = nil
        case .cancelled(let name): settle(name, .cancelled, at: instant)
        case .deadlineSet(let name, let deadline): steps[name]?.deadline = deadline
        case .deadlineRemoved(let name): steps[name]?.deadline = nil
        case .deadlinePassed(let name): steps[name]?.isOverdue = true
        case .childCancelRequested(let name):
            changeChild(name) { $0.isCancelRequested = true }
            steps[name]?.deadline = nil
            steps[name]?.alarms = [:]
            steps[name]?.isSuspended = false
        case .roundStarted(let name, round: let round): steps[name]?.parts = .rounds(round)
        case .elementAdded(let name, let element):
            guard case .elements(let elements)? = steps[name]?.parts else { return }
            steps[name]?.parts = .elements(elements + [element])
        case .stepAdded(let name, let template, key: let key):
            var added: [AddedStep] = []
            if case .added(let before)? = steps[name]?.parts { added = before }
            steps[name]?.parts = .added(added + [AddedStep(template: template, key: key)])
        case .won(let name, branch: let branch):
            var winners: [StepID] = []
            if case .winners(let before)? = steps[name]?.parts { winners = before }
            steps[name]?.parts = .winners(winners + [branch])
        case .held(let name, resource: let resource): steps[name]?.held = resource
        case .suspended(let name): steps[name]?.isSuspended = true
        case .resumed(let name): steps[name]?.isSuspended = false
        case .postponed(let name): postpone(name, at: instant)
        case .endKept(let name, let end): steps[name]?.keptEnd = KeptEnd(end, at: instant)
        case .undoPrepared(let name, inputs: let inputs):
            steps[name]?.undo = PreparedUndo(inputs: inputs, order: version)
        case .undoDue(let name): steps[name]?.undo?.isDue = true
        case .ending(let outcome): phase = .ending(outcome)
        case .closed(let outcome, outputs: let outputs):
            phase = .closed(outcome, outputs: outputs)
            closedAt = instant
        case .changed, .changeHeld, .changeConfirmed, .changeDropped, .changeForwarded, .childChangeRefused,
            .parentChanged, .parentChangeRefused, .notified, .alarmSet, .alarmRemoved, .alarmRang, .received, .kept,
            .taken, .expired,
            .callAnswered, .callCancelRequested, .unreadable, .readable, .ticked, .handedOver, .voterAdded, .stoodIn,
            .returned, .askedOthers,
            .restricted, .unrestricted, .confined,
            .targetSet, .targetWarned,
            .targetMet, .targetMissed, .targetDropped, .rated, .reopened, .successorRefused, .erased:
            applyLeaf(event, at: instant)
        }
    }

    private mutating func start(_ name: InstanceName, _ step: StartedStep, at instant: Instant) {
        let status: StepStatus
        var parts: ContainerParts?
        switch step {
        case .task(let offeredTo, let assignee):
            status = .task(OpenTask(offeredTo: offeredTo, assignee: assignee))
            involved.formUnion(offeredTo)
            if let assignee { participants.insert(assignee) }
        case .approval(let electorate):
            status = .approval(OpenApproval(electorate: electorate))
            participants.formUnion(electorate.voters)
        case .request(let child, let type, inputs: _, wait: _): status = .request(OpenChild(child: child, type: type))
        case .block: status = .block
        case .choice(let taken, let gives): (status, parts) = (.block, .choice(taken, gives: gives))
        case .rounds: (status, parts) = (.block, .rounds(1))
        case .elements(let elements): (status, parts) = (.block, .elements(elements))
        case .call(let call): status = .call(OpenCall(id: call.id, service: call.service))
        case .wait(let event, let key): status = .wait(OpenWait(event: event, key: key))
        }
        var started = StepState(status: status, since: instant, attempt: steps[name]?.attempt ?? 1)
        started.parts = parts
        // One that was put aside before it began is open since then, and its deadline has run on.
        if let postponed = steps[name], postponed.isPostponed {
            started.since = postponed.since
            started.deadline = postponed.deadline
            started.isOverdue = postponed.isOverdue
            started.unreadable = postponed.unreadable
        }
        steps[name] = started
    }

    private mutating func postpone(_ name: InstanceName, at instant: Instant) {
        var postponed = StepState(status: .block, since: instant, attempt: steps[name]?.attempt ?? 1)
        postponed.isSuspended = true
        postponed.isPostponed = true
        steps[name] = postponed
    }

    /// Only who is asked changes.
    private mutating func reoffer(_ name: InstanceName, _ step: StartedStep) {
        switch (steps[name]?.status, step) {
        case (.task(let open)?, .task(let offeredTo, let assignee)):
            steps[name]?.status = .task(OpenTask(offeredTo: offeredTo, assignee: assignee, ticked: open.ticked))
            involved.formUnion(offeredTo)
            if let assignee { participants.insert(assignee) }
        case (.approval(let open)?, .approval(let electorate)):
            steps[name]?.status = .approval(OpenApproval(electorate: electorate, votes: open.votes))
            participants.formUnion(electorate.voters)
        default: break
        }
    }

    mutating func settle(_ name: InstanceName, _ settlement: Settlement, at instant: Instant) {
        change(name, to: .settled(settlement), at: instant)
    }

    /// Deadlines end with the work.
    private mutating func change(_ name: InstanceName, to status: StepStatus, at instant: Instant) {
        guard var step = steps[name] else {
            steps[name] = StepState(status: status, since: instant)
            return
        }
        (step.pastVotes, step.pastChild) = (step.votes, step.child)
        step.status = status
        step.deadline = nil
        step.isSuspended = false
        step.isPostponed = false
        step.keptEnd = nil
        step.unreadable = []
        if !status.isOpen { step.held = nil }
        step.alarms = [:]
        steps[name] = step
    }

    private mutating func finish(_ name: InstanceName, _ outcome: String?, at instant: Instant) {
        var outputs: [String: Value] = [:]
        switch steps[name]?.status {
        case .approval?: outputs["outcome"] = outcome.map { .string($0) }
        case .request(let child)?: outputs["number"] = child.number.map { .string($0) }
        default: break
        }
        settle(name, .done(outcome: outcome, outputs: outputs), at: instant)
    }

    private mutating func fail(
        _ name: InstanceName, _ failure: Failure, _ handling: FailureHandling, at instant: Instant
    ) {
        if case .asked(let parties) = handling {
            involved.formUnion(parties)
            change(name, to: .asking(failure, parties), at: instant)
            return
        }
        let outcome: String? =
            switch failure {
            case .rejected: ApprovalOutcome.rejected
            case .child(let outcome): outcome
            case .overdue, .inner, .evaluation, .nobody, .exhausted, .unmet, .noCase, .call, .rule, .changed: nil
            }
        settle(name, .failed(failure, handling, outcome: outcome), at: instant)
    }

    mutating func changeTask(_ name: InstanceName, _ change: (inout OpenTask) -> Void) {
        guard case .task(var task)? = steps[name]?.status else { return }
        change(&task)
        steps[name]?.status = .task(task)
    }

    private mutating func changeChild(_ name: InstanceName, _ change: (inout OpenChild) -> Void) {
        guard case .request(var child)? = steps[name]?.status else { return }
        change(&child)
        steps[name]?.status = .request(child)
    }
}
