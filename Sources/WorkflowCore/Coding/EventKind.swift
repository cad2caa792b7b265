public import Expressions

extension Event {
    /// The version of the stored form of events that this release writes. Every release reads all versions up to its own.
    public static let format = 1

    /// The event's name in stored events, in the API and in documents: `deadline_set`. Stable for ever.
    public var kind: String {
        switch self {
        case .raised: "raised"
        case .started: "started"
        case .reoffered: "reoffered"
        case .skipped: "skipped"
        case .claimed: "claimed"
        case .released: "released"
        case .completed: "completed"
        case .voted: "voted"
        case .childSubmitted: "child_submitted"
        case .childRefused: "child_refused"
        case .childClosed: "child_closed"
        case .done: "done"
        case .failed: "failed"
        case .retried: "retried"
        case .reset: "reset"
        case .cancelled: "cancelled"
        case .deadlineSet: "deadline_set"
        case .deadlineRemoved: "deadline_removed"
        case .deadlinePassed: "deadline_passed"
        case .told: "told"
        case .commented: "commented"
        case .noted: "noted"
        case .cancelRequested: "cancel_requested"
        case .childCancelRequested: "child_cancel_requested"
        case .roundStarted: "round_started"
        case .elementAdded: "element_added"
        case .stepAdded: "step_added"
        case .won: "won"
        case .held: "held"
        case .suspended: "suspended"
        case .resumed: "resumed"
        case .postponed: "postponed"
        case .endKept: "end_kept"
        case .unreadable: "unreadable"
        case .readable: "readable"
        case .undoPrepared: "undo_prepared"
        case .undoDue: "undo_due"
        case .ending: "ending"
        case .closed: "closed"
        case .changed: "changed"
        case .changeHeld: "change_held"
        case .changeConfirmed: "change_confirmed"
        case .changeDropped: "change_dropped"
        case .changeForwarded: "change_forwarded"
        case .childChangeRefused: "child_change_refused"
        case .parentChanged: "parent_changed"
        case .parentChangeRefused: "parent_change_refused"
        case .notified: "notified"
        case .alarmSet: "alarm_set"
        case .alarmRemoved: "alarm_removed"
        case .alarmRang: "alarm_rang"
        case .received: "received"
        case .kept: "kept"
        case .taken: "taken"
        case .expired: "expired"
        case .callAnswered: "call_answered"
        case .callCancelRequested: "call_cancel_requested"
        case .ticked: "ticked"
        case .handedOver: "handed_over"
        case .voterAdded: "voter_added"
        case .stoodIn: "stood_in"
        case .returned: "returned"
        case .askedOthers: "asked_others"
        case .restricted: "restricted"
        case .unrestricted: "unrestricted"
        case .confined: "confined"
        case .targetSet: "target_set"
        case .targetWarned: "target_warned"
        case .targetMet: "target_met"
        case .targetMissed: "target_missed"
        case .targetDropped: "target_dropped"
        case .rated: "rated"
        case .reopened: "reopened"
        case .successorRefused: "successor_refused"
        case .erased: "erased"
        }
    }

    /// The step instance that the event is about; nil for one about the whole request.
    public var instance: InstanceName? {
        switch self {
        case .started(let name, _), .reoffered(let name, _), .skipped(let name), .claimed(let name, by: _),
            .released(let name),
            .completed(let name, by: _, outputs: _), .voted(let name, by: _, _, comment: _),
            .childSubmitted(let name, number: _), .childRefused(let name, reason: _),
            .childClosed(let name, _, outputs: _), .done(let name, outcome: _), .failed(let name, _, handling: _),
            .retried(let name, attempt: _), .reset(let name), .cancelled(let name), .deadlineSet(let name, _),
            .deadlineRemoved(let name), .deadlinePassed(let name), .childCancelRequested(let name),
            .roundStarted(let name, round: _), .elementAdded(let name, _), .stepAdded(let name, _, key: _),
            .won(let name, branch: _), .held(let name, resource: _), .suspended(let name), .resumed(let name),
            .postponed(let name), .endKept(let name, _), .unreadable(let name, _, reason: _), .readable(let name, _),
            .undoPrepared(let name, inputs: _), .undoDue(let name):
            name
        case .told(_, _, about: let name), .changed(let name, values: _, cleared: _): name
        case .changeForwarded(let name, values: _, cleared: _), .childChangeRefused(let name, reason: _),
            .notified(let name, _, text: _), .alarmSet(let name, _, _), .alarmRemoved(let name, _),
            .alarmRang(let name, _), .received(let name, outputs: _, at: _), .taken(let name, number: _, outputs: _),
            .callAnswered(let name, status: _, outputs: _), .callCancelRequested(let name),
            .ticked(let name, item: _, isDone: _, by: _), .handedOver(let name, to: _, by: _),
            .voterAdded(let name, _, by: _), .stoodIn(let name, by: _, for: _), .returned(let name),
            .askedOthers(let name, _), .confined(let name, to: _):
            name
        case .raised, .commented, .noted, .restricted, .unrestricted, .cancelRequested, .ending, .closed, .changeHeld,
            .changeConfirmed,
            .changeDropped,
            .parentChanged, .parentChangeRefused, .kept, .expired, .targetSet, .targetWarned, .targetMet, .targetMissed,
            .targetDropped, .rated, .reopened, .successorRefused, .erased:
            nil
        }
    }
}

