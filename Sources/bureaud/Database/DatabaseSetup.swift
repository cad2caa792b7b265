import Logging
import PostgresClient
import PostgresStorage

/// Gives a private server its roles and its database. On an operator's server that is the administrator's to do; the
/// same statements stand in Deploy/README.md.
struct DatabaseSetup: Sendable {
    let address: ServerAddress
    let logger: Logger

    /// Does what is missing; everything may be repeated.
    func run() async throws {
        let server = try await connect(to: "postgres")
        try await server.run(script: RoleSetup.roles)
        let exists = try await server.query(Self.databaseExists()).first(as: Bool.self)
        if exists != true { try await server.run(script: Self.createDatabase) }
        await server.close()
        let database = try await connect(to: ServerAddress.database)
        try await database.run(script: RoleSetup.database)
        await database.close()
    }

    private func connect(to database: String) async throws(PostgresError) -> DedicatedConnection {
        let connection = try await DedicatedConnection.connect(
            ConnectionConfiguration(
                connectionString: address.connectionString(as: .admin, database: database),
                applicationName: "bureaud setup"),
            logger: logger)
        // What is there already is no news.
        try await connection.run(script: "SET client_min_messages = warning")
        return connection
    }

    private static func databaseExists() -> Statement {
        Statement("SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = 'bureau')")
    }

    /// Cannot run in a transaction, so it is a script of its own. The template is the one that nobody can have changed.
    private static let createDatabase: SQL = "CREATE DATABASE bureau OWNER bureau_owner TEMPLATE template0"
}
