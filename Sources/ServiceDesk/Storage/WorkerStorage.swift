package import Expressions
package import WorkflowCore

/// Timers and outbox, claimed in batches with SKIP LOCKED. A claim is a lease: what is not consumed or dropped until it ends is claimed again.
package protocol WorkerStorage: Sendable {
    /// Timers due at `now`, the earliest first, leased until `leaseEnd`.
    func claimTimers(dueAt now: Instant, limit: Int, leaseUntil leaseEnd: Instant) async throws(StorageError)
        -> [DueTimer]
    /// Messages of these kinds to deliver, the oldest first, leased until `leaseEnd`. A report waits until the earlier ones of its
    /// origin are gone, what is for a child until its origin has no child to be raised.
    func claimMessages(
        _ kinds: [OutboxMessage.Kind], at now: Instant, limit: Int, leaseUntil leaseEnd: Instant
    ) async throws(StorageError) -> [ClaimedMessage]
    /// Lengthens the lease of a claimed message; false when it ends at another moment, so that somebody else has the message, or when it
    /// is gone.
    func extendLease(
        of message: UniqueID, from leaseEnd: Instant, to newEnd: Instant
    ) async throws(StorageError) -> Bool
    /// Deletes a timer whose command was rejected as stale.
    func drop(_ timer: DueTimer) async throws(StorageError)
    /// Deletes messages that were delivered outside a request's transaction, or are stale.
    func drop(messages: [UniqueID]) async throws(StorageError)
    /// Puts a message off after a failed attempt.
    func postpone(_ message: UniqueID, until: Instant) async throws(StorageError)
    /// Ends the pause of a message that was put off; without effect while somebody has claimed it.
    func hasten(_ message: UniqueID, to now: Instant) async throws(StorageError)
    /// When the next timer is due or the next message may be claimed; nil when there is neither.
    func nextWake() async throws(StorageError) -> Instant?
    /// Forgets what idempotency keys from before `limit` were used for; how many.
    @discardableResult
    func purgeAnswers(before limit: Instant) async throws(StorageError) -> Int
}

/// Events that are addressed to whoever waits for them.
package protocol EventStorage: Sendable {
    /// Keeps an event, unless its key was used before; what is kept under the key.
    func keep(_ event: AddressedEvent) async throws(StorageError) -> KeptAddressedEvent
    /// Hands kept events of that name and key, the earliest first, to requests that wait for them: each event to all that wait now.
    /// The requests that get one, each once, by identifier.
    func dispatchEvents(_ awaited: AwaitedEvent, at now: Instant) async throws(StorageError) -> [RequestID]
    /// Forgets events whose time was over before `limit`; how many.
    @discardableResult
    func purgeEvents(before limit: Instant) async throws(StorageError) -> Int
}

/// Who tells of something that has happened outside.
package struct Teller: Sendable, Hashable {
    package let person: PersonID
    /// Everything they belong to.
    package let parties: [Party]
    /// Types whose requests they reach also where these are restricted: of a program, those that are not confidential themselves.
    package let types: [RequestTypeID]

    package init(person: PersonID, parties: [Party], types: [RequestTypeID]) {
        self.person = person
        self.parties = parties
        self.types = types
    }
}

/// An event for whoever waits for it.
package struct AddressedEvent: Sendable, Hashable {
    /// Also the identifier of its delivery.
    package let id: UniqueID
    /// Who sent it, and the key that makes it happen once.
    package let key: IdempotencyKey
    /// SHA-256 of what was said, so that a key reused for something else is noticed.
    package let fingerprint: [UInt8]
    package let awaited: AwaitedEvent
    /// Whose requests may take it.
    package let departments: [DepartmentID]
    /// Who tells it: of what is confidential or restricted only those take it that they see.
    package let teller: Teller
    /// JSON as `MessageCodec` wrote it.
    package let payload: String
    package let receivedAt: Instant
    package let expiresAt: Instant

    package init(
        id: UniqueID, key: IdempotencyKey, fingerprint: [UInt8], awaited: AwaitedEvent, departments: [DepartmentID],
        teller: Teller, payload: String, receivedAt: Instant, expiresAt: Instant
    ) {
        self.id = id
        self.key = key
        self.fingerprint = fingerprint
        self.awaited = awaited
        self.departments = departments
        self.teller = teller
        self.payload = payload
        self.receivedAt = receivedAt
        self.expiresAt = expiresAt
    }
}

/// What storage has under the key of an event.
package struct KeptAddressedEvent: Sendable, Hashable {
    package let id: UniqueID
    package let fingerprint: [UInt8]
    package let expiresAt: Instant
    /// Whether it was handed to somebody who waited.
    package let isDispatched: Bool

    package init(id: UniqueID, fingerprint: [UInt8], expiresAt: Instant, isDispatched: Bool) {
        self.id = id
        self.fingerprint = fingerprint
        self.expiresAt = expiresAt
        self.isDispatched = isDispatched
    }
}

/// A claimed timer.
package struct DueTimer: Sendable, Hashable {
    package let request: RequestID
    package let instance: InstanceName
    package let due: Instant

    package init(request: RequestID, instance: InstanceName, due: Instant) {
        self.request = request
        self.instance = instance
        self.due = due
    }
}

/// A claimed message.
package struct ClaimedMessage: Sendable, Hashable {
    package let message: OutboxMessage
    /// How often it was claimed, this time included.
    package let attempts: Int

    package init(message: OutboxMessage, attempts: Int) {
        self.message = message
        self.attempts = attempts
    }
}
