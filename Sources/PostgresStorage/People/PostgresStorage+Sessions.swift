package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension SignInMethod: PostgresScalar {}

extension PostgresStorage: SessionStorage {
    /// Identifiers grow with time, so the oldest come first. The person's row is what a lock waits for; the statement after sees what it
    /// has written. Indexes: `person_pkey`, `account_pkey`; `session_person`, read backwards.
    package func insert(
        _ session: StoredSession, limit: Int, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await inTransaction { transaction in
            let answers = try await transaction.pipeline([
                Statement("SELECT id FROM bureau.person WHERE id = $1 FOR KEY SHARE", session.person),
                Statement(
                    """
                    INSERT INTO bureau.session (id, person, digest, previous_digest, csrf_key, method, label, created_at,
                        rotated_at, seen_at, expires_at)
                    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
                    WHERE NOT EXISTS (SELECT FROM bureau.account WHERE person = $2 AND is_locked)
                    """,
                    session.id, session.person, session.digest, session.previousDigest, session.csrfKey,
                    session.method, session.label, session.createdAt, session.rotatedAt, session.seenAt,
                    session.expiresAt),
            ])
            guard answers[1].affectedRows > 0 else { return false }
            try await transaction.store(
                [
                    Statement(
                        """
                        DELETE FROM bureau.session WHERE id IN (
                            SELECT id FROM bureau.session WHERE person = $1 ORDER BY id DESC OFFSET $2)
                        """,
                        session.person, limit)
                ] + AuditStatements.append(audit))
            return true
        }
    }

    /// Indexes: `session_digest_key` and `session_previous_digest`, `preference_pkey`.
    package func session(digest: [UInt8]) async throws(StorageError) -> StoredSession? {
        try await run(
            Statement(
                """
                SELECT s.id, s.person, s.digest, s.previous_digest, s.csrf_key, s.method, s.label, s.created_at,
                    s.rotated_at, s.seen_at, s.expires_at, p.time_zone
                FROM bureau.session s LEFT JOIN bureau.preference p ON p.person = s.person
                WHERE s.digest = $1 OR s.previous_digest = $1
                """,
                digest)
        ).decoded { (row) throws(PostgresError) in
            try Self.session(row, timeZone: try row.decode(at: 11))
        }.first
    }

    /// Index: `session_person`, read backwards.
    package func sessions(of person: PersonID) async throws(StorageError) -> [StoredSession] {
        try await run(
            Statement(
                """
                SELECT id, person, digest, previous_digest, csrf_key, method, label, created_at, rotated_at, seen_at,
                    expires_at
                FROM bureau.session WHERE person = $1 ORDER BY id DESC
                """,
                person)
        ).decoded { (row) throws(PostgresError) in try Self.session(row) }
    }

    /// Index: `session_pkey`. No index holds the column, so the row stays on its page.
    package func touchSession(_ id: UniqueID, at now: Instant) async throws(StorageError) {
        _ = try await run(
            Statement("UPDATE bureau.session SET seen_at = $2 WHERE id = $1 AND seen_at < $2", id, now))
    }

    /// The row's lock makes one of several that come at the same moment the first. Index: `session_pkey`.
    package func rotateSession(
        _ id: UniqueID, from digest: [UInt8], to newDigest: [UInt8], at now: Instant
    ) async throws(StorageError) -> Bool {
        try await run(
            Statement(
                """
                UPDATE bureau.session SET digest = $3, previous_digest = digest, rotated_at = $4, seen_at = $4
                WHERE id = $1 AND digest = $2
                """,
                id, digest, newDigest, now)
        ).affectedRows > 0
    }

    /// Index: `session_pkey`.
    package func endSession(
        _ id: UniqueID, of person: PersonID, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await inTransaction { transaction in
            let ended = try await transaction.query(
                Statement("DELETE FROM bureau.session WHERE id = $1 AND person = $2", id, person))
            guard ended.affectedRows > 0 else { return false }
            try await transaction.store(AuditStatements.append(audit))
            return true
        }
    }

    /// Index: `session_person`.
    @discardableResult
    package func endSessions(of person: PersonID, except kept: UniqueID?) async throws(StorageError) -> Int {
        try await run(
            Statement("DELETE FROM bureau.session WHERE person = $1 AND id IS DISTINCT FROM $2", person, kept)
        ).affectedRows
    }

    /// Their passwords and invitations go, too. One round trip and one transaction; leavers with anything left are few, so people are looked up by their key.
    package func endAccessOfLeavers(at now: Instant) async throws(StorageError) {
        do {
            try await pool.pipeline([
                Statement(
                    """
                    DELETE FROM bureau.session s USING bureau.person p WHERE p.id = s.person AND NOT p.is_active
                    """),
                Statement(
                    """
                    UPDATE bureau.token t SET revoked_at = $1 FROM bureau.person p
                    WHERE p.id = t.person AND NOT p.is_active AND t.revoked_at IS NULL
                    """,
                    now),
                Statement(
                    """
                    DELETE FROM bureau.invitation i USING bureau.person p WHERE p.id = i.person AND NOT p.is_active
                    """),
                Statement(
                    """
                    UPDATE bureau.account a SET password_hash = NULL, password_changed_at = NULL FROM bureau.person p
                    WHERE p.id = a.person AND NOT p.is_active AND a.password_hash IS NOT NULL
                    """),
                Statement(
                    """
                    DELETE FROM bureau.code_maker m USING bureau.person p WHERE p.id = m.person AND NOT p.is_active
                    """),
            ])
        } catch {
            throw StorageError(error)
        }
    }

    /// Reads the whole table, which holds who is signed in now.
    @discardableResult
    package func purgeSessions(at now: Instant, idleSince: Instant) async throws(StorageError) -> Int {
        try await run(
            Statement("DELETE FROM bureau.session WHERE expires_at <= $1 OR seen_at <= $2", now, idleSince)
        ).affectedRows
    }

    private static func session(_ row: Row, timeZone: String? = nil) throws(PostgresError) -> StoredSession {
        StoredSession(
            id: try row.decode(at: 0), person: try row.decode(at: 1), digest: try row.decode(at: 2),
            previousDigest: try row.decode(at: 3), csrfKey: try row.decode(at: 4), method: try row.decode(at: 5),
            label: try row.decode(at: 6), createdAt: try row.decode(at: 7), rotatedAt: try row.decode(at: 8),
            seenAt: try row.decode(at: 9), expiresAt: try row.decode(at: 10), timeZone: timeZone)
    }
}
