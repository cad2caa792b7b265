package import Expressions
package import WorkflowCore

/// Requests that somebody opened for reading by exception.
package protocol BreakGlassStorage: Sendable {
    /// Opens a request behind its last event; the audit gets its entries and people are told in the same transaction.
    ///
    /// - Throws: `.stale(request)` when there is no such request any more.
    func open(
        _ glass: StoredGlass, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError)
    /// What is open to somebody at a moment, the latest first.
    func openGlasses(of person: PersonID, at now: Instant) async throws(StorageError) -> [StoredGlass]
    /// Ends what is open of a request at a moment: what somebody opened, or what anybody did (nil). Whether there was anything; the audit
    /// gets its entries only then.
    func endGlasses(
        on request: RequestID, of person: PersonID?, at now: Instant, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool
}

/// That somebody opened a request for reading.
package struct StoredGlass: Sendable, Hashable {
    /// The word for it in timelines and notifications.
    package static let kind = NotificationKind.breakGlass.rawValue

    package let id: UniqueID
    package let request: RequestID
    package let person: PersonID
    /// Empty once it is erased.
    package let reason: String
    package let openedAt: Instant
    /// When it ends or has ended.
    package let until: Instant
    /// The event that was the request's last then. Storage sets it.
    package let event: Int

    package init(
        id: UniqueID, request: RequestID, person: PersonID, reason: String, openedAt: Instant, until: Instant,
        event: Int = 0
    ) {
        self.id = id
        self.request = request
        self.person = person
        self.reason = reason
        self.openedAt = openedAt
        self.until = until
        self.event = event
    }

    /// How long it is or was open; at least one.
    var minutes: Int64 { max(1, (until.microseconds - openedAt.microseconds + 59_999_999) / 60_000_000) }
}
