package import Expressions
import JSONText
import WorkflowCore

/// Which entries of the audit a list shows; nil means any.
package struct AuditFilter: Sendable, Hashable {
    package var log: AuditLog
    /// The first and the last day, in UTC.
    package var from: CivilDate?
    package var to: CivilDate?
    package var kind: AuditKind?
    /// `person:0192…`, `operator`.
    package var principal: String?

    package init(
        log: AuditLog, from: CivilDate? = nil, to: CivilDate? = nil, kind: AuditKind? = nil, principal: String? = nil
    ) {
        self.log = log
        self.from = from
        self.to = to
        self.kind = kind
        self.principal = principal
    }
}

/// An entry of the audit for people.
package struct AuditEntryView: Sendable {
    package let log: AuditLog
    package let day: String
    package let sequence: Int
    package let at: String
    package let kind: String
    package let principal: String
    /// Who that is; nil for operators and Bureau itself.
    package let person: PersonReference?
    package let subject: String?
    package let details: [String: String]
    /// Those that were not erased.
    package let words: [String: String]
    /// Hexadecimal.
    package let hash: String
}

extension ServiceDesk {
    /// Entries of one log, the newest first.
    package func auditEntries(
        for viewer: Viewer, filter: AuditFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<AuditEntryView> {
        try await requireNow(.readAudit, of: viewer)
        try Cursor.check(limit: limit)
        var query = AuditQuery(
            log: filter.log, from: filter.from?.description, to: filter.to?.description, kind: filter.kind,
            principal: filter.principal, limit: limit + 1)
        if let cursor { query.before = try Cursor.audit(cursor) }
        let wanted = query
        let (rows, directory) = try await asking { () throws(StorageError) in
            (try await storage.auditEntries(wanted), try await directories.current())
        }
        let items = rows.prefix(limit).map { AuditEntryView($0, in: directory, language: viewer.language) }
        let last = rows.count > limit ? rows[limit - 1].place : nil
        return Page(items: items, next: last.map { Cursor.encode($0) })
    }

    /// An export of logs for somebody who may.
    package func exportAudit(
        of logs: [AuditLog]?, from: CivilDate?, to: CivilDate?, by viewer: Viewer
    ) async throws(DeskError) -> AuditExport {
        try await requireNow(.exportAudit, of: viewer)
        return try await auditExport(of: logs, from: from, to: to, by: viewer.principal.description)
    }
}

extension AuditEntryView {
    init(_ stored: StoredAuditEntry, in directory: Directory, language: String) {
        // We wrote it ourselves; what cannot be read shows as empty, and verifying finds it.
        let members =
            if case .object(let members)? = try? JSONReader.value(of: stored.entry.text) { members } else {
                [String: JSONValue]()
            }
        func text(_ name: String) -> String? { if case .string(let text)? = members[name] { text } else { nil } }
        var details: [String: String] = [:]
        if case .object(let object)? = members["details"] {
            for (name, value) in object { if case .string(let text) = value { details[name] = text } }
        }
        let principal = text("principal") ?? ""
        self.init(
            log: stored.entry.log, day: stored.entry.day, sequence: stored.sequence, at: text("at") ?? "",
            kind: text("kind") ?? "", principal: principal,
            person: Principal(principal)?.person.map { PersonReference($0, in: directory, language: language) },
            subject: text("subject"), details: details,
            words: Dictionary(stored.entry.words.map { ($0.name, $0.text) }) { $1 },
            hash: TextForms.hexadecimal(stored.hash))
    }
}
