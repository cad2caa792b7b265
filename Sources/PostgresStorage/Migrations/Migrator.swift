package import PostgresClient

/// Brings the schema to the state that this program knows, as `bureau_owner`. Several may start at once: one works, the
/// others wait for it and find nothing left to do.
package struct Migrator: Sendable {
    private let connection: DedicatedConnection
    private let migrations: [Migration]

    /// - Parameter migrations: The history to reach; another one than the program's own is for tests.
    package init(_ connection: DedicatedConnection, migrations: [Migration] = Migration.all) {
        self.connection = connection
        self.migrations = migrations
    }

    /// Compares the database with the program; changes nothing, and any of the three roles may ask.
    package func status() async throws(MigrationError) -> MigrationStatus {
        do {
            guard try await connection.query(Self.historyExists()).first(as: Bool.self) == true else {
                return MigrationStatus(applied: [], pending: migrations.map(\.number))
            }
            return try compare(try await connection.query(history()))
        } catch {
            throw MigrationError(error)
        }
    }

    /// Applies what is missing, each migration in a transaction of its own; the numbers that were applied.
    ///
    /// - Throws: `databaseIsNewer` or `changed` before anything is applied. When a migration fails, those before it
    ///   stay.
    @discardableResult
    package func run() async throws(MigrationError) -> [Int] {
        do {
            // Waiting for another's migration may take longer than a statement of the service.
            try await connection.run(script: "SET statement_timeout = 0; SET lock_timeout = 0")
            try await connection.query(Self.lock())
        } catch {
            throw MigrationError(error)
        }
        let result: Result<[Int], MigrationError>
        do throws(MigrationError) {
            result = .success(try await applyPending())
        } catch {
            result = .failure(error)
        }
        do {
            try await connection.query(Self.unlock())
        } catch  where (try? result.get()) != nil {
            throw MigrationError(error)
        } catch {
            // The first error tells more; the lock ends with the session.
        }
        return try result.get()
    }

    private func applyPending() async throws(MigrationError) -> [Int] {
        do {
            try await connection.run(script: Self.createHistory)
            let pending = try compare(try await connection.query(history())).pending
            for migration in migrations where pending.contains(migration.number) {
                try await connection.withTransaction { connection in
                    // The tables are in use: better to fail and be started again than to block everybody behind us.
                    try await connection.run(script: "SET LOCAL lock_timeout = '10s'")
                    try await connection.run(script: migration.script)
                    try await connection.query(Self.record(migration))
                }
            }
            return pending
        } catch {
            throw MigrationError(error)
        }
    }

    private func compare(_ history: RowSet) throws -> MigrationStatus {
        var applied: [Int] = []
        var pending: [Int] = []
        for row in history {
            let number = try row.decode(at: 0, as: Int.self)
            switch (try row.decode(at: 1, as: Bool.self), try row.decode(at: 2, as: Bool.self)) {
            case (true, false): throw MigrationError.databaseIsNewer(found: number, known: migrations.count)
            case (false, _): pending.append(number)
            case (true, true):
                guard try row.decode(at: 3, as: Bool.self), pending.isEmpty else {
                    throw MigrationError.changed(number)
                }
                applied.append(number)
            }
        }
        return MigrationStatus(applied: applied, pending: pending)
    }
}

// The statements of the history. The server computes the checksums: it has SHA-256, and no library is needed here.
extension Migrator {
    /// Held until the session ends or gives it back. The number is arbitrary, and ours alone in this database.
    private static func lock() -> Statement { Statement("SELECT pg_advisory_lock(4850180171121)") }

    private static func unlock() -> Statement { Statement("SELECT pg_advisory_unlock(4850180171121)") }

    private static func historyExists() -> Statement {
        Statement("SELECT to_regclass('bureau.migration') IS NOT NULL")
    }

    private static let createHistory: SQL = """
        CREATE TABLE IF NOT EXISTS bureau.migration (
            number integer PRIMARY KEY,
            name text NOT NULL,
            checksum bytea NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );
        GRANT SELECT ON bureau.migration TO bureau_write, bureau_read;
        """

    /// Every migration that either side knows, by number: number, is applied, is known, has the same checksum (nil
    /// unless both).
    private func history() -> Statement {
        Statement(
            """
            SELECT coalesce(applied.number, known.number), applied.number IS NOT NULL, known.number IS NOT NULL,
                applied.checksum = sha256(convert_to(known.script, 'UTF8'))
            FROM bureau.migration applied
            FULL JOIN unnest($1::bigint[], $2::text[]) AS known (number, script) ON known.number = applied.number
            ORDER BY 1
            """,
            migrations.map(\.number), migrations.map(\.script.text))
    }

    private static func record(_ migration: Migration) -> Statement {
        Statement(
            """
            INSERT INTO bureau.migration (number, name, checksum)
            VALUES ($1, $2, sha256(convert_to($3, 'UTF8')))
            """,
            migration.number, migration.name, migration.script.text)
    }
}

/// Which migrations a database has.
package struct MigrationStatus: Sendable, Hashable {
    /// Numbers, in order.
    package let applied: [Int]
    /// Numbers that this program knows and the database has not, in order; empty when it may serve.
    package let pending: [Int]

    package init(applied: [Int], pending: [Int]) {
        self.applied = applied
        self.pending = pending
    }
}
