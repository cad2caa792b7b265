import Expressions

extension Decision {
    /// Brings the deadline of every open step to what its `due` says now; one that has been reached stays.
    ///
    /// True when a step failed because its `due` could not be evaluated, so that other steps may have to move.
    mutating func updateDeadlines() -> Bool {
        guard state.phase == .open else { return false }
        for instance in openInstances where instance.canBeDue {
            let name = instance.name
            guard let due = instance.step.due, let open = state.steps[name], open.status.canBeDue, !open.isOverdue
            else { continue }
            do throws(EvaluationError) {
                let deadline = try instant(of: due, since: open.since, at: instance)
                guard deadline != open.deadline else { continue }
                emit(deadline.map { .deadlineSet(name, $0) } ?? .deadlineRemoved(name))
            } catch {
                fail(instance, .evaluation(error.sentence(about: "due", of: instance.step)))
                return true
            }
        }
        return false
    }

    /// A span counts from the start, a date means close of business. In whole seconds, so that every clock and database gives it back as it is.
    private func instant(
        of due: CheckedExpression, since: Instant, at instance: StepInstance
    ) throws(EvaluationError) -> Instant? {
        let time = context.time
        let instant: Instant
        switch try due.evaluate(in: activation(at: instance)).present {
        case nil: return nil
        case .span(let span)?: instant = time.working.instant(since, adding: span)
        case .duration(let duration)?: instant = since + duration
        case .date(let date)?: instant = time.home.instant(of: date, time.working.closeOfBusiness)
        case .timestamp(let moment)?: instant = moment
        default: throw EvaluationError(code: "evaluation.type", message: "A deadline is a span, a date or a moment.")
        }
        return Instant(seconds: instant.seconds)
    }

    /// The timer of a deadline rings: it fires once, and `on_overdue` is carried out.
    mutating func deadlinePassed(_ name: InstanceName, _ due: Instant) throws(Rejection) {
        guard state.phase == .open, let instance = type.index.instance(name), let open = state.steps[name],
            open.status.canBeDue, !open.isOverdue, open.deadline == due
        else { throw .stale("The deadline has moved, or the step has settled.") }
        emit(.deadlinePassed(name))
        switch instance.step.onOverdue {
        case nil: break
        case .tell(let sources)?:
            do throws(EvaluationError) {
                let parties = try people(at: instance).parties(sources)
                if !parties.isEmpty { emit(.told(parties, .overdue, about: name)) }
            } catch {
                fail(instance, .evaluation(error.sentence(about: "on_overdue", of: instance.step)))
            }
        case .reject?:
            if case .approval = open.status { fail(instance, .rejected) } else { fail(instance, .overdue) }
        case .fail?: fail(instance, .overdue)
        case .end(let id)?: end(type.outcome(id) ?? type.failedOutcome)
        case .leave(let id)?:
            if let scope = scope(id, around: instance) { leave(scope) } else { fail(instance, .overdue) }
        }
    }
}

extension StepStatus {
    /// Whether `due` applies: people are not hurried about a failure or about a child that was asked to end.
    var canBeDue: Bool {
        switch self {
        case .task, .approval, .block: true
        case .request(let child): !child.isCancelRequested
        case .asking, .settled: false
        }
    }
}

extension StepInstance {
    /// Elements and undos have no deadline of their own: `due` is the each's, and the step's.
    var canBeDue: Bool { !isElement && !isUndo }
}
