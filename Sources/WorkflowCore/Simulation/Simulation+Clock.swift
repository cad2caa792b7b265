public import Expressions

/// A timer that has not rung yet.
public struct SimulatedTimer: Hashable, Sendable {
    /// Whose.
    public let request: RequestID
    /// Of which instance.
    public let instance: InstanceName
    /// When it rings.
    public let due: Instant
}

extension Simulation {
    /// The timer that rings next: the earliest; of equal ones the oldest request's, then by instance. Nil when none is set.
    ///
    /// Cost: linear in the timers.
    public var nextTimer: SimulatedTimer? {
        var next: SimulatedTimer?
        for request in requests {
            for (name, due) in request.timers {
                if let best = next {
                    guard due < best.due || (due == best.due && request.id == best.request && name < best.instance)
                    else { continue }
                }
                next = SimulatedTimer(request: request.id, instance: name, due: due)
            }
        }
        return next
    }

    /// Moves the clock, letting every timer that is due until then ring in its order and at its moment. A moment that has passed moves
    /// nothing, but rings what is due. When people have joined, left or moved, requests are told so first.
    ///
    /// - Returns: How many timers rang.
    /// - Throws: `simulation.too_many_timers` when a hundred thousand have rung.
    @discardableResult
    public mutating func advance(to moment: Instant) throws(Rejection) -> Int {
        tellOfPeople()
        var rung = 0
        while let timer = nextTimer, timer.due <= max(moment, now) {
            guard rung < 100_000 else {
                throw Rejection(
                    .conflict, code: "simulation.too_many_timers",
                    message: "A hundred thousand timers rang, and more are due.")
            }
            ring(timer)
            rung += 1
        }
        now = max(now, moment)
        return rung
    }

    /// Moves the clock by a span of the organisation's time: `3 working days`.
    @discardableResult
    public mutating func advance(by span: Span) throws(Rejection) -> Int {
        try advance(to: time.working.instant(now, adding: span))
    }

    /// Moves the clock to the next timer and lets it ring, alone; nil when none is set.
    @discardableResult
    public mutating func ringNext() -> SimulatedTimer? {
        tellOfPeople()
        guard let timer = nextTimer else { return nil }
        ring(timer)
        return timer
    }

    /// Passes on work that nobody can do any more, as the desk does soon after people have changed.
    private mutating func tellOfPeople() {
        guard havePeopleChanged else { return }
        havePeopleChanged = false
        for request in requests.map(\.id) {
            do throws(Rejection) {
                try change(.peopleChanged, on: request, as: .system(.directory))
            } catch {
                // One that has ended concerns nobody any more.
                continue
            }
        }
        deliver()
    }

    private mutating func ring(_ timer: SimulatedTimer) {
        guard let position = positions[timer.request] else { return }
        now = max(now, timer.due)
        do throws(Rejection) {
            try change(
                .deadlinePassed(timer.instance, due: timer.due), on: timer.request, as: .system(.timer))
        } catch {
            // One that came too late is dropped, as the desk drops it.
            requests[position].timers[timer.instance] = nil
        }
        // A timer rings once; what sets another says another moment.
        if requests[position].timers[timer.instance] == timer.due { requests[position].timers[timer.instance] = nil }
        deliver()
    }
}
