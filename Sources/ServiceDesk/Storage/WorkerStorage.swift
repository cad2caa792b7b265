package import Expressions
package import WorkflowCore

/// Timers and outbox, claimed in batches with SKIP LOCKED. A claim is a lease: what is not consumed or dropped until it ends is claimed again.
package protocol WorkerStorage: Sendable {
    /// Timers due at `now`, the earliest first, leased until `leaseEnd`.
    func claimTimers(dueAt now: Instant, limit: Int, leaseUntil leaseEnd: Instant) async throws(StorageError)
        -> [DueTimer]
    /// Messages to deliver, the oldest first, leased until `leaseEnd`. A report waits until the earlier ones of its origin are
    /// gone, a child's cancellation until its origin has no child to be raised.
    func claimMessages(at now: Instant, limit: Int, leaseUntil leaseEnd: Instant) async throws(StorageError)
        -> [ClaimedMessage]
    /// Deletes a timer whose command was rejected as stale.
    func drop(_ timer: DueTimer) async throws(StorageError)
    /// Deletes messages that were delivered outside a request's transaction, or are stale.
    func drop(messages: [UniqueID]) async throws(StorageError)
    /// Puts a message off after a failed attempt.
    func postpone(_ message: UniqueID, until: Instant) async throws(StorageError)
    /// When the next timer is due or the next message may be claimed; nil when there is neither.
    func nextWake() async throws(StorageError) -> Instant?
    /// Forgets what idempotency keys from before `limit` were used for; how many.
    @discardableResult
    func purgeAnswers(before limit: Instant) async throws(StorageError) -> Int
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
