import PostgresClient
import Testing

@Suite("Sessions outside of the pool")
struct DedicatedConnectionTests {
    @Test("A script runs several statements, all or none")
    func script() async throws {
        try await Database.withDedicated { connection in
            let answers = try await connection.run(
                script: """
                    CREATE TEMPORARY TABLE a (id int8 PRIMARY KEY);
                    INSERT INTO a (id) VALUES (1), (2);
                    """)
            #expect(answers.map(\.affectedRows) == [0, 2])
            let error = try await serverError {
                try await connection.run(script: "INSERT INTO a (id) VALUES (3); INSERT INTO a (id) VALUES (3)")
            }
            #expect(error.sqlState == .uniqueViolation)
            #expect(try await connection.query(Statement("SELECT count(*) FROM a")).first(as: Int.self) == 2)
        }
    }

    @Test("Scripts and parameters share a transaction, which ends with its body")
    func transaction() async throws {
        struct Refusal: Error {}
        try await Database.withDedicated { connection in
            try await connection.run(script: "CREATE TEMPORARY TABLE b (id int8 PRIMARY KEY)")
            try await connection.withTransaction { connection in
                try await connection.run(script: "INSERT INTO b (id) VALUES (1)")
                try await connection.query(Statement("INSERT INTO b (id) VALUES ($1)", 2))
            }
            await #expect(throws: Refusal.self) {
                try await connection.withTransaction { connection in
                    try await connection.run(script: "INSERT INTO b (id) VALUES (3)")
                    throw Refusal()
                }
            }
            await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { connection in
                    _ = try? await connection.run(script: "INSERT INTO b (id) VALUES (1)")
                }
            }
            #expect(try await connection.query(Statement("SELECT count(*) FROM b")).first(as: Int.self) == 2)
        }
    }

    @Test("Notifications arrive in order and end with the session", arguments: ["plain", "with \"quotes\" and spaces"])
    func notifications(channel: String) async throws {
        try await Database.withPool(connections: 1) { pool in
            try await Database.withDedicated { connection in
                try await connection.listen(to: channel)
                for number in 1...5 {
                    try await pool.query(Statement("SELECT pg_notify($1, $2)", channel, "\(number)"))
                }
                var received: [String] = []
                for await notification in connection.notifications {
                    #expect(notification.channel == channel)
                    received.append(notification.payload)
                    if received.count == 5 { await connection.close() }
                }
                #expect(received == ["1", "2", "3", "4", "5"])
            }
        }
    }

    @Test("A killed session ends the notifications")
    func killed() async throws {
        try await Database.withPool(connections: 1) { pool in
            try await Database.withDedicated { connection in
                let session = try #require(
                    try await connection.query(Statement("SELECT pg_backend_pid()")).first(as: Int.self))
                try await connection.listen(to: "quiet")
                try await pool.query(Statement("SELECT pg_terminate_backend($1::int4)", session))
                for await notification in connection.notifications {
                    Issue.record("unexpected notification on \(notification.channel)")
                }
                let error = try await postgresError { try await connection.run(script: "SELECT 1") }
                guard case .connectionLost(let loss) = error else { throw error }
                #expect(!loss.statementWasSent)
            }
        }
    }

    @Test("A session that cannot be made says why")
    func cannotConnect() async throws {
        let error = try await postgresError {
            _ = try await DedicatedConnection.connect(
                ConnectionConfiguration(connectionString: "host=/nowhere"), logger: Database.logger)
        }
        guard case .cannotConnect(let message) = error else { throw error }
        #expect(message.contains("/nowhere"))
    }

    @Test("COPY in a script ends the session instead of hanging")
    func copy() async throws {
        try await Database.withDedicated { connection in
            await #expect(throws: PostgresError.self) { try await connection.run(script: "COPY pg_class TO STDOUT") }
            await #expect(throws: PostgresError.self) { try await connection.run(script: "SELECT 1") }
        }
    }

    @Test("A closed session refuses work")
    func closed() async throws {
        let connection = try await DedicatedConnection.connect(Database.configuration(), logger: Database.logger)
        await connection.close()
        let error = try await postgresError { try await connection.run(script: "SELECT 1") }
        guard case .closed = error else { throw error }
    }
}
