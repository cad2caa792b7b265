package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: ErasureStorage {
    /// Who took part is a viewer in person, but of what is confidential only while they have work in it; whoever only commented never is.
    /// The kinds are those of `Contribution.kinds`. Indexes: `request_requester`, `request_beneficiary`, `request_viewer_pkey`,
    /// `event_contribution`.
    package func requests(involving person: PersonID) async throws(StorageError) -> [InvolvedRequest] {
        try await run(
            Statement(
                """
                SELECT r.id, r.department, r.phase, (r.requester = $1 OR r.beneficiary = $1) IS TRUE,
                    r.is_confidential
                FROM bureau.request r
                WHERE r.id IN (
                    SELECT id FROM bureau.request WHERE requester = $1
                    UNION SELECT id FROM bureau.request WHERE beneficiary = $1 AND beneficiary <> requester
                    UNION SELECT request_id FROM bureau.request_viewer WHERE party = $2
                    UNION SELECT request_id FROM bureau.event
                    WHERE principal = ANY ($3::text[]) AND kind IN ('cancel_requested', 'change_held', 'changed', 'commented',
                        'completed', 'element_added', 'kept', 'noted', 'raised', 'rated', 'received', 'reopened',
                        'restricted', 'unrestricted', 'voted'))
                ORDER BY r.id
                """,
                person, Party.person(person), Contribution.principals(of: person))
        ).decoded { (row) throws(PostgresError) in
            InvolvedRequest(
                id: try row.decode(at: 0), department: try row.decode(at: 1), phase: try row.decode(at: 2),
                isTheirs: try row.decode(at: 3), isConfidential: try row.decode(at: 4))
        }
    }

    /// A request that is kept too long was raised longer ago still, so its identifier lies before that of the limit. Index:
    /// `request_erasable`, a range of each type; the moment of its last change stands in no index, so that changes stay on
    /// their page, and is looked at row by row.
    package func outdatedRequests(
        of limits: [RequestTypeID: Instant], limit: Int
    ) async throws(StorageError) -> [RequestID] {
        let sorted = limits.sorted { $0.key < $1.key }
        return try await run(
            Statement(
                """
                SELECT r.id
                FROM unnest($1::text[], $2::uuid[], $3::timestamptz[]) AS kept (type, before, until)
                CROSS JOIN LATERAL (
                    SELECT id FROM bureau.request
                    WHERE type = kept.type AND id < kept.before AND changed_at < kept.until
                        AND phase = 'closed' AND erased_at IS NULL
                    ORDER BY id LIMIT $4
                ) r
                LIMIT $4
                """,
                sorted.map(\.key), sorted.map { Self.firstID(at: $0.value) }, sorted.map(\.value), Int64(limit))
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: RequestID.self) }
    }

    /// Before every identifier of that moment.
    private static func firstID(at instant: Instant) -> UniqueID {
        let milliseconds = max(instant.seconds * 1000 + Int64(instant.nanoseconds / 1_000_000), 0)
        return .version7(milliseconds: UInt64(milliseconds), random: 0, 0)
    }

    /// Two round trips: lock and load, write and commit.
    package func erase(
        _ request: RequestID, at now: Instant,
        decide: @Sendable (StoredRequest, [StoredEvent]) throws(StorageError) -> RequestErasure?
    ) async throws(StorageError) -> Bool {
        try await inTransaction { transaction in
            let answers = try await transaction.pipeline(
                [Self.lockClosed(request), Self.selectSensitiveContents([request])] + Self.selectJournal(of: request))
            guard let stored = try Self.storedRequests(answers[0], sensitive: answers[1]).first else { return false }
            let journal = try Self.storedEvents(answers[2], contents: answers[3])
            guard let erasure = try decide(stored, journal) else { return false }
            try await transaction.store(
                Self.erase(erasure, from: request, at: now) + AuditStatements.append(erasure.audit))
            return true
        }
    }

    /// Index: `request_pkey`.
    private static func lockClosed(_ request: RequestID) -> Statement {
        Statement(
            """
            SELECT id, type, configuration, version, state, last_hash, raised_at, changed_at
            FROM bureau.request WHERE id = $1 AND phase = 'closed'
            FOR NO KEY UPDATE
            """,
            request)
    }

    /// The moment of the last change stays: an erasure is nobody's change. With the last of what was entered goes the receipt, which is
    /// then one that was never given; what steps told people goes in any case, because it may quote what was entered. Indexes:
    /// `protected_content_pkey`, `request_pkey`, `receipt_request`, `notification_written`, `request_text_pkey`.
    private static func erase(_ erasure: RequestErasure, from request: RequestID, at now: Instant) -> [Statement] {
        let receipt = Statement("DELETE FROM bureau.receipt WHERE request_id = $1", request)
        return (erasure.isWhole ? [receipt] : []) + eraseFiles(erasure.files, from: request) + [
            // The words by which it was found; those of what is left come back with the next look for requests without.
            Statement("DELETE FROM bureau.request_text WHERE request_id = $1", request),
            Statement("DELETE FROM bureau.notification WHERE request_id = $1 AND kind = 'notify'", request),
            // Whoever was about to write something may quote it, too. Index: `draft_request`.
            Statement("DELETE FROM bureau.draft WHERE request_id = $1", request),
            // That it was opened for reading stays; why, somebody has written. Indexes: `notification_break_glass`,
            // `break_glass_request`.
            Statement("DELETE FROM bureau.notification WHERE request_id = $1 AND kind = 'break_glass'", request),
            Statement("UPDATE bureau.break_glass SET reason = '' WHERE request_id = $1", request),
            Statement(
                "DELETE FROM bureau.protected_content WHERE request_id = $1 AND sequence = ANY ($2::bigint[])",
                request, erasure.sequences),
            Statement(
                CreateSQL.insertProtectedContents, erasure.spared.map { _ in request },
                erasure.spared.map(\.sequence), erasure.spared.map(\.readers),
                erasure.spared.map { JSONColumn($0.content) }),
            Statement(
                """
                INSERT INTO bureau.event
                    (request_id, sequence, at, kind, format, configuration, principal, data, hash)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                request, erasure.entry.sequence, erasure.entry.at, erasure.entry.kind, erasure.entry.format,
                erasure.entry.configuration, erasure.entry.principal, JSONColumn(erasure.entry.data),
                erasure.entry.hash),
            Statement(
                """
                UPDATE bureau.request
                SET version = $2, state = $3, last_hash = $4,
                    erased_at = CASE WHEN $5 THEN coalesce(erased_at, $6) ELSE erased_at END
                WHERE id = $1
                """,
                request, erasure.entry.sequence, JSONColumn(erasure.state), erasure.entry.hash, erasure.isWhole, now),
        ]
    }

    /// A file goes when no other request has it: a child, to which it was passed, keeps it for its own time. Indexes:
    /// `attachment_use_pkey`, `attachment_use_attachment`, `attachment_pkey`.
    private static func eraseFiles(_ files: [UniqueID], from request: RequestID) -> [Statement] {
        guard !files.isEmpty else { return [] }
        return [
            Statement(
                "DELETE FROM bureau.attachment_use WHERE request_id = $1 AND attachment = ANY ($2::uuid[])", request,
                files),
            Statement(
                """
                DELETE FROM bureau.attachment a
                WHERE a.id = ANY ($1::uuid[])
                    AND NOT EXISTS (SELECT FROM bureau.attachment_use u WHERE u.attachment = a.id)
                """,
                files),
        ]
    }

    /// One pipeline with one sync. The row is deleted, with everything that hangs on it: tables about people refer to theirs with ON
    /// DELETE CASCADE. A pseudonym of the same identifier takes its place.
    package func erase(_ person: PersonErasure, at now: Instant) async throws(StorageError) {
        let id = person.person
        do {
            try await pool.pipeline(
                [
                    Statement("UPDATE bureau.directory_state SET revision = revision + 1"),
                    // Only other leavers can still have them. Index: `person_manager`.
                    Statement("UPDATE bureau.person SET manager = NULL WHERE manager = $1", id),
                    Self.deleteLeaver(id),
                    Statement(
                        """
                        INSERT INTO bureau.person (id, handle, name, email, is_active, changed_at)
                        VALUES ($1, $2, $3, '', false, $4)
                        """,
                        id, person.handle, person.name, now),
                    Statement(
                        "DELETE FROM bureau.outside_event WHERE principal = $1", Principal.person(id).description),
                    Self.deleteNotifications(naming: person.formerName),
                    Statement(
                        """
                        DELETE FROM bureau.audit_word
                        WHERE person = $1 OR (person IS NULL AND text = ANY ($2::text[]))
                        """,
                        id, person.names),
                ] + AuditStatements.append(person.audit))
        } catch {
            throw StorageError(error, commits: true)
        }
    }

    /// What people were told that is about no request, as that somebody stands in for them, or about an exception: it names them. Others
    /// about requests name nobody, or went with what was entered. Reads all of these; they are few and soon forgotten.
    private static func deleteNotifications(naming name: String) -> Statement {
        Statement(
            """
            DELETE FROM bureau.notification n
            WHERE (n.request_id IS NULL OR n.kind = 'break_glass')
                AND EXISTS (SELECT FROM json_each_text(n.text) AS t (language, text) WHERE strpos(t.text, $1) > 0)
            """,
            name)
    }

    /// Ends the pipeline with ZB001 unless they have left.
    private static func deleteLeaver(_ person: PersonID) -> Statement {
        Statement(
            """
            WITH gone AS (DELETE FROM bureau.person WHERE id = $1 AND NOT is_active RETURNING id)
            SELECT CASE WHEN count(*) <> 1 THEN bureau.refuse('ZB001') END FROM gone
            """,
            person)
    }
}
