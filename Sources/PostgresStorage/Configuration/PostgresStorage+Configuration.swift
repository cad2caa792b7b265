package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: ConfigurationStorage {
    /// Reads the last entry of `configuration_application_pkey`.
    package func currentVersion() async throws(StorageError) -> ConfigurationVersion? {
        try await run(
            Statement("SELECT version FROM bureau.configuration_application ORDER BY number DESC LIMIT 1")
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: ConfigurationVersion.self) }.first
    }

    /// A version without files is one row of NULLs. Index: `configuration_file_pkey`.
    package func files(of version: ConfigurationVersion) async throws(StorageError) -> [String: String]? {
        let rows = try await run(
            Statement(
                """
                SELECT f.path, f.content
                FROM bureau.configuration_version v LEFT JOIN bureau.configuration_file f ON f.version = v.version
                WHERE v.version = $1
                """,
                version))
        guard !rows.isEmpty else { return nil }
        let files = try rows.decoded { (row) throws(PostgresError) -> (String, String)? in
            guard let path = try row.decode(at: 0, as: String?.self) else { return nil }
            return (path, try row.decode(at: 1))
        }
        return Dictionary(uniqueKeysWithValues: files.compactMap { $0 })
    }

    /// One round trip. Whoever applies waits for whoever applies at the same time. The directory's revision rises with it: who belongs
    /// to what has changed, and nothing is written any more that was decided before.
    package func apply(
        _ version: ConfigurationVersion, files: [String: String], replacing current: ConfigurationVersion?,
        expecting revision: Int64?, by principal: String, at now: Instant, audit: [AuditEntry],
        telling: [StoredNotification]
    ) async throws(StorageError) {
        let notices = try Self.insert(telling)
        let sorted = files.sorted { $0.key < $1.key }
        let (paths, contents) = (sorted.map(\.key), sorted.map(\.value))
        let guards =
            [Statement("SELECT pg_advisory_xact_lock(48502, 1)")] + (current.map { [Self.requireCurrent($0)] } ?? [])
            + (revision.map { [Self.requireRevision($0)] } ?? [])
        do {
            try await pool.pipeline(
                guards + [
                    Self.insertVersion(version, paths, contents, at: now),
                    Self.requireFiles(version, paths, contents),
                    Statement(
                        """
                        INSERT INTO bureau.configuration_application (version, applied_by, applied_at)
                        VALUES ($1, $2, $3)
                        """,
                        version, principal, now),
                    Statement("UPDATE bureau.directory_state SET revision = revision + 1"),
                ] + AuditStatements.append(audit) + notices)
        } catch {
            throw StorageError(error, commits: true)
        }
    }

    /// Reads `configuration_application_pkey` backwards.
    package func applications(by principal: String?, limit: Int) async throws(StorageError)
        -> [ConfigurationApplication]
    {
        try await run(
            Statement(
                """
                SELECT version, applied_by, applied_at FROM bureau.configuration_application
                WHERE $1 IS NULL OR applied_by = $1
                ORDER BY number DESC LIMIT $2
                """,
                principal, Int64(limit))
        ).decoded { (row) throws(PostgresError) in
            ConfigurationApplication(
                version: try row.decode(at: 0), principal: try row.decode(at: 1), at: try row.decode(at: 2))
        }
    }

    /// Ends the pipeline with ZB006 unless that version is current. A statement of its own, after the lock: it sees what the one
    /// before committed.
    private static func requireCurrent(_ version: ConfigurationVersion) -> Statement {
        Statement(
            """
            SELECT CASE WHEN $1 IS DISTINCT FROM (
                SELECT version FROM bureau.configuration_application ORDER BY number DESC LIMIT 1
            ) THEN bureau.refuse('ZB006') END
            """,
            version)
    }

    /// Ends the pipeline with ZB001 unless the directory is at that revision, and keeps it there: a lock that waits sees what the other
    /// committed.
    static func requireRevision(_ revision: Int64) -> Statement {
        Statement(
            """
            SELECT CASE WHEN revision <> $1 THEN bureau.refuse('ZB001') END FROM bureau.directory_state FOR UPDATE
            """,
            revision)
    }

    /// Files are added only together with their version; one that is there already stays as it is.
    private static func insertVersion(
        _ version: ConfigurationVersion, _ paths: [String], _ contents: [String], at now: Instant
    ) -> Statement {
        Statement(
            """
            WITH new_version AS (
                INSERT INTO bureau.configuration_version (version, stored_at) VALUES ($1, $2)
                ON CONFLICT DO NOTHING RETURNING version
            )
            INSERT INTO bureau.configuration_file (version, path, content)
            SELECT v.version, f.path, f.content
            FROM new_version v CROSS JOIN unnest($3::text[], $4::text[]) AS f (path, content)
            """,
            version, now, paths, contents)
    }

    /// Ends the pipeline with ZB004 unless exactly these files are stored: a version never changes.
    private static func requireFiles(
        _ version: ConfigurationVersion, _ paths: [String], _ contents: [String]
    ) -> Statement {
        Statement(
            """
            SELECT CASE WHEN EXISTS (
                SELECT FROM (SELECT path, content FROM bureau.configuration_file WHERE version = $1) stored
                FULL JOIN unnest($2::text[], $3::text[]) AS given (path, content) ON given.path = stored.path
                WHERE given.content IS DISTINCT FROM stored.content
            ) THEN bureau.refuse('ZB004') END
            """,
            version, paths, contents)
    }
}
