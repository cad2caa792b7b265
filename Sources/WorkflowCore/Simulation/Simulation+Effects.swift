import Expressions

/// Something on its way from one request to another.
enum Delivery: Sendable {
    case raise(ChildOrder)
    case cancel(RequestID)
    case report(ChildReport, to: Parent, from: RequestID)
    case amend(RequestID, [FieldID: Value?], version: Int)
    case succeed(SuccessorOrder)
    case answer(CallOrder, CallReport)
}

extension Simulation {
    mutating func carryOut(_ effect: Effect, of position: Int) {
        switch effect {
        case .offer, .withdraw: break  // The state says who has work.
        case .setTimer(let name, let due): requests[position].timers[name] = due
        case .clearTimer(let name): requests[position].timers[name] = nil
        case .raiseChild(let order): outbox.append(.raise(order))
        case .cancelChild(let child): outbox.append(.cancel(child))
        case .report(let report, to: let parent, from: let child):
            outbox.append(.report(report, to: parent, from: child))
        case .amendChild(let child, let fields, version: let version):
            outbox.append(.amend(child, fields, version: version))
        case .raiseSuccessor(let order): outbox.append(.succeed(order))
        case .call(let order):
            calls[order.call.id] = order
            if let reply = replies.call(order) { outbox.append(.answer(order, reply)) }
        case .cancelCall(let id):
            // One that waits to be answered has not been sent.
            guard let order = calls[id], replies.call(order) == nil else { return }
            outbox.append(.answer(order, .failed(reason: "It was called off before it was sent.")))
        case .notify(let parties, let text, about: let instance):
            messages.append(
                SimulatedMessage(request: requests[position].id, to: parties, text: text, about: instance, at: now))
        case .tell(let parties, let notice, about: let instance):
            notices.append(
                SimulatedNotice(
                    request: requests[position].id, to: parties, notice: notice, about: instance, at: now))
        }
    }

    /// Delivers in order until nothing is on its way. What receivers refuse is dropped, as the real desk does: it came too late, or the
    /// receiver may say no.
    mutating func deliver() {
        var next = 0
        while next < outbox.count {
            let delivery = outbox[next]
            next += 1
            switch delivery {
            case .raise(let order): raise(order)
            case .cancel(let child): cancel(child)
            case .report(let report, to: let parent, from: let child):
                attempt(.childReported(parent.instance, child, report), on: parent.request, as: .system(.child))
            case .amend(let child, let fields, version: let version):
                if standIns[child] != nil {
                    for (field, value) in fields { standIns[child]?.inputs[field.text] = value }
                    continue
                }
                attempt(.amendFromParent(fields, version: version), on: child, as: .system(.parent))
            case .succeed(let order): raise(order)
            case .answer(let order, let report):
                attempt(
                    .callAnswered(order.instance, order.call.id, report), on: order.request, as: .system(.call))
            }
        }
        outbox.removeAll(keepingCapacity: true)
    }

    private mutating func attempt(_ command: Command, on request: RequestID, as principal: Principal) {
        do throws(Rejection) {
            try change(command, on: request, as: principal)
        } catch {
            return
        }
    }

    private mutating func cancel(_ child: RequestID) {
        guard var standIn = standIns[child] else {
            return attempt(.cancel(reason: nil), on: child, as: .system(.parent))
        }
        guard !standIn.hasEnded, let type = configuration.requestTypes[standIn.order.type] else { return }
        standIn.isCancelRequested = true
        if !replies.unstoppable.contains(type.id) {
            standIn.hasEnded = true
            let outcome = type.cancellation.flatMap { type.outcome($0.outcome) } ?? type.failedOutcome
            outbox.append(.report(.closed(outcome, outputs: [:]), to: standIn.order.parent, from: child))
        }
        standIns[child] = standIn
    }

    private mutating func raise(_ order: ChildOrder) {
        do throws(Rejection) {
            guard let type = configuration.requestTypes[order.type], requests.count < Self.maximumRequests else {
                throw .unknownType(order.type)
            }
            let submission = Submission(
                id: order.child, type: order.type, number: drawNumber(type.department), requester: order.requester,
                beneficiary: order.beneficiary, parent: order.parent, parentType: order.parentType,
                entries: Dictionary(
                    order.inputs.map { (FieldID($0.key), Entry.value($0.value)) },
                    uniquingKeysWith: { first, _ in first }))
            switch replies.child(order) {
            case .run: try create(submission, type, as: .system(.parent))
            case .wait: try standIn(for: submission, type, order)
            case .answer(let reply):
                try standIn(for: submission, type, order)
                try answer(order.child, reply)
            }
        } catch {
            let problems = error.fields.map { "\($0.field): \($0.message)" }.joined(separator: " ")
            let reason = problems.isEmpty ? error.message : "\(error.message) \(problems)"
            outbox.append(.report(.refused(reason: reason), to: order.parent, from: order.child))
        }
    }

    private mutating func raise(_ order: SuccessorOrder) {
        do throws(Rejection) {
            guard let type = configuration.requestTypes[order.type], requests.count < Self.maximumRequests else {
                throw .unknownType(order.type)
            }
            var submission = Submission(
                id: order.successor, type: order.type, number: drawNumber(type.department), requester: order.requester,
                beneficiary: order.beneficiary, parent: nil,
                entries: Dictionary(
                    order.values.map { (FieldID($0.key), Entry.value($0.value)) },
                    uniquingKeysWith: { first, _ in first }))
            submission.successorOf = order.successorOf
            submission.restriction = order.restriction
            try create(submission, type, as: .system(.successor))
        } catch {
            attempt(
                .successorRefused(order.successor, reason: error.message), on: order.successorOf,
                as: .system(.successor))
        }
    }

    /// Checks what the child's type and form say of the inputs, as raising it would.
    private mutating func standIn(
        for submission: Submission, _ type: RequestType, _ order: ChildOrder
    ) throws(Rejection) {
        let context = context(.system(.parent), type)
        try Access(context).authorise(.raise(submission), on: nil)
        let result = type.form.check(
            submission.entries, in: RequestActivation(submission, context), context: context)
        if let rejection = result.rejection { throw rejection }
        standIns[order.child] = StandIn(order, number: submission.number)
        outbox.append(.report(.submitted(number: submission.number), to: order.parent, from: order.child))
    }
}
