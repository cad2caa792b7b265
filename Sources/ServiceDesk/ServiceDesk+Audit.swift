extension ServiceDesk {
    /// Keeps for ever that somebody did something. For what has a transaction of its own; writes to storage take an entry along.
    ///
    /// - Parameters:
    ///   - principal: `person:0192…`, `service:0192…`, `operator`, `system:…` or `anonymous`.
    ///   - subject: What it was done to, as `person:0192…`; nil when the kind says it all.
    ///   - details: Facts without a person's name: they can never be erased.
    ///   - words: What names a person or was written by one.
    /// - Throws: When it could not be kept; then what it is about must not take effect.
    package func audit(
        _ kind: AuditKind, by principal: String, subject: String? = nil, details: [String: String] = [:],
        words: [String: AuditWord] = [:]
    ) async throws(DeskError) {
        let entry = auditEntry(kind, by: principal, subject: subject, details: details, words: words)
        try await asking { () throws(StorageError) in try await storage.append([entry]) }
    }

    /// An entry of now, for a write that takes it along.
    func auditEntry(
        _ kind: AuditKind, by principal: String, subject: String? = nil, details: [String: String] = [:],
        words: [String: AuditWord] = [:]
    ) -> AuditEntry {
        AuditEntry(
            AuditRecord(
                at: clock(), kind: kind, principal: principal, subject: subject, details: details, words: words),
            random: random)
    }
}
