import Logging
import PostgresClient
import PostgresStorage

/// Brings a database's schema to what this release knows.
struct DatabaseMigration: Sendable {
    let target: DatabaseTarget
    let logger: Logger

    /// Migrates as the owner.
    ///
    /// - Returns: the numbers of what was applied.
    @discardableResult
    func run() async throws -> [Int] {
        let connection = try await connect(try target.owner(for: "A migration"))
        do {
            let applied = try await Migrator(connection).run()
            if !applied.isEmpty {
                logger.notice("Migrated the database.", metadata: ["migrations": "\(applied)"])
            }
            await connection.close()
            return applied
        } catch {
            throw Refusal(.databaseRefused, "\(error)")
        }
    }

    /// Migrates when the owner's connection is known, else makes sure that nothing is left to migrate.
    func runOrCheck() async throws {
        guard target.owner == nil else {
            try await run()
            return
        }
        let connection = try await connect(target.write)
        let status: MigrationStatus
        do {
            status = try await Migrator(connection).status()
        } catch {
            throw Refusal(.databaseRefused, "\(error)")
        }
        guard status.pending.isEmpty else {
            throw Refusal(
                .databaseRefused,
                "The database lacks the migrations \(status.pending.map(String.init).joined(separator: ", ")).",
                hint: "Run `bureaud migrate --database-owner …`, or set database_owner for the daemon.")
        }
        await connection.close()
    }

    private func connect(_ connectionString: String) async throws -> DedicatedConnection {
        do {
            let connection = try await DedicatedConnection.connect(
                ConnectionConfiguration(connectionString: connectionString, applicationName: "bureaud migrate"),
                logger: logger)
            // What is there already is no news.
            try await connection.run(script: "SET client_min_messages = warning")
            return connection
        } catch {
            throw Refusal(.serverNotReachable, "The database cannot be reached: \(error)")
        }
    }
}
