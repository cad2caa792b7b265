import Expressions

extension Decision {
    /// Brings the type's promises to what they are now: met when their step has settled, else with a clock that runs or stands still.
    mutating func updateTargets() {
        for target in type.targets {
            switch state.targets[target.id]?.status {
            case .met?, .missed?, .dropped?: continue
            case nil, .running?, .paused?: update(target, state.targets[target.id])
            }
        }
    }

    private mutating func update(_ target: Target, _ current: TargetState?) {
        switch settlement(of: target.of) {
        case .settled:
            if let due = current?.clock.due, due < context.now { miss(target) } else { meet(target, current) }
        case .notNeeded: emit(.targetDropped(target.id))
        case .open:
            do throws(EvaluationError) {
                guard let clock = try clock(of: target, current) else { return emit(.targetDropped(target.id)) }
                if clock != current?.clock { emit(.targetSet(target.id, clock)) }
            } catch {
                emit(.targetDropped(target.id))
            }
        }
    }

    /// One that was settled in the command that raised the request never had a clock.
    private mutating func meet(_ target: Target, _ current: TargetState?) {
        if current == nil {
            emit(.targetSet(target.id, TargetClock(unit: .seconds, budget: 0, spent: 0, since: context.now)))
        }
        emit(.targetMet(target.id))
    }

    private mutating func miss(_ target: Target) {
        emit(.targetMissed(target.id))
        do throws(EvaluationError) {
            let parties = try people.parties(target.onBreach)
            if !parties.isEmpty { emit(.told(parties, .targetMissed, about: InstanceName(target.of))) }
        } catch {
            // Whoever was to be told cannot be worked out: somebody has to know.
            emit(.told(departmentAgents, .targetMissed, about: InstanceName(target.of)))
        }
    }

    private enum TargetSettlement {
        case open
        case settled
        case notNeeded
    }

    /// A step in rounds or elements counts from its first instance that settled.
    private func settlement(of id: StepID) -> TargetSettlement {
        var hasOthers = false
        for (name, step) in state.steps where name.step == id && !name.isUndo && name.confirmedChange == nil {
            switch step.status {
            case .settled(.done): return .settled
            case .settled(.failed(_, let handling, outcome: _)) where handling != .retried: return .settled
            case .settled(.skipped), .settled(.cancelled): continue
            default: hasOthers = true
            }
        }
        if state.phase != .open { return .notNeeded }
        if hasOthers { return .open }
        // Skipped outside of loops it will not come again.
        if case .settled(.skipped)? = state.steps[InstanceName(id)]?.status, type.index.node(id)?.around.isEmpty == true
        {
            return .notNeeded
        }
        return .open
    }
}

extension Decision {
    /// How the clock of a target stands now; nil when it has none because its date is absent and always was.
    private func clock(of target: Target, _ current: TargetState?) throws(EvaluationError) -> TargetClock? {
        let old = current?.clock
        let warned = current?.warned ?? []
        switch target.goal {
        case .by(let expression):
            let start = old?.since ?? context.now
            let due = try moment(
                of: expression, since: start, on: context.time.working.closeOfBusiness, at: nil)
            let budget = due.map { max(0, $0.seconds - start.seconds) } ?? 0
            let clock = TargetClock(unit: .seconds, budget: budget, spent: 0, since: start)
            return due.map { clock.due(at: $0, warning: nextWarning(of: target, clock, warned)) } ?? clock
        case .within(let expression):
            let paused = target.pause.contains { isOpen($0) }
            guard let old else { return try begin(expression, target, paused) }
            if let since = old.since {
                if !paused { return started(old, since: since, target, warned) }
                let spent = old.spent + amount(from: since, to: context.now, old.unit)
                return TargetClock(unit: old.unit, budget: old.budget, spent: spent, since: nil)
            }
            return paused ? old : started(old, since: context.now, target, warned)
        }
    }

    private func begin(
        _ expression: CheckedExpression, _ target: Target, _ paused: Bool
    ) throws(EvaluationError) -> TargetClock? {
        let now = context.now
        let unit: TargetClock.Unit
        let budget: Int64
        switch try expression.evaluate(in: activation).present {
        case .span(let span)?:
            unit = span.unit.isWorking ? .workingMinutes : .seconds
            budget = amount(from: now, to: context.time.working.instant(now, adding: span), unit)
        case .duration(let duration)?:
            unit = .seconds
            budget = duration.components.seconds
        default: return nil
        }
        let clock = TargetClock(unit: unit, budget: budget, spent: 0, since: nil)
        return paused ? clock : started(clock, since: now, target, [])
    }

