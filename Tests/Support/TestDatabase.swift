package import PostgresClient
package import PostgresStorage

/// A migrated database of a test's own: a copy of a template that is prepared once and kept for as long as the
/// migrations stay the same.
package struct TestDatabase: Sendable {
    package let cluster: TestCluster
    package let name: String

    /// Runs the body with a fresh database, which is dropped afterwards. Only a few exist at the same time, so that the
    /// sessions of all tests stay within what a server allows.
    package static func with<R: Sendable>(_ body: (TestDatabase) async throws -> R) async throws -> R {
        try await places.withPlace {
            let cluster = try TestCluster()
            let template = try await TestTemplate.shared.name(in: cluster)
            let database = TestDatabase(cluster: cluster, name: "bureau_test_\(randomName())")
            try await database.administer("CREATE DATABASE \(database.name) TEMPLATE \(template)")
            do {
                let value = try await body(database)
                try await database.drop()
                return value
            } catch {
                // The body's error tells more than one about dropping.
                try? await database.drop()
                throw error
            }
        }
    }

    /// A database without anything, not even the schema.
    package static func withEmpty<R: Sendable>(_ body: (TestDatabase) async throws -> R) async throws -> R {
        try await places.withPlace {
            let cluster = try TestCluster()
            _ = try await TestTemplate.shared.name(in: cluster)  // creates the roles
            let database = TestDatabase(cluster: cluster, name: "bureau_test_\(randomName())")
            try await database.administer("CREATE DATABASE \(database.name) TEMPLATE template0")
            do {
                let value = try await body(database)
                try await database.drop()
                return value
            } catch {
                // The body's error tells more than one about dropping.
                try? await database.drop()
                throw error
            }
        }
    }

    /// Runs the body with a pool of sessions of a role.
    package func withPool<R: Sendable>(
        role: String = RoleSetup.write, maximum: Int = 4, _ body: (PostgresPool) async throws -> R
    ) async throws -> R {
        var configuration = PoolConfiguration(connection: connection(role: role))
        configuration.maximumConnections = maximum
        let pool = PostgresPool(configuration: configuration, logger: .silent)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            defer { group.cancelAll() }
            return try await body(pool)
        }
    }

    /// Runs the body with a storage as a daemon has it: one pool of `bureau_write`, one of `bureau_read`.
    package func withStorage<R: Sendable>(
        maximum: Int = 4, _ body: (PostgresStorage) async throws -> R
    ) async throws -> R {
        try await withPool(role: RoleSetup.write, maximum: maximum) { write in
            try await withPool(role: RoleSetup.read, maximum: 2) { read in
                try await body(PostgresStorage(write: write, read: read))
            }
        }
    }

    /// A session with this database; nil is the superuser.
    package func connection(role: String?) -> ConnectionConfiguration {
        cluster.connection(database: name, role: role)
    }

    /// Runs one statement of the test's own in this database; nil is the superuser.
    @discardableResult
    package func query(
        _ sql: SQL, _ parameters: [any PostgresEncodable] = [], as role: String? = nil
    ) async throws -> RowSet {
        try await TestCluster.withConnection(connection(role: role)) {
            try await $0.query(Statement(sql, parameters: parameters))
        }
    }

    /// Runs a script of the test's own in this database; nil is the superuser. Answers come as text.
    @discardableResult
    package func run(_ script: SQL, as role: String? = nil) async throws -> [RowSet] {
        try await TestCluster.withConnection(connection(role: role)) { try await $0.run(script: script) }
    }

    private func drop() async throws {
        try await administer("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    private func administer(_ command: String) async throws {
        _ = try await TestCluster.withConnection(cluster.superuser) {
            try await $0.run(script: SQL(unsafeRuntimeText: command))
        }
    }

    private static let places = Places(4)

    static func randomName() -> String {
        String(UInt64.random(in: .min ... .max), radix: 36)
    }
}
