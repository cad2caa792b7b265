package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: IdentityStorage {
    /// Deletes at most a hundred that are over, so that an insert stays cheap and the table as small as what is under way.
    /// Indexes: `sign_in_attempt_pkey`, `sign_in_attempt_expires_at`.
    package func insert(_ attempt: StoredSignInAttempt, at now: Instant) async throws(StorageError) {
        do {
            try await pool.query(
                Statement(
                    """
                    WITH over AS (
                        SELECT state FROM bureau.sign_in_attempt WHERE expires_at < $5
                        ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED
                    ), forgotten AS (
                        DELETE FROM bureau.sign_in_attempt a USING over WHERE a.state = over.state
                    )
                    INSERT INTO bureau.sign_in_attempt (state, browser, return_to, expires_at) VALUES ($1, $2, $3, $4)
                    """,
                    attempt.state, attempt.browser, attempt.returnTo, attempt.expiresAt, now))
        } catch {
            throw StorageError(error, commits: true)
        }
    }

    /// Of two at the same moment one gets the row. Index: `sign_in_attempt_pkey`.
    package func takeSignInAttempt(state digest: [UInt8]) async throws(StorageError) -> StoredSignInAttempt? {
        try await run(
            Statement(
                """
                DELETE FROM bureau.sign_in_attempt WHERE state = $1 RETURNING state, browser, return_to, expires_at
                """,
                digest)
        ).decoded { (row) throws(PostgresError) in
            StoredSignInAttempt(
                state: try row.decode(at: 0), browser: try row.decode(at: 1), returnTo: try row.decode(at: 2),
                expiresAt: try row.decode(at: 3))
        }.first
    }

    /// Reads first, because all sign-ins but the first find what they look for. Index: `identity_pkey`.
    package func link(
        issuer: String, subject: String, to person: PersonID, at now: Instant, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        if let linked = try await linkedPerson(issuer, subject) { return linked == person }
        let isNew = try await inTransaction { transaction in
            let rows = try await transaction.query(Self.insertIdentity(issuer, subject, person, at: now))
            guard rows.affectedRows > 0 else { return false }
            try await transaction.store(AuditStatements.append(audit))
            return true
        }
        if isNew { return true }
        // The person has another identity, or somebody was faster with this one.
        return try await linkedPerson(issuer, subject) == person
    }

    private func linkedPerson(_ issuer: String, _ subject: String) async throws(StorageError) -> PersonID? {
        try await run(
            Statement("SELECT person FROM bureau.identity WHERE issuer = $1 AND subject = $2", issuer, subject)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: PersonID.self) }.first
    }

    /// Without effect when either is tied already. Indexes: `identity_pkey`, `identity_person_key`.
    private static func insertIdentity(
        _ issuer: String, _ subject: String, _ person: PersonID, at now: Instant
    ) -> Statement {
        Statement(
            """
            INSERT INTO bureau.identity (issuer, subject, person, linked_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """,
            issuer, subject, person, now)
    }

    /// Index: `identity_person_key`.
    package func unlink(_ person: PersonID, audit: [AuditEntry]) async throws(StorageError) -> Int {
        try await inTransaction { transaction in
            let rows = try await transaction.query(
                Statement("DELETE FROM bureau.identity WHERE person = $1", person))
            try await transaction.store(rows.affectedRows > 0 ? AuditStatements.append(audit) : [])
            return Int(rows.affectedRows)
        }
    }

    /// Two round trips: lock and write, then the audit and the commit. Imports wait for the lock, readers do not.
    /// Indexes: `membership_pkey`, for both.
    package func changeMemberships(
        of person: PersonID, adding added: Set<GroupID>, removing removed: Set<GroupID>, audit: [AuditEntry],
        telling notifications: [StoredNotification]
    ) async throws(StorageError) {
        let told = try Self.insert(notifications)
        try await inTransaction { transaction in
            try await transaction.pipeline([
                Statement("UPDATE bureau.directory_state SET revision = revision + 1"),
                Statement(
                    "DELETE FROM bureau.membership WHERE person = $1 AND group_id = ANY ($2::text[])", person,
                    removed.sorted()),
                Statement(
                    """
                    INSERT INTO bureau.membership (person, group_id) SELECT $1, unnest($2::text[])
                    ON CONFLICT DO NOTHING
                    """,
                    person, added.sorted()),
            ])
            try await transaction.store(told + AuditStatements.append(audit))
        }
    }
}
