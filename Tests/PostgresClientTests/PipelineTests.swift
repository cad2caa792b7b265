import PostgresClient
import Testing

@Suite("Pipelines and transactions")
struct PipelineTests {
    /// A pool of one session with a temporary table that all tests of the body see.
    private func withTable(_ body: @Sendable (PostgresPool) async throws -> Void) async throws {
        try await Database.withPool(connections: 1) { pool in
            try await pool.query(
                Statement("CREATE TEMPORARY TABLE entry (id int8 PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, note text)")
            )
            try await body(pool)
        }
    }

    private func ids(_ pool: PostgresPool) async throws -> [Int64] {
        try await pool.query(Statement("SELECT id FROM entry ORDER BY id")).map { try $0.decode(at: 0) }
    }

    private func insert(_ id: Int64) -> Statement {
        Statement("INSERT INTO entry (id, note) VALUES ($1, $2)", id, "note")
    }

    @Test("The answers of a pipeline come in the order of its statements")
    func order() async throws {
        try await Database.withPool { pool in
            let answers = try await pool.pipeline((0..<500).map { Statement("SELECT $1", $0) })
            #expect(try answers.map { try $0.first(as: Int.self) } == (0..<500).map { $0 })
        }
    }

    @Test("Long parameters and long answers do not block each other")
    func bothWays() async throws {
        let long = String(repeating: "x", count: 1 << 20)
        try await Database.withPool(connections: 1) { pool in
            let answers = try await pool.pipeline((0..<24).map { _ in Statement("SELECT $1 || ''", long) })
            #expect(try answers.allSatisfy { try $0.first(as: String.self) == long })
        }
    }

    @Test("An error in the middle undoes the whole pipeline and leaves the session usable")
    func errorInTheMiddle() async throws {
        try await withTable { pool in
            let error = try await serverError {
                try await pool.pipeline([insert(1), Statement("SELECT 1 / $1", 0), insert(2)])
            }
            #expect(error.sqlState == "22012")
            #expect(error.statementIndex == 1)
            #expect(error.debugDescription.contains("SELECT 1 / $1"))
            #expect(!error.description.contains("SELECT"))
            #expect(try await ids(pool) == [])
            try await pool.pipeline([insert(1), insert(2)])
            #expect(try await ids(pool) == [1, 2])
        }
    }

    @Test("An error of the commit itself is an error of the pipeline")
    func errorAtCommit() async throws {
        try await withTable { pool in
            let error = try await serverError { try await pool.pipeline([insert(1), insert(1)]) }
            #expect(error.sqlState == .uniqueViolation)
            #expect(error.constraint == "entry_pkey")
            #expect(error.statementIndex == 2)
            #expect(try await ids(pool) == [])
        }
    }

    @Test("A statement that cannot be parsed is reported with its place, and can be corrected")
    func syntaxError() async throws {
        try await withTable { pool in
            for _ in 0..<2 {
                let error = try await serverError {
                    try await pool.pipeline([insert(1), Statement("SELEC 1"), insert(2)])
                }
                #expect(error.sqlState == "42601")
                #expect(error.statementIndex == 1)
                #expect(error.position == 1)
            }
            #expect(try await ids(pool) == [])
        }
    }

    @Test("A statement of the same text is prepared once a session")
    func preparedOnce() async throws {
        try await withTable { pool in
            for id in 1...20 { try await pool.pipeline([insert(Int64(id)), insert(Int64(-id))]) }
            let count = try await pool.query(
                Statement("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO entry%'"))
            #expect(try count.first(as: Int.self) == 1)
        }
    }

    @Test("A session keeps no more prepared statements than its limit")
    func preparedLimit() async throws {
        let statements: [SQL] = ["SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4", "SELECT 5", "SELECT 6"]
        let connection = try Database.configuration { $0.preparedStatementLimit = 3 }
        try await Database.withPool(connections: 1, connection: connection) { pool in
            for _ in 0..<3 {
                let answers = try await pool.pipeline(statements.map { Statement($0) })
                #expect(try answers.map { try $0.first(as: Int.self) } == [1, 2, 3, 4, 5, 6])
            }
            let count = try await pool.query(Statement("SELECT count(*) FROM pg_prepared_statements"))
            #expect(try count.first(as: Int.self) ?? 99 <= 4)
        }
    }

    @Test("A prepared statement that a migration has outdated is prepared again")
    func outdatedStatement() async throws {
        try await withTable { pool in
            let sql: SQL = "SELECT * FROM entry"
            #expect(try await pool.query(Statement(sql)).columnCount == 2)
            try await pool.query(Statement("ALTER TABLE entry ADD COLUMN extra int8"))
            #expect(try await pool.query(Statement(sql)).columnCount == 3)
            try await pool.query(Statement("DEALLOCATE ALL"))
            #expect(try await pool.query(Statement(sql)).columnCount == 3)
        }
    }

