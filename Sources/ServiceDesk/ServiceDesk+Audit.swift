package import Expressions
import WorkflowCore

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

    /// An export of logs, recorded before anything is written. For whoever may: nobody is asked here.
    ///
    /// - Parameters:
    ///   - logs: Nil for all.
    ///   - from: The first day in UTC; nil for the first that there is.
    ///   - to: The last day; nil for today.
    ///   - principal: Who exports, as the audit names it.
    package func auditExport(
        of logs: [AuditLog]?, from: CivilDate?, to: CivilDate?, by principal: String
    ) async throws(DeskError) -> AuditExport {
        let logs = logs ?? AuditLog.allCases
        var details = ["logs": logs.map(\.rawValue).joined(separator: ",")]
        if let from { details["from"] = from.description }
        if let to { details["to"] = to.description }
        try await audit(.auditExported, by: principal, details: details)
        return AuditExport(
            storage: storage, logs: logs, from: from, to: to, at: clock().truncatedToMicroseconds, principal: principal)
    }

    /// The journal of a request as the viewer may read it. For everybody who sees the request; recorded before anything is written, unless
    /// it is theirs or for them, as with any reading.
    package func journalExport(of reference: String, by viewer: Viewer) async throws(DeskError) -> JournalExport {
        let export = try await queries.journal(of: reference, for: viewer)
        guard ReadRecorder.stranger(export.reading, to: export.state) != nil else { return export }
        try await audit(
            .journalExported, by: viewer.principal.description,
            subject: "request:\(export.request)", details: ["number": export.number])
        return export
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
