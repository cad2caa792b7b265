package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: AccountStorage {
    /// Indexes: `person_pkey`, `account_pkey`, `invitation_person_key`.
    package func account(of person: PersonID) async throws(StorageError) -> StoredAccount? {
        try await run(
            Statement(
                """
                SELECT p.id, a.password_hash, a.password_changed_at, coalesce(a.is_locked, false), i.expires_at
                FROM bureau.person p
                LEFT JOIN bureau.account a ON a.person = p.id
                LEFT JOIN bureau.invitation i ON i.person = p.id
                WHERE p.id = $1
                """,
                person)
        ).decoded(Self.account).first
    }

    /// Indexes: `person_handle_key`, `account_pkey`, `invitation_person_key`.
    package func account(handle: String) async throws(StorageError) -> StoredAccount? {
        try await run(
            Statement(
                """
                SELECT p.id, a.password_hash, a.password_changed_at, coalesce(a.is_locked, false), i.expires_at
                FROM bureau.person p
                LEFT JOIN bureau.account a ON a.person = p.id
                LEFT JOIN bureau.invitation i ON i.person = p.id
                WHERE p.handle = $1 AND p.is_active AND p.kind = 'person'
                """,
                handle)
        ).decoded(Self.account).first
    }

    /// Index: `account_pkey`.
    package func rehashPassword(of person: PersonID, from old: String, to new: String) async throws(StorageError) {
        _ = try await run(
            Statement(
                "UPDATE bureau.account SET password_hash = $3 WHERE person = $1 AND password_hash = $2", person, old,
                new))
    }

    /// Of two at the same moment one finds the old password. Indexes: `account_pkey`, `session_person`.
    package func changePassword(
        of person: PersonID, from old: String, to new: String, at now: Instant, keeping kept: UniqueID?,
        audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await inTransaction { transaction in
            let changed = try await transaction.query(
                Statement(
                    """
                    UPDATE bureau.account SET password_hash = $3, password_changed_at = $4
                    WHERE person = $1 AND password_hash = $2 AND NOT is_locked
                    """,
                    person, old, new, now))
            guard changed.affectedRows > 0 else { return false }
            try await transaction.store([Self.endSessions(of: person, except: kept)] + AuditStatements.append(audit))
            return true
        }
    }

    /// Index: `invitation_person_key`.
    package func insert(
        _ invitation: StoredInvitation, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) {
        let told = try Self.insert(notifications)
        do {
            try await pool.pipeline(
                [
                    Statement(
                        """
                        INSERT INTO bureau.invitation (digest, person, expires_at, invited_by) VALUES ($1, $2, $3, $4)
                        ON CONFLICT (person) DO UPDATE
                        SET digest = excluded.digest, expires_at = excluded.expires_at,
                            invited_by = excluded.invited_by, confirmed_by = NULL
                        """,
                        invitation.digest, invitation.person, invitation.expiresAt, invitation.invitedBy)
                ] + told + AuditStatements.append(audit))
        } catch {
            throw StorageError(error, commits: true)
        }
    }

    /// Index: `invitation_pkey`.
    package func invitation(digest: [UInt8]) async throws(StorageError) -> StoredInvitation? {
        try await run(
            Statement(
                """
                SELECT digest, person, expires_at, invited_by, confirmed_by FROM bureau.invitation WHERE digest = $1
                """,
                digest)
        ).decoded(Self.invitation).first
    }

    /// Index: `invitation_person_key`.
    package func invitation(of person: PersonID) async throws(StorageError) -> StoredInvitation? {
        try await run(
            Statement(
                """
                SELECT digest, person, expires_at, invited_by, confirmed_by FROM bureau.invitation WHERE person = $1
                """,
                person)
        ).decoded(Self.invitation).first
    }

    /// Of two at the same moment one confirms it. Index: `invitation_pkey`.
    package func confirmInvitation(
        digest: [UInt8], by confirmer: PersonID, at now: Instant, audit: [AuditEntry],
        telling notifications: [StoredNotification]
    ) async throws(StorageError) -> Bool {
        let told = try Self.insert(notifications)
        return try await inTransaction { transaction in
            let confirmed = try await transaction.query(
                Statement(
                    """
                    UPDATE bureau.invitation SET confirmed_by = $2
                    WHERE digest = $1 AND confirmed_by IS NULL AND expires_at > $3
                    """,
                    digest, confirmer, now))
            guard confirmed.affectedRows > 0 else { return false }
            try await transaction.store(told + AuditStatements.append(audit))
            return true
        }
    }

    private static func invitation(_ row: Row) throws(PostgresError) -> StoredInvitation {
        StoredInvitation(
            digest: try row.decode(at: 0), person: try row.decode(at: 1), expiresAt: try row.decode(at: 2),
            invitedBy: try row.decode(at: 3), confirmedBy: try row.decode(at: 4))
    }

    /// Of two at the same moment one finds the code. The directory's row first, as imports do: nobody comes into an office meanwhile.
    /// Indexes: `invitation_pkey`, `account_pkey`, `session_person`, `code_maker_pkey`, `token_person`.
    package func redeemInvitation(
        digest: [UInt8], of person: PersonID, password: String, madeBy maker: PersonID?, revision: Int64,
        at now: Instant, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) -> Bool {
        let told = try Self.insert(notifications)
        return try await inTransaction { transaction in
            let taken = try await transaction.pipeline([
                Self.requireRevision(revision),
                Statement(
                    "DELETE FROM bureau.invitation WHERE digest = $1 AND person = $2 AND expires_at > $3", digest,
                    person, now),
            ])
            guard taken[1].affectedRows > 0 else { return false }
            try await transaction.store(
                Self.keep(maker, of: person) + [
                    Statement(
                        """
                        INSERT INTO bureau.account (person, password_hash, password_changed_at) VALUES ($1, $2, $3)
                        ON CONFLICT (person) DO UPDATE
                        SET password_hash = excluded.password_hash, password_changed_at = excluded.password_changed_at
                        """,
                        person, password, now),
                    Self.endSessions(of: person, except: nil), Self.revokeTokens(of: person, at: now),
                ] + told + AuditStatements.append(audit))
            return true
        }
    }

    private static func revokeTokens(of person: PersonID, at now: Instant) -> Statement {
        Statement(
            """
            UPDATE bureau.token SET revoked_at = $2
            WHERE person = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
            """,
            person, now)
    }

    private static func keep(_ maker: PersonID?, of person: PersonID) -> [Statement] {
        guard let maker else { return [Statement("DELETE FROM bureau.code_maker WHERE person = $1", person)] }
        return [
            Statement(
                "INSERT INTO bureau.code_maker (person, maker) VALUES ($1, $2) ON CONFLICT DO NOTHING", person, maker),
            growRevision(),
        ]
    }

    /// Index: `code_maker_maker`.
    package func people(withCodesOf makers: [PersonID]) async throws(StorageError) -> [PersonID] {
        try await run(
            Statement("SELECT DISTINCT person FROM bureau.code_maker WHERE maker = ANY ($1::uuid[])", makers)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0) }
    }

    /// The person's row first: a session that begins at this moment is there before the lock looks, or finds it. Indexes: `person_pkey`,
    /// `account_pkey`, `session_person`, `token_person`, `invitation_person_key`.
    package func lockAccount(
        of person: PersonID, at now: Instant, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await inTransaction { transaction in
            _ = try await transaction.query(
                Statement("SELECT id FROM bureau.person WHERE id = $1 FOR UPDATE", person))
            let locked = try await transaction.query(
                Statement(
                    """
                    INSERT INTO bureau.account (person, is_locked) VALUES ($1, true)
                    ON CONFLICT (person) DO UPDATE SET is_locked = true WHERE NOT account.is_locked
                    """,
                    person))
            guard locked.affectedRows > 0 else { return false }
            try await transaction.store(
                [
                    Self.endSessions(of: person, except: nil), Self.revokeTokens(of: person, at: now),
                    Statement("DELETE FROM bureau.invitation WHERE person = $1", person),
                ] + AuditStatements.append(audit))
            return true
        }
    }

    /// Indexes: `account_pkey`, `password_attempt_pkey`.
    package func unlockAccount(
        of person: PersonID, forgetting key: [UInt8], audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await inTransaction { transaction in
            let changes = try await transaction.pipeline([
                Statement("UPDATE bureau.account SET is_locked = false WHERE person = $1 AND is_locked", person),
                Statement("DELETE FROM bureau.password_attempt WHERE key = $1", key),
            ])
            guard changes.contains(where: { $0.affectedRows > 0 }) else { return false }
            try await transaction.store(AuditStatements.append(audit))
            return true
        }
    }

    private static func endSessions(of person: PersonID, except kept: UniqueID?) -> Statement {
        Statement("DELETE FROM bureau.session WHERE person = $1 AND id IS DISTINCT FROM $2", person, kept)
    }

    private static func account(_ row: Row) throws(PostgresError) -> StoredAccount {
        StoredAccount(
            person: try row.decode(at: 0), passwordHash: try row.decode(at: 1),
            passwordChangedAt: try row.decode(at: 2), isLocked: try row.decode(at: 3),
            invitedUntil: try row.decode(at: 4))
    }
}
