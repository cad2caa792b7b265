package import Expressions
package import WorkflowCore

/// Requests, their journal and everything one command writes. The only way in which a request changes.
package protocol RequestStorage: Sendable {
    /// Stores new requests, one round trip, one transaction: all or none.
    ///
    /// - Throws: `.stale(directory)` when people have changed since `directoryRevision`, `.duplicateKey` when an idempotency key or identifier exists.
    func create(_ writes: [RequestWrite], directoryRevision: Int64, at now: Instant) async throws(StorageError)

    /// Runs one transaction over requests: locks and loads them, lets `decide` say what is written, writes and commits; two round trips.
    ///
    /// - Parameters:
    ///   - loads: At most one a request. Rows are locked in the order of their identifiers.
    ///   - decide: Called once inside the transaction, with one element for each of `loads` in their order; gives one element for each: nil writes nothing.
    ///     What it throws rolls the transaction back.
    func change(
        _ loads: [CommandLoad], at now: Instant,
        decide: @Sendable ([LoadedRequest], _ directoryRevision: Int64) throws(StorageError) -> [RequestWrite?]
    ) async throws(StorageError)

    /// What an idempotency key was used for; nil when it was not.
    func answer(to key: IdempotencyKey) async throws(StorageError) -> RecordedAnswer?

    /// Takes a block of request numbers of a department for this daemon alone; gaps are fine.
    func reserveNumbers(prefix: String, count: Int) async throws(StorageError) -> Range<Int64>
}

/// What one command needs loaded.
package struct CommandLoad: Sendable, Hashable {
    package let request: RequestID
    package let key: IdempotencyKey?

    package init(request: RequestID, key: IdempotencyKey?) {
        self.request = request
        self.key = key
    }
}

/// What was found for one `CommandLoad`, under its lock.
package struct LoadedRequest: Sendable {
    /// Nil when there is no such request.
    package let stored: StoredRequest?
    /// What the key was used for before; nil when it is new.
    package let previous: RecordedAnswer?

    package init(stored: StoredRequest?, previous: RecordedAnswer?) {
        self.stored = stored
        self.previous = previous
    }
}

/// A request as it lies in storage.
package struct StoredRequest: Sendable {
    package let id: RequestID
    package let type: RequestTypeID
    package let configuration: ConfigurationVersion
    /// The number of events; also its ETag.
    package let version: Int
    /// The state as `StateCodec` wrote it, without sensitive values.
    package let state: String
    /// Sensitive contents by event number, as `JournalCodec` wrote them.
    package let sensitive: [ProtectedContent]
    /// The hash of the last event, on which the next one is chained.
    package let lastHash: [UInt8]
    package let raisedAt: Instant
    package let changedAt: Instant

    package init(
        id: RequestID, type: RequestTypeID, configuration: ConfigurationVersion, version: Int, state: String,
        sensitive: [ProtectedContent], lastHash: [UInt8], raisedAt: Instant, changedAt: Instant
    ) {
        self.id = id
        self.type = type
        self.configuration = configuration
        self.version = version
        self.state = state
        self.sensitive = sensitive
        self.lastHash = lastHash
        self.raisedAt = raisedAt
        self.changedAt = changedAt
    }
}

/// Everything that one command changes, stored together or not at all.
package struct RequestWrite: Sendable {
    package let head: RequestHead
    /// The version before; 0 for a new request.
    package let previousVersion: Int
    package let state: String
    /// At least one, numbered on from `previousVersion`.
    package let journal: [JournalEntry]
    package let protected: [ProtectedContent]
    package let offers: [WorkItem]
    package let withdrawals: [InstanceName]
    package let timers: [TimerChange]
    package let messages: [OutboxMessage]
    /// Who may see the request from now on besides requester, beneficiary and the department's agents; only those not stored before.
    package let newViewers: [Party]
    package let answer: RecordedAnswer?
    /// The timer or message that delivered the command; deleted in the same transaction, which fails with `.stale(.message)` when it is gone already.
    package let consumed: ConsumedMessage?
    /// Waits for events with a key that have begun or ended.
    package var waits: [WaitChange] = []
    /// The digest of the receipt that an anonymous requester of a new request gets; nil for all others.
    package var receipt: [UInt8]?
    /// Files that the request uses from now on; a write that names one that is not there any more fails with `.stale(.attachment)`.
    package var attachments: [AttachmentUse] = []
    /// By which words it is found from now on; nil leaves them as they are.
    package var text: RequestText?
    /// Whether the agents of the department do not see it.
    package var isConfidential = false
    /// Who sees it no longer; not all of them need have been stored.
    package var removedViewers: [Party] = []
    /// From whom it is kept from now on because it is about them; only those not stored before.
    package var newHidden: [PersonID] = []
    /// From whom it is kept no longer.
    package var removedHidden: [PersonID] = []
    /// What the audit keeps of it.
    package var audit: [AuditEntry] = []

    package init(
        head: RequestHead, previousVersion: Int, state: String, journal: [JournalEntry], protected: [ProtectedContent],
        offers: [WorkItem], withdrawals: [InstanceName], timers: [TimerChange], messages: [OutboxMessage],
        newViewers: [Party], answer: RecordedAnswer?, consumed: ConsumedMessage?
    ) {
        self.head = head
        self.previousVersion = previousVersion
        self.state = state
        self.journal = journal
        self.protected = protected
        self.offers = offers
        self.withdrawals = withdrawals
        self.timers = timers
        self.messages = messages
        self.newViewers = newViewers
        self.answer = answer
        self.consumed = consumed
    }
}

