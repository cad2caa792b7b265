import Logging
import PostgresClient

/// The daemon never serves as somebody who could change the schema or pass by its protection.
struct ServingRole: Sendable {
    let connectionString: String
    let logger: Logger

    /// - Throws: a refusal when the role of the connection string is a superuser or owns Bureau's tables.
    func check() async throws {
        let connection: DedicatedConnection
        do {
            connection = try await DedicatedConnection.connect(
                ConnectionConfiguration(connectionString: connectionString, applicationName: "bureaud"), logger: logger)
        } catch {
            throw Refusal(.serverNotReachable, "The database cannot be reached: \(error)")
        }
        guard let row = try await connection.query(Self.power()).first else { return }
        let name = try row.decode(at: 0, as: String.self)
        let isSuperuser = try row.decode(at: 1, as: Bool.self)
        let isOwner = try row.decode(at: 2, as: Bool.self)
        await connection.close()
        guard !isSuperuser, !isOwner else {
            throw Refusal(
                .servingRoleTooPowerful,
                "The daemon would serve as \(name), \(isSuperuser ? "a superuser" : "the owner of the tables").",
                hint:
                    "Connect as bureau_write and bureau_read; the owner's connection goes into database_owner."
            )
        }
    }

    /// Reads the catalogue only. Membership counts: who may become the owner is as powerful.
    private static func power() -> Statement {
        Statement(
            """
            SELECT current_user::text, role.rolsuper,
                EXISTS (
                    SELECT FROM pg_catalog.pg_class class
                    JOIN pg_catalog.pg_namespace namespace ON namespace.oid = class.relnamespace
                    WHERE namespace.nspname = 'bureau' AND pg_has_role(current_user, class.relowner, 'MEMBER')
                )
            FROM pg_catalog.pg_roles role
            WHERE role.rolname = current_user
            """)
    }
}
