import Glibc
import Logging
import PostgresClient
import Subprocess

/// Writes and reads backups with PostgreSQL's own programs, in their custom format.
struct DatabaseBackup: Sendable {
    let target: DatabaseTarget
    let binaries: PostgresBinaries
    let logger: Logger

    /// Writes a backup: to a temporary name beside the file, synced, then renamed, so that the file is whole or absent.
    ///
    /// - Parameter file: from the root; what is there is replaced.
    func write(to file: String) async throws {
        let connection = try ProgramConnection(try target.owner(for: "A backup"))
        let temporary = file + ".unfinished"
        defer { unlink(temporary) }
        try await run(
            "pg_dump",
            [
                "--format=custom", "--schema=bureau", "--no-password", "--file=\(temporary)",
                "--dbname=\(connection.argument)",
            ], connection)
        do throws(Files.Failure) {
            guard chmod(temporary, 0o600) == 0 else {
                throw Files.Failure(operation: "set the permissions of", path: temporary, code: errno)
            }
            try Files.sync(temporary)
            try Files.move(temporary, to: file)
        } catch {
            throw Refusal(.fileUnusable, error)
        }
    }

    /// Reads a backup into a database that holds nothing of Bureau's, in one transaction.
    ///
    /// - Throws: a refusal when the database holds anything; then nothing was changed.
    func restore(from file: String) async throws {
        guard access(file, R_OK) == 0 else {
            throw Refusal(.fileUnusable, Files.Failure(operation: "read", path: file, code: errno))
        }
        let owner = try target.owner(for: "A restore")
        try await refuseUnlessEmpty(owner)
        let connection = try ProgramConnection(owner)
        try await run(
            "pg_restore",
            [
                "--exit-on-error", "--single-transaction", "--no-owner", "--schema=bureau", "--no-password",
                "--dbname=\(connection.argument)", file,
            ], connection)
    }

    private func run(_ program: String, _ arguments: [String], _ connection: ProgramConnection) async throws {
        try await ServerTool(path: binaries.path(program), account: nil).run(
            arguments, environment: connection.password.map { ["PGPASSWORD": $0] } ?? [:], failing: .toolFailed)
    }

    private func refuseUnlessEmpty(_ owner: String) async throws {
        let connection = try await DedicatedConnection.connect(
            ConnectionConfiguration(connectionString: owner, applicationName: "bureaud restore"), logger: logger)
        let isEmpty = try await connection.query(Self.holdsNothing()).first(as: Bool.self)
        await connection.close()
        guard isEmpty == true else {
            throw Refusal(
                .databaseNotEmpty, "The database holds data already; a restore goes into an empty one only.",
                hint: "Choose another data_directory or database, or move the present one away.")
        }
    }

    private static func holdsNothing() -> Statement {
        Statement(
            """
            SELECT NOT EXISTS (
                SELECT FROM pg_catalog.pg_class class
                JOIN pg_catalog.pg_namespace namespace ON namespace.oid = class.relnamespace
                WHERE namespace.nspname = 'bureau'
            )
            """)
    }
}
