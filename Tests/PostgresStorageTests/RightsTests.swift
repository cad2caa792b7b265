import PostgresClient
import PostgresStorage
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("What the roles may do")
struct RightsTests {
    static let refused: [(role: String, statement: SQL)] = [
        (RoleSetup.write, "UPDATE bureau.event SET kind = 'x'"),
        (RoleSetup.write, "DELETE FROM bureau.event"),
        (RoleSetup.write, "TRUNCATE bureau.event"),
        (RoleSetup.write, "DELETE FROM bureau.request"),
        (RoleSetup.write, "UPDATE bureau.protected_content SET content = '{}'"),
        (RoleSetup.write, "UPDATE bureau.configuration_file SET content = ''"),
        (RoleSetup.write, "DELETE FROM bureau.configuration_application"),
        (RoleSetup.write, "UPDATE bureau.audit_entry SET hash = ''"),
        (RoleSetup.write, "DELETE FROM bureau.audit_entry"),
        (RoleSetup.write, "UPDATE bureau.audit_word SET text = ''"),
        (RoleSetup.read, "SELECT entry FROM bureau.audit_entry"),
        (RoleSetup.read, "SELECT text FROM bureau.audit_word"),
        (RoleSetup.write, "DELETE FROM bureau.break_glass"),
        (RoleSetup.write, "UPDATE bureau.break_glass SET person = NULL"),
        (RoleSetup.write, "INSERT INTO bureau.directory_state (revision) VALUES (1)"),
        (RoleSetup.write, "INSERT INTO bureau.migration (number, name, checksum) VALUES (99, 'x', '')"),
        (RoleSetup.write, "CREATE TABLE bureau.mine (id integer)"),
        (RoleSetup.write, "CREATE TABLE public.mine (id integer)"),
        (RoleSetup.write, "ALTER TABLE bureau.event ADD COLUMN x integer"),
        (RoleSetup.read, "SELECT id FROM bureau.token"),
        (RoleSetup.read, "SELECT password_hash FROM bureau.account"),
        (RoleSetup.read, "SELECT digest FROM bureau.invitation"),
        (RoleSetup.read, "SELECT key FROM bureau.password_attempt"),
        (RoleSetup.read, "SELECT state FROM bureau.sign_in_attempt"),
        (RoleSetup.read, "SELECT subject FROM bureau.identity"),
        (RoleSetup.write, "UPDATE bureau.identity SET person = NULL"),
        (RoleSetup.read, "SELECT payload FROM bureau.outbox"),
        (RoleSetup.read, "SELECT fingerprint FROM bureau.idempotency"),
        (RoleSetup.read, "SELECT content FROM bureau.configuration_file"),
        (RoleSetup.read, "UPDATE bureau.request SET phase = 'open'"),
        (RoleSetup.read, "DELETE FROM bureau.work_item"),
        (RoleSetup.read, "SELECT words FROM bureau.request_text"),
        (RoleSetup.read, "SELECT comments FROM bureau.request_text"),
    ]

    @Test("The roles that serve cannot rewrite history, change the schema or read what is not theirs")
    func refusals() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { try await $0.create(Draft(1)) }
            for (role, statement) in Self.refused {
                let error = await #expect(throws: PostgresError.self, "\(role): \(statement)") {
                    try await database.run(statement, as: role)
                }
                #expect(error?.sqlState == .insufficientPrivilege, "\(role): \(statement)")
            }
            let count = try await database.query("SELECT count(*) FROM bureau.event")
            #expect(try count.first(as: Int.self) == 1)
        }
    }

    @Test("No role of ours is a superuser or may make databases and roles")
    func attributes() async throws {
        try await TestDatabase.with { database in
            let rows = try await database.run(
                """
                SELECT rolname FROM pg_catalog.pg_roles
                WHERE rolname LIKE 'bureau\\_%' AND NOT (rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls)
                ORDER BY rolname
                """)
            #expect(
                try rows[0].map { try $0.decode(at: 0, as: String.self) }
                    == [RoleSetup.owner, RoleSetup.read, RoleSetup.search, RoleSetup.write])
        }
    }
}
