import Expressions
import WorkflowCore

/// A command on its way: who wants what, and what makes it happen once.
struct CommandOrder: Sendable {
    enum Subject: Sendable {
        case new(NewRequest)
        case existing(RequestID, Command)
    }

    let subject: Subject
    /// The request that the command changes; nil for a new one. Kept beside the subject: computed from it where it is used, it
    /// makes the optimiser of Swift 6.3.1 crash.
    let request: RequestID?
    let principal: Principal
    /// Nil only for Bureau's own commands, which the consumed timer or message makes happen once.
    let key: IdempotencyKey?
    /// Whether a client chose the key, so that it may have been used before.
    let isClientKey: Bool
    /// What the key is for; empty without a key.
    let fingerprint: [UInt8]
    /// The version that the caller has seen; nil when they do not mind.
    let expectedVersion: Int?
    /// The timer or message that this command delivers.
    let consumed: ConsumedMessage?
    /// The files that its entries may name.
    var files = FileSource.uploaded([:])

    init(
        _ subject: Subject, by principal: Principal, key: IdempotencyKey? = nil, isClientKey: Bool = false,
        fingerprint: [UInt8] = [], expectedVersion: Int? = nil, consumed: ConsumedMessage? = nil
    ) {
        self.subject = subject
        request = if case .existing(let request, _) = subject { request } else { nil }
        self.principal = principal
        self.key = key
        self.isClientKey = isClientKey
        self.fingerprint = fingerprint
        self.expectedVersion = expectedVersion
        self.consumed = consumed
    }
}

/// A request to be raised; its number is chosen when it is.
struct NewRequest: Sendable {
    /// Chosen by the parent for a child; nil for all others.
    let id: RequestID?
    let type: RequestTypeID
    let requester: Requester
    /// Nil when the requester is anonymous.
    let beneficiary: PersonID?
    let parent: Parent?
    /// The type of the parent's request.
    let parentType: RequestTypeID?
    let entries: [FieldID: Entry]
    /// The request that it continues; nil for all others.
    var successorOf: RequestID?
    /// What the request that it continues was restricted to; nil for all others.
    var restriction: TeamID?
    /// The digest of the receipt for an anonymous requester; nil for all others.
    var receipt: [UInt8]?
}

/// What became of a command.
enum CommandOutcome: Sendable {
    /// It was carried out, or asked for nothing new; the request as it is now.
    case done(CurrentRequest)
    /// It had been carried out before, under the same key.
    case before(RequestID, isReplay: Bool)
}

/// A whole request in memory.
struct CurrentRequest: Sendable {
    let state: RequestState
    let raisedAt: Instant
    let changedAt: Instant
}
