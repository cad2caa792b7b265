/// The audit. Writes that must not happen without their record take its entries along, in their transaction.
package protocol AuditStorage: Sendable {
    /// Writes entries at the ends of their chains, in this order, in one transaction.
    func append(_ entries: [AuditEntry]) async throws(StorageError)
    /// The entries that a filter finds, the newest first, with those of their words that were not erased.
    func auditEntries(_ query: AuditQuery) async throws(StorageError) -> [StoredAuditEntry]
    /// The entries of a log from a day on, or after a place, up to another, the oldest first.
    func auditEntries(
        of log: AuditLog, from day: String?, after place: AuditPlace?, upTo end: AuditPlace, limit: Int
    ) async throws(StorageError) -> [StoredAuditEntry]
    /// The last entry of a log before a day, or of all; without its words.
    func lastAuditEntry(of log: AuditLog, before day: String?) async throws(StorageError) -> StoredAuditEntry?
}

/// Filters of one log; nil means any.
package struct AuditQuery: Sendable, Hashable {
    package var log: AuditLog
    /// The first and the last day, `2026-11-22`, in UTC.
    package var from: String?
    package var to: String?
    package var kind: AuditKind?
    package var principal: String?
    /// Older than this place.
    package var before: AuditPlace?
    package var limit: Int

    package init(
        log: AuditLog, from: String? = nil, to: String? = nil, kind: AuditKind? = nil, principal: String? = nil,
        before: AuditPlace? = nil, limit: Int
    ) {
        self.log = log
        self.from = from
        self.to = to
        self.kind = kind
        self.principal = principal
        self.before = before
        self.limit = limit
    }
}

/// A place in a log.
package struct AuditPlace: Sendable, Hashable {
    package let day: String
    package let sequence: Int

    package init(day: String, sequence: Int) {
        self.day = day
        self.sequence = sequence
    }
}