    @Test("A transaction commits when its body returns")
    func commit() async throws {
        try await withTable { pool in
            let count = try await pool.withTransaction(isolation: .serializable) { transaction in
                try await transaction.pipeline([insert(1), insert(2)])
                return try await transaction.query(Statement("SELECT count(*) FROM entry")).first(as: Int.self)
            }
            #expect(count == 2)
            #expect(try await ids(pool) == [1, 2])
        }
    }

    @Test("The last statements travel with the commit")
    func commitWith() async throws {
        try await withTable { pool in
            try await pool.withTransaction { transaction in
                try await transaction.query(insert(1))
                let answers = try await transaction.commit(with: [insert(2), Statement("SELECT 7")])
                #expect(try answers.last?.first(as: Int.self) == 7)
                #expect(answers.count == 2)
                await #expect(throws: PostgresError.self) { try await transaction.query(insert(3)) }
            }
            try await pool.withTransaction { transaction in try await transaction.commit(with: [insert(3)]) }
            #expect(try await ids(pool) == [1, 2, 3])
        }
    }

    @Test("A transaction is rolled back when its body throws, and its session used again")
    func rollback() async throws {
        struct Refusal: Error {}
        try await withTable { pool in
            let session = try await pool.query(Statement("SELECT pg_backend_pid()")).first(as: Int.self)
            await #expect(throws: Refusal.self) {
                try await pool.withTransaction { transaction in
                    try await transaction.query(insert(1))
                    throw Refusal()
                }
            }
            #expect(try await ids(pool) == [])
            #expect(try await pool.query(Statement("SELECT pg_backend_pid()")).first(as: Int.self) == session)
        }
    }

    @Test("A failed transaction says so again at its end, even when the body ignores the error")
    func ignoredError() async throws {
        try await withTable { pool in
            let error = try await serverError {
                try await pool.withTransaction { transaction in
                    try await transaction.query(insert(1))
                    _ = try? await transaction.query(Statement("SELECT 1 / 0"))
                }
            }
            #expect(error.sqlState == "22012")
            #expect(error.statementIndex == 0)
            let first = try await serverError {
                try await pool.withTransaction { transaction in
                    _ = try await transaction.query(Statement("SELECT 1 / 0"))
                }
            }
            #expect(first.statementIndex == 0)
            #expect(try await ids(pool) == [])
        }
    }

    @Test("A commit that a deferred constraint refuses is an error")
    func refusedCommit() async throws {
        try await withTable { pool in
            let error = try await serverError {
                try await pool.withTransaction { transaction in
                    try await transaction.query(insert(1))
                    try await transaction.commit(with: [insert(1)])
                }
            }
            #expect(error.sqlState == .uniqueViolation)
            #expect(try await ids(pool) == [])
        }
    }

    @Test("A transaction that does nothing costs nothing and commits nothing")
    func emptyTransaction() async throws {
        try await withTable { pool in
            let value = try await pool.withTransaction { _ in 5 }
            #expect(value == 5)
            #expect(try await ids(pool) == [])
        }
    }

    @Test("Two calls at the same time are refused by a transaction")
    func concurrentCalls() async throws {
        try await withTable { pool in
            await #expect(throws: PostgresError.self) {
                try await pool.withTransaction { transaction in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<2 {
                            group.addTask { try await transaction.query(Statement("SELECT pg_sleep(0.05)")) }
                        }
                        try await group.waitForAll()
                    }
                }
            }
            let left = try await ids(pool)
            #expect(left == [])
        }
    }

    @Test("A session left in a transaction is not given to anybody else")
    func leftOpen() async throws {
        try await Database.withPool(connections: 1) { pool in
            let before = try await pool.query(Statement("SELECT pg_backend_pid()")).first(as: Int.self)
            try await pool.query(Statement("BEGIN"))
            let after = try await pool.query(Statement("SELECT pg_backend_pid()")).first(as: Int.self)
            #expect(before != after)
        }
    }

    @Test("Text made at run time is sent without being prepared")
    func runtimeText() async throws {
        try await Database.withPool(connections: 1) { pool in
            let sql = SQL(unsafeRuntimeText: "SELECT $1 + \(1)")
            #expect(try await pool.query(Statement(sql, 41)).first(as: Int.self) == 42)
            let count = try await pool.query(
                Statement("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%+ 1'"))
            #expect(try count.first(as: Int.self) == 0)
        }
    }

    @Test("COPY, which has no place here, ends the session and not the pool")
    func copy() async throws {
        try await withTable { pool in
            await #expect(throws: PostgresError.self) { try await pool.query(Statement("COPY entry TO STDOUT")) }
            let answer = try await pool.query(Statement("SELECT 1")).first(as: Int.self)
            #expect(answer == 1)
        }
    }

    @Test("Affected rows and command tags are those of the server")
    func tags() async throws {
        try await withTable { pool in
            let answers = try await pool.pipeline([
                insert(1), insert(2), Statement("UPDATE entry SET note = $1", "x"), Statement("DELETE FROM entry"),
            ])
            #expect(answers.map(\.affectedRows) == [1, 1, 2, 2])
            #expect(answers[0].commandTag == "INSERT 0 1")
        }
    }
}
