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

    /// One round trip. Two that store the same version wait for each other at its key, and the second finds it there.
    package func apply(
        _ version: ConfigurationVersion, files: [String: String], by principal: String, at now: Instant,
        audit: [AuditEntry]
    ) async throws(StorageError) {
        let sorted = files.sorted { $0.key < $1.key }
        let (paths, contents) = (sorted.map(\.key), sorted.map(\.value))
        do {
            try await pool.pipeline(
                [
                    Self.insertVersion(version, paths, contents, at: now), Self.requireFiles(version, paths, contents),
                    Statement(
                        """
                        INSERT INTO bureau.configuration_application (version, applied_by, applied_at) VALUES ($1, $2, $3)
                        """,
                        version, principal, now),
                ] + AuditStatements.append(audit))
        } catch {
            throw StorageError(error, commits: true)
        }
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
