import Expressions

/// `only_while` that asks the time changes although nothing happens to the request: an alarm is set for the moment at which it will,
/// which is worked out ahead. So looking wakes nobody for nothing.
extension Decision {
    /// Sets the alarm of every open step whose condition time alone may change, as far as it is not set for that moment.
    mutating func updateLooks() {
        guard state.phase == .open, type.index.hasConditionsOnTime else { return }
        let haveFieldsChanged = events.contains { if case .changed = $0 { true } else { false } }
        for instance in openInstances where !instance.isUndo {
            guard let condition = instance.step.onlyWhile, condition.changesByItself else { continue }
            // Nothing that it reads can have changed, so that what is set still holds.
            if !haveFieldsChanged, let set = state.steps[instance.name]?.alarms[.look], set > presence,
                readsFieldsAlone(condition)
            {
                continue
            }
            updateLook(of: instance)
        }
    }

    /// Whether it reads nothing but the form and the time.
    private func readsFieldsAlone(_ condition: CheckedExpression) -> Bool {
        condition.referenceNames.allSatisfy { $0 == "now" || $0 == "today" || type.form[FieldID($0)] != nil }
    }

    /// The same for one. What has been reached is over.
    mutating func updateLook(of instance: StepInstance) {
        guard let set = state.steps[instance.name].map({ $0.alarms[.look] }) else { return }
        let look = nextLook(at: instance, unless: set)
        guard look != set else { return }
        emit(look.map { .alarmSet(instance.name, .look, $0) } ?? .alarmRemoved(instance.name, .look))
    }

    /// When the condition is to be looked at: when it changes, else in good time before nothing more is known. A moment that is set
    /// already does as well for the latter, so that not every command sets another.
    private func nextLook(at instance: StepInstance, unless set: Instant?) -> Instant? {
        guard let condition = instance.step.onlyWhile, !instance.isElement,
            let step = state.steps[instance.name], !step.status.isBeingCancelled
        else { return nil }
        if case .asking = step.status { return nil }
        let ahead = LookAhead(condition: condition, activation: activation(at: instance), start: presence)
        switch ahead.next {
        case nil: return nil
        case .change(let moment)?: return moment
        case .end(let moment)?:
            if let set, set > presence, set <= moment { return set }
            return moment
        }
    }
}

/// What a condition will say later if nothing but time goes by.
struct LookAhead {
    let condition: CheckedExpression
    /// Where it stands.
    let activation: RequestActivation
    /// From when on.
    let start: Instant

    /// What is found ahead.
    enum Find: Hashable {
        /// It says something else from then on.
        case change(Instant)
        /// It says the same until then at least.
        case end(Instant)
    }

    /// So long the directory is taken as it is.
    private static let directorySpan: Int64 = 3600
    /// So far is looked where `now` stands in anything but a plain comparison, in these steps, and in between to the minute.
    private static let reach: (span: Int64, step: Int64, minute: Int64) = (7 * 86_400, 900, 60)
    /// So far, in days, where `today` does.
    private static let days = 366

    /// The next change, or how far it was looked; nil when it never changes by itself. Whole seconds.
    ///
    /// Where `now` and `today` are only compared with other things, their moments are all that counts, and so the find is exact. Else
    /// it looks at midnights or, for `now`, at quarters of an hour: what is shorter may be passed over.
    var next: Find? {
        let compared = condition.comparisons(of: ["now", "today"], in: activation)
        var grid: [Instant] = []
        let isGrid = !compared.areAll && condition.reads("now")
        if isGrid {
            let first = start.seconds - remainder(start.seconds, Self.reach.step) + Self.reach.step
            grid = stride(from: first, through: first + Self.reach.span, by: Int(Self.reach.step))
                .map { Instant(seconds: $0) }
        } else if !compared.areAll {
            let today = activation.time.home.civil(of: start).date
            grid = (1...Self.days).map { midnight(today.adding(days: $0)) }
        }
        // What is compared with may lie far behind the last that is looked at, and much may happen in between.
        var end = grid.last
        var moments = compared.values.flatMap(moments).filter { $0 > start } + grid
        if condition.asksHost {
            let hour = Instant(seconds: start.seconds + Self.directorySpan)
            end = min(end ?? hour, hour)
        }
        moments.sort()
        let answer = answer(at: start)
        var before = start
        for moment in moments where end.map({ moment <= $0 }) ?? true {
            if self.answer(at: moment) != answer {
                return .change(isGrid ? firstMinute(after: before, until: moment, unlike: answer) : moment)
            }
            before = moment
        }
        return end.map { .end($0) }
    }

    /// Yes or no; nil when it cannot be worked out.
    private func answer(at moment: Instant) -> Bool? {
        do throws(EvaluationError) {
            return try condition.evaluate(in: activation.moved(to: moment)) == .bool(true)
        } catch {
            // That is an answer as well: people are told when it becomes so.
            return nil
        }
    }

    /// The whole seconds from which on a comparison with a value may come out otherwise.
    private func moments(of value: Value) -> [Instant] {
        switch value {
        case .timestamp(let moment):
            [
                Instant(seconds: moment.seconds + (moment.nanoseconds == 0 ? 0 : 1)),
                Instant(seconds: moment.seconds + 1),
            ]
        // Where clocks go back at midnight, the day before has another hour.
        case .date(let date):
            [midnight(date), midnight(date.adding(days: 1))].flatMap { [$0, Instant(seconds: $0.seconds + 3600)] }
        default: []
        }
    }

    private func midnight(_ date: CivilDate) -> Instant { activation.time.home.instant(of: date, .midnight) }

    /// By halving, in whole minutes.
    private func firstMinute(after before: Instant, until moment: Instant, unlike answer: Bool?) -> Instant {
        let minute = Self.reach.minute
        var low = (before.seconds - remainder(before.seconds, minute)) / minute
        var high = (moment.seconds + minute - 1 - remainder(moment.seconds + minute - 1, minute)) / minute
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if self.answer(at: Instant(seconds: middle * minute)) != answer { high = middle } else { low = middle }
        }
        return min(moment, Instant(seconds: high * minute))
    }

    /// Never negative, also before 1970.
    private func remainder(_ seconds: Int64, _ step: Int64) -> Int64 { (seconds % step + step) % step }
}

extension CheckedExpression {
    /// Whether it may come out otherwise although nothing happens to the request.
    var changesByItself: Bool { reads("now") || reads("today") || asksHost }
}
