internal import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: DeputyStorage {
    /// Index: `deputy_person`, `deputy_deputy`.
    package func deputies(concerning person: PersonID) async throws(StorageError) -> [StoredDeputy] {
        try await run(
            Statement(
                """
                SELECT id, person, deputy, department, from_day, until_day, appointed_by, appointed_at
                FROM bureau.deputy WHERE person = $1 OR deputy = $1 ORDER BY id DESC
                """,
                person)
        ).decoded(Self.deputy)
    }

    /// Without an index: there are as many rows as people stand in.
    package func deputies(in department: DepartmentID) async throws(StorageError) -> [StoredDeputy] {
        try await run(
            Statement(
                """
                SELECT id, person, deputy, department, from_day, until_day, appointed_by, appointed_at
                FROM bureau.deputy WHERE department = $1 ORDER BY id DESC
                """,
                department)
        ).decoded(Self.deputy)
    }

    /// Index: `deputy_pkey`.
    package func deputy(_ id: UniqueID) async throws(StorageError) -> StoredDeputy? {
        try await run(
            Statement(
                """
                SELECT id, person, deputy, department, from_day, until_day, appointed_by, appointed_at
                FROM bureau.deputy WHERE id = $1
                """,
                id)
        ).decoded(Self.deputy).first
    }

    package func appoint(
        _ deputy: StoredDeputy, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) {
        let told = try Self.insert(notifications)
        do {
            try await pool.pipeline(
                [Self.growRevision(), Self.insertDeputies([deputy])] + told + AuditStatements.append(audit))
        } catch {
            throw StorageError(error, commits: true)
        }
    }

    /// Index: `deputy_pkey`.
    package func withdraw(
        _ id: UniqueID, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) -> Bool {
        let told = try Self.insert(notifications)
        return try await inTransaction { transaction in
            let gone = try await transaction.query(Statement("DELETE FROM bureau.deputy WHERE id = $1", id))
            guard gone.affectedRows > 0 else { return false }
            try await transaction.store([Self.growRevision()] + told + AuditStatements.append(audit))
            return true
        }
    }

    static func growRevision() -> Statement {
        Statement("UPDATE bureau.directory_state SET revision = revision + 1")
    }

    static func insertDeputies(_ deputies: [StoredDeputy]) -> Statement {
        Statement(
            """
            INSERT INTO bureau.deputy
                (id, person, deputy, department, from_day, until_day, appointed_by, appointed_at)
            SELECT id, person, deputy, department, from_day, until_day, appointed_by, appointed_at
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::date[], $6::date[], $7::uuid[],
                $8::timestamptz[])
                AS new (id, person, deputy, department, from_day, until_day, appointed_by, appointed_at)
            """,
            deputies.map(\.id), deputies.map(\.person), deputies.map(\.deputy), deputies.map(\.department),
            deputies.map(\.from), deputies.map(\.until), deputies.map(\.appointedBy), deputies.map(\.appointedAt))
    }

    /// What earlier files of people said.
    static func selectImportedDeputies() -> Statement {
        Statement(
            """
            SELECT id, person, deputy, department, from_day, until_day, appointed_by, appointed_at
            FROM bureau.deputy WHERE appointed_by IS NULL
            """)
    }

    /// Index: `deputy_pkey`.
    static func deleteDeputies(_ ids: [UniqueID]) -> Statement {
        Statement("DELETE FROM bureau.deputy WHERE id = ANY ($1::uuid[])", ids)
    }

    static func deputy(_ row: Row) throws(PostgresError) -> StoredDeputy {
        StoredDeputy(
            id: try row.decode(at: 0), person: try row.decode(at: 1), deputy: try row.decode(at: 2),
            department: try row.decode(at: 3), from: try row.decode(at: 4), until: try row.decode(at: 5),
            appointedBy: try row.decode(at: 6), appointedAt: try row.decode(at: 7))
    }
}
