import Expressions

extension Decision {
    /// So many early events a request keeps; whoever sends more sends nonsense.
    static let maximumKept = 100

    /// Begins to wait. What has happened already is taken by `settleFirst`, in its order.
    mutating func start(_ instance: StepInstance, _ wait: WaitStep) throws(EvaluationError) {
        switch wait {
        case .until, .span:
            emit(.started(instance.name, .wait(event: nil, key: nil)))
            try updateWake(instance, wait)
        case .event(let event):
            var key: String?
            if let expression = event.key {
                key = try expression.evaluate(in: activation(at: instance)).present?.eventKey
                guard key != nil else {
                    throw EvaluationError(code: "evaluation.key", message: "The key of the event has no value.")
                }
            }
            emit(.started(instance.name, .wait(event: event.event, key: key)))
        }
    }

    /// Brings the moment at which an open wait is over to what its expression says now, while that is still to come.
    mutating func updateWake(_ instance: StepInstance, _ wait: WaitStep) throws(EvaluationError) {
        guard let open = state.steps[instance.name], case .wait = open.status, !open.isSuspended else { return }
        if case .event = wait { return }
        let moment = try moment(of: wait, since: open.since, at: instance)
        if moment > horizon, moment != open.alarms[.wake] { emit(.alarmSet(instance.name, .wake, moment)) }
    }

    /// When a wait for time is over.
    func moment(
        of wait: WaitStep, since: Instant, at instance: StepInstance
    ) throws(EvaluationError) -> Instant {
        let expression: CheckedExpression
        switch wait {
        case .until(let moment): expression = moment
        case .span(let span): expression = span
        case .event: return .latest
        }
        guard
            let moment = try moment(
                of: expression, since: since, on: context.time.working.startOfBusiness, at: instance)
        else { throw EvaluationError(code: "evaluation.absent", message: "What is waited for has no value.") }
        return moment
    }

    /// The earliest event that was kept for such a wait and still counts.
    func fitting(_ instance: StepInstance, _ wait: EventWait, key: String?) -> KeptEvent? {
        state.kept.filter { kept in
            kept.event == wait.event && kept.key == key && kept.until > context.now
                && wait.form.check(
                    kept.entries, in: activation(at: instance), context: context
                ).problems.isEmpty
        }.min { ($0.receivedAt, $0.number) < ($1.receivedAt, $1.number) }
    }
}

extension Decision {
    /// Something has happened outside: the first wait for it in the order of the file takes it, else it is kept for its time to live.
    ///
    /// By occurrence: a wait whose time had come before the event arrived is over, also when its alarm has not rung yet.
    mutating func receive(_ event: OutsideEvent) throws(Rejection) {
        switch state.phase {
        case .open: break
        case .ending: throw Rejection(.conflict, code: "request.ending", message: "The request is ending already.")
        case .closed: throw .closedRequest
        }
        let declared = eventWaits.filter { $0.wait.event == event.event }
        guard !declared.isEmpty else { throw unknownEvent(event.event) }
        let candidates = declared.filter { ($0.wait.key == nil) == (event.key == nil) }
        guard let first = candidates.first else {
            throw event.key == nil
                ? Rejection(
                    .invalid, code: "request.event.key_missing", message: "The event `\(event.event)` needs a key.")
                : Rejection(
                    .invalid, code: "request.event.key_unexpected",
                    message: "The event `\(event.event)` has no key here.")
        }
        try ringWaits(before: event)
        guard state.phase == .open else { throw .closedRequest }
        forgetKept()
        if let (instance, wait) = openWait(for: event) {
            let result = wait.form.check(event.entries, in: activation(at: instance), context: context)
            if let rejection = result.rejection { throw rejection }
            return emit(.received(instance.name, outputs: result.values, at: event.receivedAt))
        }
        let result = first.wait.form.check(event.entries, in: activation, context: context)
        if let rejection = result.rejection { throw rejection }
        guard state.kept.count < Self.maximumKept else {
            throw Rejection(
                .conflict, code: "request.event.too_many", message: "Too many events wait to be taken already.")
        }
        let until = Instant(seconds: context.time.working.instant(event.receivedAt, adding: first.wait.keep).seconds)
        emit(
            .kept(
                KeptEvent(
                    number: state.keptCount + 1, event: event.event, key: event.key, receivedAt: event.receivedAt,
                    until: until, values: result.values)))
    }

    /// The waits for events that the type declares, in the order of the file.
    private var eventWaits: [(step: Step, wait: EventWait)] {
        type.index.all.compactMap { step in
            if case .wait(.event(let wait)) = step.kind { (step, wait) } else { nil }
        }
    }

    private func openWait(for event: OutsideEvent) -> (StepInstance, EventWait)? {
        for instance in openInstances {
            guard case .wait(.event(let wait)) = instance.step.kind, let step = state.steps[instance.name],
                case .wait(let open) = step.status, open.event == event.event, open.key == event.key,
                !step.isSuspended
            else { continue }
            return (instance, wait)
        }
        return nil
    }

    /// Lets the waits ring whose time had come before that event arrived, the earliest first, and what follows from each. Of one moment
    /// the first in the file.
    private mutating func ringWaits(before event: OutsideEvent) throws(Rejection) {
        horizon = event.receivedAt
        while state.phase == .open {
            let taker = openWait(for: event)?.0
            let due = openInstances.compactMap { instance -> (Instant, StepInstance)? in
                guard let step = state.steps[instance.name], case .wait = step.status, let alarm = step.nextAlarm,
                    alarm < event.receivedAt
                        || (alarm == event.receivedAt && taker.map { instance.precedes($0) } ?? true)
                else { return nil }
                return (alarm, instance)
            }
            guard let (alarm, instance) = due.min(by: { $0.0 < $1.0 }) else { break }
            try deadlinePassed(instance.name, alarm)
            settle()
        }
        horizon = context.now
    }

    /// Drops what was kept too long.
    private mutating func forgetKept() {
        for kept in state.kept where kept.until <= context.now { emit(.expired(number: kept.number)) }
    }

    private func unknownEvent(_ name: String) -> Rejection {
        Rejection(
            .invalid, code: "request.event.unknown", message: "The request waits for no event `\(name)`.",
            hint: NearestName.hint(for: name, among: eventWaits.map(\.wait.event)))
    }
}

extension KeptEvent {
    var entries: [FieldID: Entry] {
        Dictionary(uniqueKeysWithValues: values.map { (FieldID($0.key), Entry.value($0.value)) })
    }
}

extension Value {
    /// The text by which events find their wait: numbers and choices as they are written, people by their identifiers.
    var eventKey: String? {
        switch json {
        case .string(let text), .number(let text): text
        case .null, .bool, .array, .object: nil
        }
    }
}
