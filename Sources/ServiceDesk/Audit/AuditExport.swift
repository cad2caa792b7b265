import Expressions

/// An export of the audit that was permitted and recorded, ready to be written.
package struct AuditExport: Sendable {
    let storage: any AuditStorage
    let logs: [AuditLog]
    /// The first and the last day, nil for the first and last that there are.
    let from: CivilDate?
    let to: CivilDate?
    let at: Instant
    let principal: String

    /// Writes it line by line, each with its line break. Entries that are added meanwhile are left out.
    ///
    /// - Throws: What storage or `write` throws; what was written until then has no last line, so that nobody takes it for whole.
    package func write(_ write: @escaping (String) async throws -> Void) async throws {
        var writer = ExportWriter(write)
        var head = [
            ("bureau_export", "\"audit\""), ("format", String(ExportWriter.format)),
            ("at", CanonicalJSON.string(at.description)), ("by", CanonicalJSON.string(principal)),
            ("logs", "[" + logs.map { CanonicalJSON.string($0.rawValue) }.joined(separator: ",") + "]"),
        ]
        if let from { head.append(("from", CanonicalJSON.string(from.description))) }
        if let to { head.append(("to", CanonicalJSON.string(to.description))) }
        try await writer.line(head)
        for log in logs { try await append(log, to: &writer) }
        try await writer.end()
    }

    private func append(_ log: AuditLog, to writer: inout ExportWriter) async throws {
        let afterLast = to?.adding(days: 1).description
        guard let end = try await storage.lastAuditEntry(of: log, before: afterLast) else { return }
        var last: StoredAuditEntry?
        if let from { last = try await storage.lastAuditEntry(of: log, before: from.description) }
        let previous = last?.hash
        last = nil
        while true {
            let entries = try await storage.auditEntries(
                of: log, from: from?.description, after: last?.place, upTo: end.place, limit: 500)
            for entry in entries {
                if entry.sequence == 1 {
                    if let last { try await writer.end(chain: last.chain, entries: last.sequence, head: last.hash) }
                    try await writer.begin(chain: entry.chain, after: last?.hash ?? previous)
                }
                try await writer.line(entry.exported)
                last = entry
            }
            if entries.count < 500 { break }
        }
        if let last { try await writer.end(chain: last.chain, entries: last.sequence, head: last.hash) }
    }
}

extension StoredAuditEntry {
    package var place: AuditPlace { AuditPlace(day: entry.day, sequence: sequence) }

    /// The name of its chain.
    var chain: String { "\(entry.log.rawValue)/\(entry.day)" }

    fileprivate var exported: [(String, String)] {
        var members = [
            ("n", String(sequence)), ("entry", CanonicalJSON.string(entry.text)), ("hash", ExportWriter.hash(hash)),
        ]
        if !entry.words.isEmpty {
            let words = entry.words.map { word in
                (
                    word.name,
                    CanonicalJSON.object([
                        ("salt", CanonicalJSON.string(word.salt)), ("text", CanonicalJSON.string(word.text)),
                    ])
                )
            }
            members.append(("words", CanonicalJSON.object(words)))
        }
        return members
    }
}
