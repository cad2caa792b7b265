import Expressions

extension Decision {
    /// Brings the deadline of every open step to what its `due` says now, and waits to when they are over; what has been reached stays.
    ///
    /// A `due` that cannot be worked out any more stays what it was. True when a step failed because what it says could not be worked out
    /// at its start, or until when it waits, so that other steps may have to move.
    mutating func updateDeadlines() -> Bool {
        guard state.phase == .open, type.index.hasTimes else { return false }
        let timed = openInstances { step, state in
            if case .wait = step.kind { true } else { step.due != nil && !state.isOverdue }
        }
        for instance in timed + openConfirmations where instance.canBeDue {
            let name = instance.name
            var part = "wait"
            do throws(EvaluationError) {
                if case .wait(let wait) = instance.step.kind { try updateWake(instance, wait) }
                part = "due"
                guard let due = instance.step.due, let open = state.steps[name], open.status.canBeDue, !open.isOverdue
                else { continue }
                let deadline = try moment(
                    of: due, since: open.since, on: context.time.working.closeOfBusiness, at: instance)
                noteReadable(instance, .due)
                guard deadline != open.deadline else { continue }
                emit(deadline.map { .deadlineSet(name, $0) } ?? .deadlineRemoved(name))
            } catch {
                // A change that waits to be confirmed is not given up either: it may be what makes the deadline readable.
                if part == "due", !hasBegunNow(name) || instance.change != nil {
                    keepAsItWas(instance, .due, error)
                    continue
                }
                fail(instance, .evaluation(error.sentence(about: part, of: instance.step)))
                return true
            }
        }
        return false
    }

    /// The moment that a span, a date or a moment means; nil when it is absent. A span counts from the start, of a date that time of day is
    /// meant. In whole seconds, so that every clock and database gives it back as it is.
    func moment(
        of expression: CheckedExpression, since: Instant, on timeOfDay: TimeOfDay, at instance: StepInstance?
    ) throws(EvaluationError) -> Instant? {
        let time = context.time
        let instant: Instant
        switch try expression.evaluate(in: instance.map { activation(at: $0) } ?? activation).present {
        case nil: return nil
        case .span(let span)?: instant = time.working.instant(since, adding: span)
        case .duration(let duration)?: instant = since + duration
        case .date(let date)?: instant = time.home.instant(of: date, timeOfDay)
        case .timestamp(let moment)?: instant = moment
        default: throw EvaluationError(code: "evaluation.type", message: "A deadline is a span, a date or a moment.")
        }
        return Instant(seconds: instant.seconds)
    }

    /// An alarm rings: whatever of the step or target has been reached by now is carried out, in its order.
    mutating func deadlinePassed(_ name: InstanceName, _ due: Instant) throws(Rejection) {
        guard state.phase == .open, state.timer(of: name) == due else {
            throw .stale("The deadline has moved, or the step has settled.")
        }
        if let target = name.target { return try ringTarget(target) }
        guard let instance = type.index.instance(name) ?? type.index.confirmation(name) else {
            throw .stale("There is no such step.")
        }
        let reached = max(context.now, due)
        presence = reached
        while state.phase == .open, let step = state.steps[name], let next = step.nextAlarm, next <= reached {
            ring(instance, step.alarms.filter { $0.value == next }.keys.min())
        }
    }

    /// Carries out one alarm, or the deadline.
    private mutating func ring(_ instance: StepInstance, _ alarm: Alarm?) {
        switch alarm {
        case .wake?:
            // One that is put aside is over when it comes back, and one before which something else has occurred when that is taken.
            let isLater = state.steps[instance.name]?.isSuspended == true || isPreceded(instance)
            emit(isLater ? .alarmRang(instance.name, .wake) : .done(instance.name, outcome: nil))
        case .remind?: remind(instance)
        case .escalate?: escalate(instance)
        case .look?: updateLook(of: instance)
        case nil: deadlinePassed(instance)
        }
    }

    /// The deadline fires once, and `on_overdue` is carried out.
    private mutating func deadlinePassed(_ instance: StepInstance) {
        let name = instance.name
        emit(.deadlinePassed(name))
        switch instance.step.onOverdue {
        case nil: break
        case .tell(let sources)?:
            do throws(EvaluationError) {
                let parties = try people(at: instance).parties(sources)
                if !parties.isEmpty { emit(.told(parties, .overdue, about: name)) }
            } catch {
                // Whoever was to be told cannot be worked out: somebody has to know, and the step stays open.
                let agents = departmentAgents
                if !agents.isEmpty { emit(.told(agents, .overdue, about: name)) }
            }
        case .reject?: fail(instance, instance.step.kind.isApproval ? .rejected : .overdue)
        case .fail?: fail(instance, .overdue)
        // What was approved stays approved: only the change is lost.
        case .some where instance.change != nil: fail(instance, .overdue)
        case .end(let id)?: end(type.outcome(id) ?? type.failedOutcome)
        case .leave(let id)?:
            let scope = id == instance.step.id ? instance : scope(id, around: instance)
            if let scope { leave(scope) } else { fail(instance, .overdue) }
        }
    }
}

extension StepStatus {
    /// Whether `due` applies: people are not hurried about a failure or about a child that was asked to end.
    var canBeDue: Bool {
        switch self {
        case .task, .approval, .block, .wait: true
        case .request(let child): !child.isCancelRequested
        case .call(let call): !call.isCancelRequested
        case .asking, .settled: false
        }
    }
}

extension StepInstance {
    /// Elements and undos have no deadline of their own: `due` is the each's, and the step's.
    var canBeDue: Bool { !isElement && !isUndo }
}
