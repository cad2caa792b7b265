package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: BreakGlassStorage {
    /// One round trip after another: the row tells whether there is such a request. Index: `request_pkey`.
    package func open(
        _ glass: StoredGlass, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) {
        let told = try Self.insert(notifications)
        try await inTransaction { transaction in
            let inserted = try await transaction.query(
                Statement(
                    """
                    INSERT INTO bureau.break_glass (id, request_id, event, person, reason, opened_at, until)
                    SELECT $1, id, version, $3, $4, $5, $6 FROM bureau.request WHERE id = $2
                    """,
                    glass.id, glass.request, glass.person, glass.reason, glass.openedAt, glass.until))
            guard inserted.affectedRows > 0 else { throw StorageError.stale(.request(glass.request)) }
            try await transaction.store(told + AuditStatements.append(audit))
        }
    }

    /// Index: `break_glass_person`.
    package func openGlasses(of person: PersonID, at now: Instant) async throws(StorageError) -> [StoredGlass] {
        try await run(
            Statement(
                """
                SELECT id, request_id, person, reason, opened_at, until, event
                FROM bureau.break_glass WHERE person = $1 AND until > $2 ORDER BY id DESC
                """,
                person, now)
        ).decoded(Self.glass)
    }

    /// Of two at the same moment one ends it. Index: `break_glass_request`.
    package func endGlasses(
        on request: RequestID, of person: PersonID?, at now: Instant, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await inTransaction { transaction in
            let ended = try await transaction.query(
                Statement(
                    """
                    UPDATE bureau.break_glass SET until = greatest($3, opened_at)
                    WHERE request_id = $1 AND until > $3 AND ($2::uuid IS NULL OR person = $2)
                    """,
                    request, person, now))
            guard ended.affectedRows > 0 else { return false }
            try await transaction.store(AuditStatements.append(audit))
            return true
        }
    }

    /// Index: `break_glass_request`.
    package func glasses(of request: RequestID, for asker: Asker) async throws(StorageError) -> [StoredGlass] {
        try await see(
            Statement(
                """
                SELECT id, request_id, person, reason, opened_at, until, event
                FROM bureau.break_glass WHERE request_id = $1 ORDER BY id
                """,
                request),
            as: asker
        ).decoded(Self.glass)
    }

    private static func glass(_ row: Row) throws(PostgresError) -> StoredGlass {
        StoredGlass(
            id: try row.decode(at: 0), request: try row.decode(at: 1), person: try row.decode(at: 2),
            reason: try row.decode(at: 3), openedAt: try row.decode(at: 4), until: try row.decode(at: 5),
            event: try row.decode(at: 6))
    }
}
