extension Simulation {
    /// Raises a request as a person, and delivers all that follows.
    ///
    /// - Parameters:
    ///   - entries: What the person enters, by field.
    ///   - beneficiary: Whom it is for; the requester when nil.
    /// - Returns: The new request.
    public mutating func raise(
        _ type: RequestTypeID, _ entries: [FieldID: JSONValue], by person: PersonID, for beneficiary: PersonID? = nil
    ) throws(Rejection) -> RequestID {
        try raise(type, entries, by: .person(person), for: beneficiary)
    }

    /// The same by somebody who need not say who they are; their receipt is the request's identifier here.
    public mutating func raise(
        _ type: RequestTypeID, _ entries: [FieldID: JSONValue], by requester: Requester,
        for beneficiary: PersonID? = nil
    ) throws(Rejection) -> RequestID {
        guard let definition = configuration.requestTypes[type] else { throw .unknownType(type) }
        let submission = Submission(
            id: drawIdentifier(), type: type, number: drawNumber(definition.department), requester: requester,
            beneficiary: beneficiary ?? requester.person, parent: nil, entries: entries.mapValues { .raw($0) })
        let principal = requester.person.map(Principal.person) ?? .anonymous(receiptFor: nil)
        do throws(Rejection) {
            try create(submission, definition, as: principal)
        } catch {
            returnNumber(definition.department)
            throw error
        }
        deliver()
        return submission.id
    }

    /// Gives a command on an existing request, and delivers all that follows.
    ///
    /// - Returns: The command's own events; those of deliveries stand in `history`.
    @discardableResult
    public mutating func give(
        _ command: Command, on request: RequestID, as principal: Principal
    ) throws(Rejection) -> [Event] {
        let events = try change(command, on: request, as: principal)
        deliver()
        return events
    }

    /// Ends a child that is stood in for, and delivers all that follows.
    ///
    /// - Throws: `simulation.no_stand_in` when there is no such child or it has ended, `simulation.unknown_outcome` when its type knows no
    ///   such outcome.
    public mutating func end(_ child: RequestID, _ reply: ChildReply) throws(Rejection) {
        try answer(child, reply)
        deliver()
    }

    /// The same without delivering yet.
    mutating func answer(_ child: RequestID, _ reply: ChildReply) throws(Rejection) {
        guard let standIn = standIns[child], !standIn.hasEnded else {
            throw Rejection(
                .conflict, code: "simulation.no_stand_in",
                message: "There is no open child that is stood in for there.")
        }
        let report: ChildReport
        switch reply {
        case .refused(let reason): report = .refused(reason: reason)
        case .closed(let id, let outputs):
            guard let outcome = configuration.requestTypes[standIn.order.type]?.outcome(id) else {
                throw Rejection(
                    .invalid, code: "simulation.unknown_outcome",
                    message: "\(standIn.order.type) has no outcome `\(id)`.")
            }
            report = .closed(outcome, outputs: outcome.isGood ? outputs : [:])
        }
        standIns[child]?.hasEnded = true
        outbox.append(.report(report, to: standIn.order.parent, from: child))
    }

    /// Answers the call that a step waits for, and delivers all that follows.
    ///
    /// - Throws: `simulation.no_call` when the step waits for none.
    public mutating func answer(
        callAt instance: InstanceName, of request: RequestID, _ report: CallReport
    ) throws(Rejection) {
        guard let order = openCall(of: request, at: instance) else {
            throw Rejection(
                .conflict, code: "simulation.no_call", message: "The step `\(instance)` waits for no call.")
        }
        try give(.callAnswered(instance, order.call.id, report), on: request, as: .system(.call))
    }

    func knownRequest(_ id: RequestID) throws(Rejection) -> Int {
        guard let position = positions[id] else { throw .unknownRequest }
        return position
    }

    mutating func create(
        _ submission: Submission, _ type: RequestType, as principal: Principal
    ) throws(Rejection) {
        let context = context(principal, type)
        let command = Command.raise(submission)
        try Access(context).authorise(command, on: nil)
        let events = try Engine.decide(nil, command, context)
        guard let first = events.first, case .raised(let raised) = first else { return }
        var state = RequestState(raised)
        for event in events.dropFirst() { state.apply(event, at: now) }
        positions[submission.id] = requests.count
        requests.append(SimulatedRequest(type: type, state: state, raisedAt: now))
        record(events, of: requests.count - 1, from: nil, by: principal)
    }

    @discardableResult
    mutating func change(
        _ command: Command, on request: RequestID, as principal: Principal
    ) throws(Rejection) -> [Event] {
        let position = try knownRequest(request)
        let before = requests[position].state
        let context = context(principal, requests[position].type)
        try Access(context).authorise(command, on: before)
        let events = try Engine.decide(before, command, context)
        for event in events { requests[position].state.apply(event, at: now) }
        record(events, of: position, from: before, by: principal)
        return events
    }

    /// Notes events that have been applied, and what they ask of the world.
    private mutating func record(
        _ events: [Event], of position: Int, from before: RequestState?, by principal: Principal
    ) {
        let request = requests[position].id
        for event in events {
            history.append(SimulatedEvent(request: request, event: event, at: now, by: principal))
        }
        for effect in Engine.effects(of: events, from: before, to: requests[position].state) {
            carryOut(effect, of: position)
        }
    }
}
