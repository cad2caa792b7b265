package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: TokenStorage {
    package func insert(_ token: StoredToken, audit: [AuditEntry]) async throws(StorageError) {
        do {
            try await pool.pipeline(
                [
                    Statement(
                        """
                        INSERT INTO bureau.token (id, digest, person, label, created_at, expires_at, revoked_at, scopes)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
                        """,
                        token.id, token.digest, token.person, token.label, token.createdAt, token.expiresAt,
                        token.revokedAt, token.scopes.map(\.rawValue).sorted())
                ] + AuditStatements.append(audit))
        } catch {
            throw StorageError(error, commits: true)
        }
    }

    /// Index: `token_digest_key`.
    package func token(digest: [UInt8]) async throws(StorageError) -> StoredToken? {
        try await run(
            Statement(
                """
                SELECT id, digest, person, label, created_at, expires_at, revoked_at, scopes
                FROM bureau.token WHERE digest = $1
                """,
                digest)
        ).decoded(Self.token).first
    }

    /// Index: `token_person`, read backwards.
    package func tokens(of person: PersonID) async throws(StorageError) -> [StoredToken] {
        try await run(
            Statement(
                """
                SELECT id, digest, person, label, created_at, expires_at, revoked_at, scopes
                FROM bureau.token WHERE person = $1 ORDER BY id DESC
                """,
                person)
        ).decoded(Self.token)
    }

    /// Index: `token_pkey`.
    package func revoke(_ id: UniqueID, at now: Instant, audit: [AuditEntry]) async throws(StorageError) -> Bool {
        try await inTransaction { transaction in
            let revoked = try await transaction.query(
                Statement(
                    """
                    UPDATE bureau.token SET revoked_at = $2
                    WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
                    """,
                    id, now))
            guard revoked.affectedRows > 0 else { return false }
            try await transaction.store(AuditStatements.append(audit))
            return true
        }
    }

    /// Scopes that this release does not know were made by a newer one; here they open nothing.
    private static func token(_ row: Row) throws(PostgresError) -> StoredToken {
        StoredToken(
            id: try row.decode(at: 0), digest: try row.decode(at: 1), person: try row.decode(at: 2),
            label: try row.decode(at: 3),
            scopes: Set(try row.decode(at: 7, as: [String].self).compactMap { Scope(rawValue: $0) }),
            createdAt: try row.decode(at: 4), expiresAt: try row.decode(at: 5), revokedAt: try row.decode(at: 6))
    }
}
