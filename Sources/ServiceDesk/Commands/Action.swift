import Expressions
package import WorkflowCore

/// What a person may do to a request that exists.
package enum Action: Sendable, Hashable {
    case claim(InstanceName)
    case release(InstanceName)
    case complete(InstanceName, [FieldID: JSONValue])
    /// To the person of that handle.
    case handOver(InstanceName, to: String)
    case tick(InstanceName, item: String, isDone: Bool)
    case approve(InstanceName, comment: String?)
    case reject(InstanceName, comment: String?)
    /// The person of that handle.
    case addVoter(InstanceName, String)
    case retry(InstanceName)
    case giveUp(InstanceName, OutcomeID)
    case accept(InstanceName)
    case addElement(InstanceName, JSONValue)
    case addStep(InstanceName, StepID)
    case comment(String, files: [UniqueID] = [])
    case note(String, NoteAudience)
    case cancel(reason: String?)
    case restrict(to: TeamID, reason: String)
    case unrestrict(reason: String)
    /// New entries of the request's own form; null clears a field.
    case amend([FieldID: JSONValue])
    case receive(event: String, key: String?, [FieldID: JSONValue])
    case rate(score: Int, comment: String?)
    case reopen([FieldID: JSONValue])

    /// The handle of the person whom it names; nil when it names nobody.
    var handle: String? {
        switch self {
        case .handOver(_, let handle), .addVoter(_, let handle): handle
        default: nil
        }
    }

    /// Everything that was entered into a form, or attached; empty for other actions.
    var entries: [JSONValue] {
        switch self {
        case .complete(_, let entries), .amend(let entries), .receive(_, _, let entries), .reopen(let entries):
            Array(entries.values)
        case .addElement(_, let value): [value]
        case .comment(_, files: let files): files.map { .string($0.description) }
        default: []
        }
    }

    /// The command it stands for.
    ///
    /// - Parameters:
    ///   - person: Whom the handle names; nil when there is nobody of that name.
    ///   - now: When an event arrived.
    func command(naming person: PersonID?, at now: Instant) throws(Rejection) -> Command {
        switch self {
        case .claim(let instance): return .claim(instance)
        case .release(let instance): return .release(instance)
        case .complete(let instance, let entries): return .complete(instance, entries: Self.raw(entries))
        case .handOver(let instance, to: let handle):
            guard let person else { throw .unknownHandle(handle) }
            return .handOver(instance, to: person)
        case .tick(let instance, let item, let isDone): return .tick(instance, item: item, isDone: isDone)
        case .approve(let instance, let comment): return .approve(instance, comment: comment)
        case .reject(let instance, let comment): return .reject(instance, comment: comment)
        case .addVoter(let instance, let handle):
            guard let person else { throw .unknownHandle(handle) }
            return .addVoter(instance, person)
        case .retry(let instance): return .retry(instance)
        case .giveUp(let instance, let outcome): return .giveUp(instance, outcome: outcome)
        case .accept(let instance): return .accept(instance)
        case .addElement(let instance, let value): return .addElement(instance, .raw(value))
        case .addStep(let instance, let template): return .addStep(instance, template)
        case .comment(let text, files: let files): return .comment(text, files: files)
        case .note(let text, let audience): return .note(text, audience)
        case .cancel(let reason): return .cancel(reason: reason)
        case .restrict(to: let team, let reason): return .restrict(to: team, reason: reason)
        case .unrestrict(let reason): return .unrestrict(reason: reason)
        case .amend(let entries): return .amend(entries: Self.raw(entries))
        case .receive(let event, let key, let entries):
            return .receive(OutsideEvent(event: event, key: key, entries: Self.raw(entries), receivedAt: now))
        case .rate(let score, let comment): return .rate(score: score, comment: comment)
        case .reopen(let entries): return .reopen(entries: Self.raw(entries))
        }
    }

    private static func raw(_ entries: [FieldID: JSONValue]) -> [FieldID: Entry] { entries.mapValues { .raw($0) } }
}

extension Rejection {
    /// Nobody of that handle is in the directory, or they have left.
    static func unknownHandle(_ handle: String) -> Rejection {
        Rejection(
            .invalid, code: "request.unknown_person", message: "There is nobody with the handle \(handle).")
    }
}

/// What a writing operation gives.
package struct Written<Value: Sendable>: Sendable {
    package let value: Value
    /// Whether the idempotency key had been used for the same before: nothing was done this time.
    package let isReplay: Bool

    package init(value: Value, isReplay: Bool) {
        self.value = value
        self.isReplay = isReplay
    }
}
