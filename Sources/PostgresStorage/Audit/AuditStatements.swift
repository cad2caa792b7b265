internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

/// What appends to the audit, for any transaction. It stands last in it: the lock of a log is held until the commit.
enum AuditStatements {
    /// Locks, for the rest of the transaction, each log that gets an entry, always in the same order; then appends.
    static func append(_ entries: [AuditEntry]) -> [Statement] {
        let logs = Set(entries.map(\.log)).sorted { $0.lock < $1.lock }
        return logs.map(lock) + entries.map(insert)
    }

    /// One writer of a log at a time. A statement of its own: the one after sees what the holder before committed.
    private static func lock(_ log: AuditLog) -> Statement {
        Statement("SELECT pg_advisory_xact_lock(48501, $1)", log.lock)
    }

    /// Writes at the end of the log: on the entry's day or, where a daemon's clock is behind, on the last day there.
    /// The hash is computed here, where nobody else can come between. Index: `audit_entry_pkey`, its last row of the log.
    private static func insert(_ entry: AuditEntry) -> Statement {
        Statement(
            """
            WITH head AS (
                SELECT day, sequence, hash FROM bureau.audit_entry
                WHERE log = $1 ORDER BY day DESC, sequence DESC LIMIT 1
            ), place AS (
                SELECT greatest($2, h.day) AS day,
                    CASE WHEN h.day >= $2 THEN h.sequence + 1 ELSE 1 END AS sequence,
                    CASE WHEN h.day >= $2 THEN h.hash
                        ELSE sha256(convert_to($1 || '/' || $2, 'UTF8') || coalesce(h.hash, '')) END AS previous
                FROM (SELECT 1) AS one LEFT JOIN head h ON true
            ), appended AS (
                INSERT INTO bureau.audit_entry (log, day, sequence, entry, hash)
                SELECT $1, p.day, p.sequence, $3::json,
                    sha256(p.previous || int8send(p.sequence) || convert_to($3, 'UTF8'))
                FROM place p
                RETURNING day, sequence
            )
            INSERT INTO bureau.audit_word (log, day, sequence, name, person, salt, text)
            SELECT $1, a.day, a.sequence, w.name, w.person, w.salt, w.text
            FROM appended a
            CROSS JOIN unnest($4::text[], $5::uuid[], $6::text[], $7::text[]) AS w (name, person, salt, text)
            """,
            entry.log, entry.day, entry.text, entry.words.map(\.name), entry.words.map(\.person),
            entry.words.map(\.salt), entry.words.map(\.text))
    }
}

extension AuditLog: PostgresScalar {
    /// The second number of its advisory lock; the first is that of the audit.
    fileprivate var lock: Int32 {
        switch self {
        case .administration: 1
        case .signIn: 2
        case .reads: 3
        case .exports: 4
        }
    }
}

extension AuditKind: PostgresScalar {}
