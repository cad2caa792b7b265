internal import PostgresClient
internal import PostgresStorage

/// The migrated database that tests copy. Its name holds a checksum of the migrations, so a changed schema gets
/// another.
actor TestTemplate {
    static let shared = TestTemplate()

    private var preparation: Task<String, any Error>?

    /// The template's name, after preparing it when nobody has before: one process at a time.
    func name(in cluster: TestCluster) async throws -> String {
        if let preparation { return try await preparation.value }
        let task = Task {
            try await TestCluster.withConnection(cluster.superuser) { session in
                try await session.query(Statement("SELECT pg_advisory_lock(4850180171122)"))
                return try await Self.prepare(cluster, session)
            }
        }
        preparation = task
        return try await task.value
    }

    private static func prepare(_ cluster: TestCluster, _ session: DedicatedConnection) async throws -> String {
        try await session.run(script: RoleSetup.roles)
        let name = "bureau_template_" + (try await checksum(session))
        let exists = try await session.query(
            Statement("SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = $1)", name))
        if try exists.first(as: Bool.self) == true { return name }
        // Built under another name: a process that dies half-way leaves no half-made template.
        let draft = "bureau_draft_\(TestDatabase.randomName())"
        try await session.run(script: SQL(unsafeRuntimeText: "CREATE DATABASE \(draft) TEMPLATE template0"))
        _ = try await TestCluster.withConnection(cluster.connection(database: draft)) {
            try await $0.run(script: RoleSetup.database)
        }
        _ = try await TestCluster.withConnection(cluster.connection(database: draft, role: RoleSetup.owner)) {
            try await Migrator($0).run()
        }
        try await session.run(script: SQL(unsafeRuntimeText: "ALTER DATABASE \(draft) RENAME TO \(name)"))
        return name
    }

    private static func checksum(_ session: DedicatedConnection) async throws -> String {
        let texts = [RoleSetup.roles.text, RoleSetup.database.text] + Migration.all.map(\.script.text)
        let rows = try await session.query(
            Statement(
                "SELECT left(encode(sha256(convert_to(array_to_string($1::text[], ';'), 'UTF8')), 'hex'), 16)", texts))
        return try rows.first(as: String.self) ?? ""
    }
}

/// Lets so many in at a time, in the order of their coming.
actor Places {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        free = count
    }

    nonisolated func withPlace<R: Sendable>(_ body: () async throws -> R) async throws -> R {
        await take()
        do {
            let value = try await body()
            await giveBack()
            return value
        } catch {
            await giveBack()
            throw error
        }
    }

    private func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
