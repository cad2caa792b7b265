import ServiceDesk

extension ShakyStorage: AuditStorage {
    func append(_ entries: [AuditEntry]) async throws(StorageError) {
        if failsPermanently { throw .unavailable("the test says so") }
        try await storage.append(entries)
    }

    func auditEntries(_ query: AuditQuery) async throws(StorageError) -> [StoredAuditEntry] {
        try await storage.auditEntries(query)
    }
}