extension Event {
    /// What people entered with this event, by name: form values, outputs and inputs by their own names, elements by their keys, texts as
    /// `comment`, `reason` or `resource`, a comment's files as `files`.
    ///
    /// The journal keeps these things apart, so that they can be erased; the event's stored form leaves them out.
    public var entered: [String: Value] {
        switch self {
        case .raised(let raised): raised.values
        case .started(_, .request(child: _, type: _, inputs: let inputs, wait: _)), .undoPrepared(_, let inputs): inputs
        case .started(_, .choice(_, let gives)): gives
        case .started(_, .elements(let elements)):
            Dictionary(elements.compactMap { element in element.value.map { (element.key, $0) } }) { $1 }
        case .elementAdded(_, let element): element.value.map { [element.key: $0] } ?? [:]
        case .held(_, let resource): ["resource": .string(resource)]
        case .started(_, .call(let call)): call.entered
        case .completed(_, by: _, outputs: let outputs), .childClosed(_, _, outputs: let outputs),
            .closed(_, outputs: let outputs):
            outputs
        case .voted(_, by: _, _, comment: let comment): comment.map { ["comment": .string($0)] } ?? [:]
        case .commented(let text, files: let files):
            ["comment": .string(text)].merging(files.isEmpty ? [:] : ["files": .list(files.map(\.value))]) { $1 }
        case .noted(let text, _): ["comment": .string(text)]
        case .cancelRequested(let reason): reason.map { ["reason": .string($0)] } ?? [:]
        case .childRefused(_, let reason): ["reason": .string(reason)]
        case .endKept(_, let end): end.entered
        default: leafEntered
        }
    }

    /// The same event with these in place of what was entered. What is missing was erased: values are absent then, comments
    /// and reasons nil, or empty where an event cannot be without.
    public func replacingEntered(_ entered: [String: Value]) -> Event {
        func text(_ name: String) -> String? {
            if case .string(let text)? = entered[name] { text } else { nil }
        }
        switch self {
        case .raised(let raised): return .raised(raised.replacingValues(entered))
        case .started(let name, .request(child: let child, let type, inputs: _, let wait)):
            return .started(name, .request(child: child, type: type, inputs: entered, wait: wait))
        case .undoPrepared(let name, inputs: _): return .undoPrepared(name, inputs: entered)
        case .started(let name, .choice(let taken, gives: _)): return .started(name, .choice(taken, gives: entered))
        case .started(let name, .elements(let elements)):
            return .started(name, .elements(elements.map { Element(key: $0.key, value: entered[$0.key]) }))
        case .elementAdded(let name, let element):
            return .elementAdded(name, Element(key: element.key, value: entered[element.key]))
        case .held(let name, resource: _): return .held(name, resource: text("resource") ?? "")
        case .started(let name, .call(let call)): return .started(name, .call(call.replacingEntered(entered)))
        case .completed(let name, by: let person, outputs: _):
            return .completed(name, by: person, outputs: entered)
        case .childClosed(let name, let outcome, outputs: _): return .childClosed(name, outcome, outputs: entered)
        case .closed(let outcome, outputs: _): return .closed(outcome, outputs: entered)
        case .voted(let name, by: let person, let decision, comment: _):
            return .voted(name, by: person, decision, comment: text("comment"))
        case .commented: return .commented(text("comment") ?? "", files: entered["files"]?.files ?? [])
        case .noted(_, let audience): return .noted(text("comment") ?? "", audience)
        case .cancelRequested: return .cancelRequested(reason: text("reason"))
        case .childRefused(let name, reason: _): return .childRefused(name, reason: text("reason") ?? "")
        case .endKept(let name, let end): return .endKept(name, end.replacingEntered(entered))
        default: return replacingLeafEntered(entered)
        }
    }
}

extension Raised {
    func replacingValues(_ values: [String: Value]) -> Raised {
        var raised = Raised(
            id: id, type: type, number: number, configuration: configuration, requester: requester,
            beneficiary: beneficiary, parent: parent, values: values)
        raised.successorOf = successorOf
        raised.restriction = restriction
        return raised
    }
}
