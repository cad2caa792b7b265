import Expressions

extension CodingUserInfoKey {
    /// Where a decoder is told the kind (a `String`) of the event whose stored form it reads; its absence is a decoding error.
    public static let eventKind: CodingUserInfoKey = {
        guard let key = CodingUserInfoKey(rawValue: "bureau.event.kind") else {
            preconditionFailure("every text is a key")
        }
        return key
    }()
}

extension Event: Codable {
    private enum CodingKeys: String, CodingKey {
        case instance, id, type, number, configuration, requester, beneficiary, parent
        case step, offeredTo = "offered_to", assignee, electorate, child, wait
        case by, decision, outcome, failure, handling, attempt, due, told, notice
        case taken, keys, key, round, template, branch
        case successorOf = "successor_of", call, event, audience, restriction, end
    }

    /// Reads the stored form of format 1; the kind comes from the decoder's `userInfo[.eventKind]`.
    ///
    /// What was entered is empty afterwards; `replacingEntered` puts it back.
    public init(from decoder: any Decoder) throws {
        guard let kind = decoder.userInfo[.eventKind] as? String else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "the decoder was not told the event's kind"))
        }
        try self.init(kind: kind, from: decoder)
    }

    /// Reads the stored form of format 1 of an event of that kind.
    public init(kind: String, from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func name() throws -> InstanceName { try container.decode(InstanceName.self, forKey: .instance) }
        switch kind {
        case "raised":
            var raised = Raised(
                id: try container.decode(RequestID.self, forKey: .id),
                type: try container.decode(RequestTypeID.self, forKey: .type),
                number: try container.decode(String.self, forKey: .number),
                configuration: try container.decode(ConfigurationVersion.self, forKey: .configuration),
                requester: try container.decode(Requester.self, forKey: .requester),
                beneficiary: try container.decodeIfPresent(PersonID.self, forKey: .beneficiary),
                parent: try container.decodeIfPresent(Parent.self, forKey: .parent), values: [:])
            raised.successorOf = try container.decodeIfPresent(RequestID.self, forKey: .successorOf)
            raised.restriction = try container.decodeIfPresent(TeamID.self, forKey: .restriction)
            self = .raised(raised)
        case "started": self = .started(try name(), try Self.startedStep(container))
        case "reoffered": self = .reoffered(try name(), try Self.startedStep(container))
        case "skipped": self = .skipped(try name())
        case "claimed": self = .claimed(try name(), by: try container.decode(PersonID.self, forKey: .by))
        case "released": self = .released(try name())
        case "completed":
            self = .completed(try name(), by: try container.decodeIfPresent(PersonID.self, forKey: .by), outputs: [:])
        case "voted":
            self = .voted(
                try name(), by: try container.decode(PersonID.self, forKey: .by),
                try container.decode(VoteDecision.self, forKey: .decision), comment: nil)
        case "child_submitted":
            self = .childSubmitted(try name(), number: try container.decode(String.self, forKey: .number))
        case "child_refused": self = .childRefused(try name(), reason: "")
        case "child_closed":
            self = .childClosed(try name(), try container.decode(Outcome.self, forKey: .outcome), outputs: [:])
        case "done": self = .done(try name(), outcome: try container.decodeIfPresent(String.self, forKey: .outcome))
        case "failed":
            self = .failed(
                try name(), try container.decode(Failure.self, forKey: .failure),
                handling: try container.decode(FailureHandling.self, forKey: .handling))
        case "retried": self = .retried(try name(), attempt: try container.decode(Int.self, forKey: .attempt))
        case "reset": self = .reset(try name())
        case "cancelled": self = .cancelled(try name())
        case "deadline_set": self = .deadlineSet(try name(), try container.decode(Instant.self, forKey: .due))
        case "deadline_removed": self = .deadlineRemoved(try name())
        case "deadline_passed": self = .deadlinePassed(try name())
        case "told":
            self = .told(
                try container.decode([Party].self, forKey: .told), try container.decode(Notice.self, forKey: .notice),
                about: try container.decodeIfPresent(InstanceName.self, forKey: .instance))
        case "commented": self = .commented("")
        case "noted": self = .noted("", try container.decode(NoteAudience.self, forKey: .audience))
        case "cancel_requested": self = .cancelRequested(reason: nil)
        case "child_cancel_requested": self = .childCancelRequested(try name())
        case "round_started": self = .roundStarted(try name(), round: try container.decode(Int.self, forKey: .round))
        case "element_added":
            self = .elementAdded(
                try name(), Element(key: try container.decode(String.self, forKey: .key), value: nil))
        case "step_added":
            self = .stepAdded(
                try name(), try container.decode(StepID.self, forKey: .template),
                key: try container.decode(String.self, forKey: .key))
        case "won": self = .won(try name(), branch: try container.decode(StepID.self, forKey: .branch))
        case "held": self = .held(try name(), resource: "")
        case "suspended": self = .suspended(try name())
        case "resumed": self = .resumed(try name())
        case "postponed": self = .postponed(try name())
        case "end_kept": self = .endKept(try name(), try container.decode(StepEnd.self, forKey: .end))
        case "undo_prepared": self = .undoPrepared(try name(), inputs: [:])
        case "undo_due": self = .undoDue(try name())
        case "ending": self = .ending(try container.decode(Outcome.self, forKey: .outcome))
        case "closed": self = .closed(try container.decode(Outcome.self, forKey: .outcome), outputs: [:])
        default:
            let instance = try container.decodeIfPresent(InstanceName.self, forKey: .instance)
            guard let event = try Self.leaf(kind, instance, from: decoder) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "there is no event of the kind \(kind)"))
            }
            self = event
        }
    }

    /// Writes the stored form without the kind, which stands beside it, and without what was entered.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(instance, forKey: .instance)
        switch self {
        case .raised(let raised):
            try container.encode(raised.id, forKey: .id)
            try container.encode(raised.type, forKey: .type)
            try container.encode(raised.number, forKey: .number)
            try container.encode(raised.configuration, forKey: .configuration)
            try container.encode(raised.requester, forKey: .requester)
            try container.encodeIfPresent(raised.beneficiary, forKey: .beneficiary)
            try container.encodeIfPresent(raised.parent, forKey: .parent)
            try container.encodeIfPresent(raised.successorOf, forKey: .successorOf)
            try container.encodeIfPresent(raised.restriction, forKey: .restriction)
        case .started(_, let step), .reoffered(_, let step): try Self.encode(step, into: &container)
        case .claimed(_, by: let person): try container.encode(person, forKey: .by)
        case .completed(_, by: let person, outputs: _): try container.encodeIfPresent(person, forKey: .by)
        case .voted(_, by: let person, let decision, comment: _):
            try container.encode(person, forKey: .by)
            try container.encode(decision, forKey: .decision)
        case .childSubmitted(_, let number): try container.encode(number, forKey: .number)
        case .childClosed(_, let outcome, outputs: _), .ending(let outcome), .closed(let outcome, outputs: _):
            try container.encode(outcome, forKey: .outcome)
        case .done(_, let outcome): try container.encodeIfPresent(outcome, forKey: .outcome)
        case .failed(_, let failure, let handling):
            try container.encode(failure, forKey: .failure)
            try container.encode(handling, forKey: .handling)
        case .retried(_, let attempt): try container.encode(attempt, forKey: .attempt)
        case .deadlineSet(_, let due): try container.encode(due, forKey: .due)
        case .told(let parties, let notice, about: _):
            try container.encode(parties, forKey: .told)
            try container.encode(notice, forKey: .notice)
        case .roundStarted(_, let round): try container.encode(round, forKey: .round)
        case .elementAdded(_, let element): try container.encode(element.key, forKey: .key)
        case .stepAdded(_, let template, let key):
            try container.encode(template, forKey: .template)
            try container.encode(key, forKey: .key)
        case .won(_, let branch): try container.encode(branch, forKey: .branch)
        case .noted(_, let audience): try container.encode(audience, forKey: .audience)
        case .skipped, .released, .childRefused, .reset, .cancelled, .deadlineRemoved, .deadlinePassed, .commented,
            .cancelRequested, .childCancelRequested, .held, .suspended, .resumed, .postponed, .undoPrepared,
            .undoDue:
            break
        case .endKept(_, let end): try container.encode(end, forKey: .end)
        case .changed, .changeHeld, .changeConfirmed, .changeDropped, .changeForwarded, .childChangeRefused,
            .parentChanged, .parentChangeRefused, .notified, .alarmSet, .alarmRemoved, .alarmRang, .received, .kept,
            .taken, .expired,
            .callAnswered, .callCancelRequested, .unreadable, .readable, .ticked, .handedOver, .voterAdded, .stoodIn,
            .returned, .askedOthers,
            .restricted, .unrestricted, .confined,
            .targetSet, .targetWarned,
            .targetMet, .targetMissed, .targetDropped, .rated, .reopened, .successorRefused, .erased:
            try encodeLeaf(to: encoder)
        }
    }

    private static func startedStep(_ container: KeyedDecodingContainer<CodingKeys>) throws -> StartedStep {
        switch try container.decode(String.self, forKey: .step) {
        case "task":
            return .task(
                offeredTo: try container.decode([Party].self, forKey: .offeredTo),
                assignee: try container.decodeIfPresent(PersonID.self, forKey: .assignee))
        case "approval": return .approval(try container.decode(Electorate.self, forKey: .electorate))
        case "request":
            return .request(
                child: try container.decode(RequestID.self, forKey: .child),
                type: try container.decode(RequestTypeID.self, forKey: .type), inputs: [:],
                wait: try container.decode(ChildWait.self, forKey: .wait))
        case "block": return .block
        case "choice": return .choice(try container.decodeIfPresent(Int.self, forKey: .taken), gives: [:])
        case "rounds": return .rounds
        case "elements":
            return .elements(try container.decode([String].self, forKey: .keys).map { Element(key: $0, value: nil) })
        case "call": return .call(try container.decode(FrozenCall.self, forKey: .call))
        case "wait":
            return .wait(
                event: try container.decodeIfPresent(String.self, forKey: .event),
                key: try container.decodeIfPresent(String.self, forKey: .key))
        default:
            throw DecodingError.dataCorruptedError(forKey: .step, in: container, debugDescription: "not a kind of step")
        }
    }

    private static func encode(
        _ step: StartedStep, into container: inout KeyedEncodingContainer<CodingKeys>
    ) throws {
        switch step {
        case .task(let offeredTo, let assignee):
            try container.encode("task", forKey: .step)
            try container.encode(offeredTo, forKey: .offeredTo)
            try container.encodeIfPresent(assignee, forKey: .assignee)
        case .approval(let electorate):
            try container.encode("approval", forKey: .step)
            try container.encode(electorate, forKey: .electorate)
        case .request(let child, let type, inputs: _, let wait):
            try container.encode("request", forKey: .step)
            try container.encode(child, forKey: .child)
            try container.encode(type, forKey: .type)
            try container.encode(wait, forKey: .wait)
        case .block: try container.encode("block", forKey: .step)
        case .choice(let taken, gives: _):
            try container.encode("choice", forKey: .step)
            try container.encodeIfPresent(taken, forKey: .taken)
        case .rounds: try container.encode("rounds", forKey: .step)
        case .elements(let elements):
            try container.encode("elements", forKey: .step)
            try container.encode(elements.map(\.key), forKey: .keys)
        case .call(let call):
            try container.encode("call", forKey: .step)
            try container.encode(call.replacingEntered([:]), forKey: .call)
        case .wait(let event, let key):
            try container.encode("wait", forKey: .step)
            try container.encodeIfPresent(event, forKey: .event)
            try container.encodeIfPresent(key, forKey: .key)
        }
    }
}
