import ServiceDesk

extension ShakyStorage: AuditStorage {
    func append(_ entries: [AuditEntry]) async throws(StorageError) {
        if failsPermanently { throw .unavailable("the test says so") }
        try await storage.append(entries)
    }

    func auditEntries(_ query: AuditQuery) async throws(StorageError) -> [StoredAuditEntry] {
        try await storage.auditEntries(query)
    }

    func auditEntries(
        of log: AuditLog, from day: String?, after place: AuditPlace?, upTo end: AuditPlace, limit: Int
    ) async throws(StorageError) -> [StoredAuditEntry] {
        try await storage.auditEntries(of: log, from: day, after: place, upTo: end, limit: limit)
    }

    func lastAuditEntry(of log: AuditLog, before day: String?) async throws(StorageError) -> StoredAuditEntry? {
        try await storage.lastAuditEntry(of: log, before: day)
    }
}
