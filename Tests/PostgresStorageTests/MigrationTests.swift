import PostgresClient
import PostgresStorage
import TestSupport
import Testing

@Suite("Migrations")
struct MigrationTests {
    private func migrate(_ database: TestDatabase, _ migrations: [Migration] = Migration.all) async throws -> [Int] {
        try await TestCluster.withConnection(database.connection(role: RoleSetup.owner)) {
            try await Migrator($0, migrations: migrations).run()
        }
    }

    private func status(
        _ database: TestDatabase, _ migrations: [Migration] = Migration.all, as role: String = RoleSetup.write
    ) async throws -> MigrationStatus {
        try await TestCluster.withConnection(database.connection(role: role)) {
            try await Migrator($0, migrations: migrations).status()
        }
    }

    @Test("Numbers go from 1 without gaps")
    func numbers() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    }

    @Test("An empty database gets everything, a complete one nothing")
    func fresh() async throws {
        let all = Migration.all.map(\.number)
        try await TestDatabase.withEmpty { database in
            try await database.run(RoleSetup.database)
            try await database.run(RoleSetup.database)
            #expect(try await status(database) == MigrationStatus(applied: [], pending: all))
            #expect(try await migrate(database) == all)
            #expect(try await migrate(database) == [])
            for role in [RoleSetup.owner, RoleSetup.write, RoleSetup.read] {
                #expect(try await status(database, as: role) == MigrationStatus(applied: all, pending: []))
            }
        }
    }

    @Test("Of several daemons that start at once one migrates and the others wait")
    func concurrent() async throws {
        try await TestDatabase.withEmpty { database in
            try await database.run(RoleSetup.database)
            let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<5 { group.addTask { try await migrate(database) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied == Migration.all.map(\.number))
        }
    }

    @Test("A database that a newer program has migrated is refused, and so is a changed migration")
    func refusals() async throws {
        let next = Migration(
            number: Migration.all.count + 1, name: "next", script: "CREATE TABLE bureau.next (id integer)")
        let changed = Migration(number: 1, name: "requests", script: "SELECT 1")
        try await TestDatabase.with { database in
            let pending = try await status(database, Migration.all + [next]).pending
            #expect(pending == [next.number])
            #expect(try await migrate(database, Migration.all + [next]) == [next.number])
            let sentence =
                "The database has migration \(next.number), this program knows \(Migration.all.count): "
                + "start a newer bureaud."
            let asked = await #expect(throws: MigrationError.self) { try await status(database) }
            #expect(asked?.description == sentence)
            let refused = await #expect(throws: MigrationError.self) { try await migrate(database) }
            #expect(refused?.description == sentence)
            let error = await #expect(throws: MigrationError.self) {
                try await migrate(database, [changed] + Migration.all.dropFirst() + [next])
            }
            guard case .changed(1) = error else {
                Issue.record("\(String(describing: error)) does not name the changed migration")
                return
            }
        }
    }

    @Test("A migration that fails leaves nothing of itself, and those before it stay")
    func failure() async throws {
        let first = Migration(number: 1, name: "good", script: "CREATE TABLE bureau.good (id integer)")
        let second = Migration(
            number: 2, name: "bad", script: "CREATE TABLE bureau.half (id integer); SELECT 1 / 0")
        try await TestDatabase.withEmpty { database in
            try await database.run(RoleSetup.database)
            let error = await #expect(throws: MigrationError.self) { try await migrate(database, [first, second]) }
            guard case .database(let cause) = error else {
                Issue.record("\(String(describing: error)) is not the database's")
                return
            }
            #expect(cause.sqlState == "22012")
            let tables = try await database.query(
                "SELECT relname FROM pg_catalog.pg_class WHERE relname IN ('good', 'half')")
            #expect(try tables.map { try $0.decode(at: 0, as: String.self) } == ["good"])
            #expect(try await status(database, [first, second]) == MigrationStatus(applied: [1], pending: [2]))
        }
    }
}
