import Glibc
import Logging
import Testing

@testable import bureaud

/// On a private PostgreSQL where one is needed.
@Suite(.serialized) struct DatabaseTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test("Only an ordinary role may serve, and a backup goes into an empty database only")
    func rolesAndBackup() async throws {
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        let layout = DataLayout(directory: folder + "/data")
        let server = try PrivatePostgreSQL(layout: layout, configuredBinaries: nil, logger: Self.logger)
        let file = folder + "/bureau.dump"
        try await server.whileRunning { address in
            let target = DatabaseTarget(address)
            try await DatabaseSetup(address: address, logger: Self.logger).run()
            let migration = DatabaseMigration(target: target, logger: Self.logger)
            let first = try await migration.run()
            #expect(!first.isEmpty)
            let second = try await migration.run()
            #expect(second.isEmpty, "a migration is applied once")

            try await ServingRole(connectionString: target.write, logger: Self.logger).check()
            try await ServingRole(connectionString: target.read, logger: Self.logger).check()
            for role in [ServerAddress.Role.owner, .admin] {
                let tooPowerful = ServingRole(connectionString: address.connectionString(as: role), logger: Self.logger)
                let refusal = await #expect(throws: Refusal.self) { try await tooPowerful.check() }
                #expect(refusal?.code == .servingRoleTooPowerful)
            }

            let backup = DatabaseBackup(
                target: target, binaries: server.preparation.binaries, logger: Self.logger)
            try await backup.write(to: file)
            let written = try #require(try Files.status(of: file))
            #expect(written.permissions == 0o600, "a backup is its owner's alone")
            let refusal = await #expect(throws: Refusal.self) { try await backup.restore(from: file) }
            #expect(refusal?.code == .databaseNotEmpty)
            #expect(Files.names(in: folder) == ["bureau.dump", "data"])
        }
    }

    @Test("A migration needs the owner's connection, and says so")
    func ownerMissing() async throws {
        let target = DatabaseTarget(database: "host=db", owner: nil, read: nil)
        let refusal = await #expect(throws: Refusal.self) {
            try await DatabaseMigration(target: target, logger: Self.logger).run()
        }
        #expect(refusal?.code == .ownerConnectionMissing)
        #expect(target.read == "host=db")
    }

    @Test(
        "Programs get a connection string without its password",
        arguments: [
            ("host=db user=bureau_owner password='a b\\'c'", "user='bureau_owner' host='db'", "a b'c"),
            ("postgresql://bureau_owner:s%20t@db:5433/bureau", "user='bureau_owner' dbname='bureau'", "s t"),
            ("host=db", "host='db'", nil),
        ] as [(String, String, String?)])
    func programConnection(_ text: String, _ parts: String, _ password: String?) throws {
        let connection = try ProgramConnection(text)
        #expect(connection.password == password)
        for part in parts.split(separator: " ") { #expect(connection.argument.contains(part)) }
        #expect(!connection.argument.contains("password"))
    }

    @Test("A connection string that cannot be parsed is refused without quoting it")
    func unparsable() {
        let refusal = #expect(throws: Refusal.self) { try ProgramConnection("password=hunter2 nonsense") }
        #expect(refusal?.sentence.contains("hunter2") == false)
    }
}