/// Columns of the request row that lists and access need.
package struct RequestHead: Sendable, Hashable {
    package let id: RequestID
    package let number: String
    package let type: RequestTypeID
    package let department: DepartmentID
    package let configuration: ConfigurationVersion
    package let requester: Requester
    /// Nil when the requester is anonymous.
    package let beneficiary: PersonID?
    package let parent: Parent?
    package let phase: RequestPhase
    /// Nil until it ends.
    package let outcome: OutcomeID?

    package init(
        id: RequestID, number: String, type: RequestTypeID, department: DepartmentID,
        configuration: ConfigurationVersion, requester: Requester, beneficiary: PersonID?, parent: Parent?,
        phase: RequestPhase, outcome: OutcomeID?
    ) {
        self.id = id
        self.number = number
        self.type = type
        self.department = department
        self.configuration = configuration
        self.requester = requester
        self.beneficiary = beneficiary
        self.parent = parent
        self.phase = phase
        self.outcome = outcome
    }
}

/// `Phase` as a column.
package enum RequestPhase: String, Sendable, Codable, CaseIterable {
    case open, ending, closed
}

/// One event as it is stored for ever.
package struct JournalEntry: Sendable, Hashable {
    /// From 1, without gaps, in a request.
    package let sequence: Int
    package let at: Instant
    /// The event's name: `raised`.
    package let kind: String
    /// The version of the event format that `data` is written in.
    package let format: Int
    package let configuration: ConfigurationVersion
    /// `person:0192…` or `system:timer`.
    package let principal: String
    /// JSON with sorted keys; what people entered is there as salted digests only.
    package let data: String
    /// SHA-256 over the hash before and everything above.
    package let hash: [UInt8]

    package init(
        sequence: Int, at: Instant, kind: String, format: Int, configuration: ConfigurationVersion,
        principal: String, data: String, hash: [UInt8]
    ) {
        self.sequence = sequence
        self.at = at
        self.kind = kind
        self.format = format
        self.configuration = configuration
        self.principal = principal
        self.data = data
        self.hash = hash
    }
}

/// What people entered with one event, kept beside the journal so that it can be erased while the chain stays valid.
package struct ProtectedContent: Sendable, Hashable {
    /// The event's number.
    package let sequence: Int
    /// Empty for what everybody who sees the request may read; else the readers of a sensitive field, as `JournalCodec` names them.
    package let readers: String
    /// JSON as `JournalCodec` wrote it: values by name, each with its salt.
    package let content: String

    package init(sequence: Int, readers: String, content: String) {
        self.sequence = sequence
        self.readers = readers
        self.content = content
    }
}

/// A timer of a step instance set to a moment, or removed (nil).
package struct TimerChange: Sendable, Hashable {
    package let instance: InstanceName
    package let due: Instant?

    package init(instance: InstanceName, due: Instant?) {
        self.instance = instance
        self.due = due
    }
}

/// A step instance that begins to wait for an event with a key, or waits no longer (nil).
package struct WaitChange: Sendable, Hashable {
    package let instance: InstanceName
    package let awaited: AwaitedEvent?

    package init(instance: InstanceName, awaited: AwaitedEvent?) {
        self.instance = instance
        self.awaited = awaited
    }
}

/// What an event must be to end a wait.
package struct AwaitedEvent: Sendable, Hashable, Codable {
    package let event: String
    package let key: String

    package init(event: String, key: String) {
        self.event = event
        self.key = key
    }
}

/// Something to be delivered after the commit.
package struct OutboxMessage: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case raiseChild, cancelChild, reportToParent, tell
        case notify, call, cancelCall, amendChild, raiseSuccessor
        /// An instance has begun to wait for an event, which may have come before.
        case awaitEvent
        /// An event that was addressed to whoever waits for it.
        case deliverEvent
    }

    /// Unique; also the idempotency key of its delivery.
    package let id: UniqueID
    package let origin: RequestID
    package let kind: Kind
    /// JSON as `MessageCodec` wrote it.
    package let payload: String

    package init(id: UniqueID, origin: RequestID, kind: Kind, payload: String) {
        self.id = id
        self.origin = origin
        self.kind = kind
        self.payload = payload
    }
}

/// A key that makes a command happen once, however often it is sent.
package struct IdempotencyKey: Sendable, Hashable {
    /// Who sent it; keys of different principals never meet.
    package let principal: String
    package let key: String

    package init(principal: String, key: String) {
        self.principal = principal
        self.key = key
    }
}

/// What a key was used for.
package struct RecordedAnswer: Sendable, Hashable {
    package let key: IdempotencyKey
    /// SHA-256 of what was asked, so that a key reused for something else is noticed.
    package let fingerprint: [UInt8]
    package let request: RequestID
    /// The version after the command.
    package let version: Int

    package init(key: IdempotencyKey, fingerprint: [UInt8], request: RequestID, version: Int) {
        self.key = key
        self.fingerprint = fingerprint
        self.request = request
        self.version = version
    }
}

/// What delivered a command of Bureau's own.
package enum ConsumedMessage: Sendable, Hashable {
    case timer(InstanceName, due: Instant)
    case message(UniqueID)
}
