internal import PostgresClient
package import ServiceDesk
internal import WorkflowCore

extension PostgresStorage: AuditStorage {
    /// One pipeline with one sync.
    package func append(_ entries: [AuditEntry]) async throws(StorageError) {
        guard !entries.isEmpty else { return }
        do {
            try await pool.pipeline(AuditStatements.append(entries))
        } catch {
            throw StorageError(error, commits: true)
        }
    }

    /// Index: `audit_entry_pkey`, read backwards; filters by kind and principal look at the rows of the days asked for.
    package func auditEntries(_ query: AuditQuery) async throws(StorageError) -> [StoredAuditEntry] {
        let rows = try await run(
            Statement(
                """
                SELECT e.day, e.sequence, e.entry, e.hash, w.names, w.people, w.salts, w.texts
                FROM bureau.audit_entry e
                LEFT JOIN LATERAL (
                    SELECT array_agg(name ORDER BY name) AS names, array_agg(person ORDER BY name) AS people,
                        array_agg(salt ORDER BY name) AS salts, array_agg(text ORDER BY name) AS texts
                    FROM bureau.audit_word w
                    WHERE w.log = e.log AND w.day = e.day AND w.sequence = e.sequence
                ) w ON true
                WHERE e.log = $1 AND e.day >= coalesce($2, '') AND e.day <= coalesce($3, '9999-12-31')
                    AND ($4 IS NULL OR e.kind = $4) AND ($5 IS NULL OR e.principal = $5)
                    AND ($6 IS NULL OR (e.day, e.sequence) < ($6, $7))
                ORDER BY e.day DESC, e.sequence DESC LIMIT $8
                """,
                query.log, query.from, query.to, query.kind, query.principal, query.before?.day,
                query.before.map { Int64($0.sequence) }, Int64(query.limit)))
        return try rows.decoded { (row) throws(PostgresError) in try Self.auditEntry(row, of: query.log) }
    }

    /// Index: `audit_entry_pkey`.
    package func auditEntries(
        of log: AuditLog, from day: String?, after place: AuditPlace?, upTo end: AuditPlace, limit: Int
    ) async throws(StorageError) -> [StoredAuditEntry] {
        let rows = try await run(
            Statement(
                """
                SELECT e.day, e.sequence, e.entry, e.hash, w.names, w.people, w.salts, w.texts
                FROM bureau.audit_entry e
                LEFT JOIN LATERAL (
                    SELECT array_agg(name ORDER BY name) AS names, array_agg(person ORDER BY name) AS people,
                        array_agg(salt ORDER BY name) AS salts, array_agg(text ORDER BY name) AS texts
                    FROM bureau.audit_word w
                    WHERE w.log = e.log AND w.day = e.day AND w.sequence = e.sequence
                ) w ON true
                WHERE e.log = $1 AND (e.day, e.sequence) > ($2, $3) AND (e.day, e.sequence) <= ($4, $5)
                ORDER BY e.day, e.sequence LIMIT $6
                """,
                log, place?.day ?? day ?? "", Int64(place?.sequence ?? 0), end.day, Int64(end.sequence),
                Int64(limit)))
        return try rows.decoded { (row) throws(PostgresError) in try Self.auditEntry(row, of: log) }
    }

    /// Index: `audit_entry_pkey`, one row from its end.
    package func lastAuditEntry(of log: AuditLog, before day: String?) async throws(StorageError) -> StoredAuditEntry? {
        let rows = try await run(
            Statement(
                """
                SELECT day, sequence, entry, hash, NULL::text[], NULL::uuid[], NULL::text[], NULL::text[]
                FROM bureau.audit_entry WHERE log = $1 AND ($2 IS NULL OR day < $2)
                ORDER BY day DESC, sequence DESC LIMIT 1
                """,
                log, day))
        return try rows.decoded { (row) throws(PostgresError) in try Self.auditEntry(row, of: log) }.first
    }

    private static func auditEntry(_ row: Row, of log: AuditLog) throws(PostgresError) -> StoredAuditEntry {
        let names = try row.decode(at: 4, as: [String]?.self) ?? []
        let people = try row.decode(at: 5, as: [PersonID?]?.self) ?? []
        let salts = try row.decode(at: 6, as: [String]?.self) ?? []
        let texts = try row.decode(at: 7, as: [String]?.self) ?? []
        let words = zip(zip(names, people), zip(salts, texts)).map { word, content in
            StoredAuditWord(name: word.0, person: word.1, salt: content.0, text: content.1)
        }
        let entry = AuditEntry(
            log: log, day: try row.decode(at: 0), text: try row.decode(at: 2, as: JSONColumn.self).text, words: words)
        return StoredAuditEntry(
            entry: entry, sequence: Int(try row.decode(at: 1, as: Int64.self)), hash: try row.decode(at: 3))
    }
}