    private func started(
        _ clock: TargetClock, since: Instant, _ target: Target, _ warned: [Int]
    ) -> TargetClock {
        let running = TargetClock(unit: clock.unit, budget: clock.budget, spent: clock.spent, since: since)
        let due = moment(since, adding: max(0, clock.budget - clock.spent), clock.unit)
        return running.due(at: due, warning: nextWarning(of: target, running, warned))
    }

    private func nextWarning(of target: Target, _ clock: TargetClock, _ warned: [Int]) -> Instant? {
        target.warn.first { !warned.contains($0) }.flatMap { warning($0, clock) }
    }

    /// When that part of a running clock's time has gone by.
    private func warning(_ percent: Int, _ clock: TargetClock) -> Instant? {
        guard let since = clock.since else { return nil }
        let part = (clock.budget / 100) * Int64(percent) + ((clock.budget % 100) * Int64(percent) + 99) / 100
        return moment(since, adding: max(0, part - clock.spent), clock.unit)
    }

    private func moment(_ start: Instant, adding amount: Int64, _ unit: TargetClock.Unit) -> Instant {
        switch unit {
        case .seconds: Instant(seconds: (start + .seconds(amount)).seconds)
        case .workingMinutes:
            Instant(
                seconds: context.time.working.instant(start, adding: Span(amount: amount, unit: .workingMinutes))
                    .seconds)
        }
    }

    /// How much lies between two moments. Calendars only add, so working time is found by halving.
    private func amount(from start: Instant, to end: Instant, _ unit: TargetClock.Unit) -> Int64 {
        let seconds = max(0, end.seconds - start.seconds)
        guard unit == .workingMinutes else { return seconds }
        var (low, high) = (Int64(0), (seconds + 59) / 60)
        while low < high {
            let middle = low + (high - low) / 2
            if moment(start, adding: middle, unit).seconds >= end.seconds { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func isOpen(_ id: StepID) -> Bool {
        state.steps.contains { $0.key.step == id && !$0.key.isUndo && $0.value.status.isOpen }
    }

    /// The alarm of a target: warnings that are due, each once, and the breach, once.
    mutating func ringTarget(_ id: String) throws(Rejection) {
        guard let target = type.targets.first(where: { $0.id == id }), let current = state.targets[id] else {
            throw .stale("There is no such target.")
        }
        let clock = current.clock
        if let due = clock.due, due <= context.now { return miss(target) }
        let reached = target.warn.filter { percent in
            !current.warned.contains(percent) && warning(percent, clock).map { $0 <= context.now } == true
        }
        for percent in reached { emit(.targetWarned(id, percent: percent)) }
        guard !reached.isEmpty else { return }
        emit(.told(workers(on: target.of), .targetWarning, about: InstanceName(target.of)))
    }

    /// Whoever has open work in a step or inside it; the department's agents when nobody has.
    private func workers(on id: StepID) -> [Party] {
        var workers: Set<Party> = []
        for instance in openInstances
        where instance.step.id == id || instance.ancestors.contains(where: { $0.step.id == id }) {
            workers.formUnion(silentParties(instance.name))
        }
        return workers.isEmpty ? departmentAgents : workers.sorted()
    }
}

extension TargetClock {
    init(unit: Unit, budget: Int64, spent: Int64, since: Instant?) {
        self.init(unit: unit, budget: budget, spent: spent, since: since, due: nil, warning: nil)
    }

    func due(at due: Instant, warning: Instant?) -> TargetClock {
        TargetClock(
            unit: unit, budget: budget, spent: spent, since: since, due: due,
            warning: warning.flatMap { $0 < due ? $0 : nil })
    }
}

extension Span.Unit {
    /// Whether it runs on a calendar of working time.
    var isWorking: Bool {
        switch self {
        case .workingMinutes, .workingHours, .workingDays: true
        case .minutes, .hours, .days, .weeks, .months: false
        }
    }
}
