package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: DraftStorage {
    /// Indexes: `draft_pkey`, `request_pkey`.
    package func drafts(of person: PersonID, for asker: Asker) async throws(StorageError) -> [StoredDraft] {
        let rows = try await see(
            Statement(
                """
                SELECT type, beneficiary, entries, kinds, key, page, version, changed_at
                FROM bureau.draft WHERE person = $1 ORDER BY changed_at DESC, type
                """,
                person),
            as: asker)
        return try Self.drafts(rows)
    }

    /// Indexes: `draft_pkey`, `request_pkey`.
    package func draft(
        of subject: DraftSubject, by person: PersonID, for asker: Asker
    ) async throws(StorageError) -> StoredDraft? {
        let rows = try await see(
            Statement(
                """
                SELECT type, beneficiary, entries, kinds, key, page, version, changed_at
                FROM bureau.draft WHERE person = $1 AND type = $2
                """,
                person, subject.text),
            as: asker)
        return try Self.drafts(rows).first
    }

    /// The lock on the person makes one after the other of several that come at the same moment, so that the draft of the second
    /// statement is the one that the fourth found in its way. A page may still be keeping what it has just sent: the key says so, and
    /// sending commits before its draft is forgotten. Indexes: `person_pkey`, `draft_pkey`, `idempotency_pkey`.
    package func keep(
        _ draft: StoredDraft, of person: PersonID, replacing condition: DraftCondition, limit: Int
    ) async throws(StorageError) -> DraftKeeping {
        let (subject, entries) = (draft.subject.text, DraftCodec.json(draft.entries))
        return try await inTransaction { transaction in
            let answers = try await transaction.pipeline([
                Statement("SELECT id FROM bureau.person WHERE id = $1 FOR NO KEY UPDATE", person),
                Statement(
                    "SELECT changed_at FROM bureau.draft WHERE person = $1 AND type = $2", person, subject),
                Statement(
                    "SELECT request_id FROM bureau.idempotency WHERE principal = $1 AND key = $2",
                    Principal.person(person).description, draft.key),
                Statement(
                    """
                    INSERT INTO bureau.draft AS held
                        (person, type, beneficiary, entries, kinds, key, page, changed_at, request_id, version)
                    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $15, $16
                    WHERE ((SELECT count(*) FROM bureau.draft WHERE person = $1) < $9
                            OR EXISTS (SELECT FROM bureau.draft WHERE person = $1 AND type = $2))
                        AND NOT EXISTS (SELECT FROM bureau.idempotency WHERE principal = $10 AND key = $6)
                    ON CONFLICT (person, type) DO UPDATE
                    SET beneficiary = EXCLUDED.beneficiary, entries = EXCLUDED.entries, kinds = EXCLUDED.kinds,
                        key = EXCLUDED.key, page = EXCLUDED.page, changed_at = EXCLUDED.changed_at,
                        version = EXCLUDED.version
                    WHERE $11 OR held.key = $12 OR held.changed_at = $13 OR held.page = $14
                    RETURNING type
                    """,
                    person, subject, draft.beneficiary, JSONColumn(entries),
                    JSONColumn(DraftCodec.json(draft.kinds)), draft.key, draft.page, draft.changedAt, Int64(limit),
                    Principal.person(person).description, condition == .any,
                    condition.key, condition.moment, condition.page, draft.subject.request,
                    draft.version.map(Int64.init)),
            ])
            if !answers[3].isEmpty { return .kept }
            if !answers[2].isEmpty { return .sent }
            return try answers[1].first(as: Instant.self).map { .elsewhere(since: $0) } ?? .tooMany
        }
    }

    /// Index: `draft_pkey`.
    package func forgetDraft(
        of subject: DraftSubject, by person: PersonID, _ condition: DraftCondition
    ) async throws(StorageError) -> Bool {
        try await run(
            Statement(
                """
                DELETE FROM bureau.draft
                WHERE person = $1 AND type = $2 AND ($3 OR key = $4 OR changed_at = $5 OR page = $6)
                """,
                person, subject.text, condition == .any, condition.key, condition.moment, condition.page)
        ).affectedRows > 0
    }

    /// What waits for somebody is a narrow table, and few drafts are about requests. Indexes: `draft_changed_at`, `draft_request`,
    /// `work_item_pkey`, `request_pkey`.
    @discardableResult
    package func purgeDrafts(
        unchangedSince limit: Instant, idleSince idle: Instant
    ) async throws(StorageError) -> Int {
        try await run(
            Statement(
                """
                DELETE FROM bureau.draft d
                WHERE changed_at < $1
                    OR request_id IS NOT NULL AND changed_at < $2 AND (
                        type LIKE '%/complete:%' AND NOT EXISTS (
                            SELECT FROM bureau.work_item w
                            WHERE w.request_id = d.request_id AND d.type = w.request_id || '/complete:' || w.instance)
                        OR type LIKE '%/amend' AND EXISTS (
                            SELECT FROM bureau.request r WHERE r.id = d.request_id AND r.phase = 'closed'))
                """,
                limit, idle)
        ).affectedRows
    }

    private static func drafts(_ rows: RowSet) throws(StorageError) -> [StoredDraft] {
        try rows.decoded { (row) throws(PostgresError) -> StoredDraft? in
            guard let subject = DraftSubject(try row.decode(at: 0, as: String.self)) else { return nil }
            return StoredDraft(
                subject: subject, beneficiary: try row.decode(at: 1),
                entries: DraftCodec.entries(try row.decode(at: 2, as: JSONColumn.self).text),
                kinds: DraftCodec.kinds(try row.decode(at: 3, as: JSONColumn.self).text),
                key: try row.decode(at: 4), page: try row.decode(at: 5),
                version: try row.decode(at: 6, as: Int64?.self).map(Int.init), changedAt: try row.decode(at: 7))
        }.compactMap { $0 }
    }
}
