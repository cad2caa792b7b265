package import Expressions
internal import PostgresClient
package import ServiceDesk

/// How often passwords were tried in vain.
extension PostgresStorage {
    /// Two round trips. The first locks the row for all until the commit, so that whoever comes meanwhile, also for a handle that has no
    /// row yet, sees what was counted. Index: `password_attempt_pkey`.
    package func countAttempt(
        _ key: [UInt8], decide: @Sendable (_ own: AttemptCount?, _ all: AttemptCount?) -> AttemptVerdict
    ) async throws(StorageError) -> AttemptVerdict {
        try await inTransaction { transaction in
            let found = try await transaction.pipeline([
                Self.select(Self.everybody, locking: true), Self.select(key, locking: true),
            ])
            let verdict = decide(try found[1].decoded(Self.attempts).first, try found[0].decoded(Self.attempts).first)
            if case .go(let own, let all) = verdict {
                try await transaction.store([Self.upsert(key, own), Self.upsert(Self.everybody, all)])
            }
            return verdict
        }
    }

    package func attempts(_ key: [UInt8]) async throws(StorageError) -> AttemptCount? {
        try await run(Self.select(key, locking: false)).decoded(Self.attempts).first
    }

    /// One round trip and one transaction. Index: `password_attempt_pkey`.
    package func forgetAttempts(_ key: [UInt8]) async throws(StorageError) {
        do {
            try await pool.pipeline([
                Statement(
                    "UPDATE bureau.password_attempt SET failures = failures - 1 WHERE key = $1 AND failures > 0",
                    Self.everybody),
                Statement("DELETE FROM bureau.password_attempt WHERE key = $1", key),
            ])
        } catch {
            throw StorageError(error, commits: true)
        }
    }

    /// Reads both tables, which hold what went wrong lately and who is invited.
    package func purgeAccounts(at now: Instant, attemptsBefore: Instant) async throws(StorageError) {
        do {
            try await pool.pipeline([
                Statement(
                    "DELETE FROM bureau.password_attempt WHERE key <> $1 AND blocked_until < $2", Self.everybody,
                    attemptsBefore),
                Statement("DELETE FROM bureau.invitation WHERE expires_at <= $1", now),
            ])
        } catch {
            throw StorageError(error)
        }
    }

    /// The key of the row that counts for all.
    private static var everybody: [UInt8] { [] }

    private static func select(_ key: [UInt8], locking: Bool) -> Statement {
        locking
            ? Statement(
                "SELECT failures, since, blocked_until FROM bureau.password_attempt WHERE key = $1 FOR UPDATE", key)
            : Statement("SELECT failures, since, blocked_until FROM bureau.password_attempt WHERE key = $1", key)
    }

    private static func upsert(_ key: [UInt8], _ count: AttemptCount) -> Statement {
        Statement(
            """
            INSERT INTO bureau.password_attempt (key, failures, since, blocked_until) VALUES ($1, $2, $3, $4)
            ON CONFLICT (key) DO UPDATE
            SET failures = excluded.failures, since = excluded.since, blocked_until = excluded.blocked_until
            """,
            key, Int32(clamping: count.failures), count.since, count.blockedUntil)
    }

    private static func attempts(_ row: Row) throws(PostgresError) -> AttemptCount {
        AttemptCount(
            failures: Int(try row.decode(at: 0, as: Int32.self)), since: try row.decode(at: 1),
            blockedUntil: try row.decode(at: 2))
    }
}
