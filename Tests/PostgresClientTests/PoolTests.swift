import Logging
import PostgresClient
import Synchronization
import Testing

@Suite("The pool")
struct PoolTests {
    private func backend(_ pool: PostgresPool) async throws -> Int {
        try #require(try await pool.query(Statement("SELECT pg_backend_pid()")).first(as: Int.self))
    }

    /// Waits until a session of the server runs a statement that begins with this text.
    private func isRunning(_ prefix: String, _ observer: PostgresPool) async throws -> Int? {
        var found: Int?
        _ = try await eventually {
            found = try await observer.query(
                Statement(
                    "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND starts_with(query, $1) LIMIT 1", prefix
                )
            ).first(as: Int.self)
            return found != nil
        }
        return found
    }

    @Test("Two hundred tasks share four sessions")
    func manyTasks() async throws {
        try await Database.withPool(connections: 4) { pool in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...200 {
                    group.addTask {
                        let answers = try await pool.pipeline([
                            Statement("SELECT $1", number), Statement("SELECT pg_backend_pid()"),
                        ])
                        return try answers[0].first(as: Int.self) ?? 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 20_100)
            #expect(pool.statistics.openConnections <= 4)
            #expect(pool.statistics.waitingTasks == 0)
            #expect(pool.isHealthy)
        }
    }

    @Test("Mixed work of many tasks, transactions that fail among them, leaves a right sum")
    func mixedWork() async throws {
        struct Refusal: Error {}
        let seed = UInt64.random(in: 0 ... .max)
        print("mixedWork seed: \(seed)")
        try await Database.withPool(connections: 4) { pool in
            try await pool.query(Statement("DROP TABLE IF EXISTS mixed_work"))
            try await pool.query(Statement("CREATE TABLE mixed_work (amount int8 NOT NULL)"))
            let expected = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<120 {
                    group.addTask {
                        let insert = Statement("INSERT INTO mixed_work (amount) VALUES ($1)", number)
                        switch (seed >> UInt64(number % 60) &+ UInt64(number)) % 4 {
                        case 0:
                            try await pool.query(insert)
                            return number
                        case 1:
                            try await pool.withTransaction { _ = try await $0.commit(with: [insert]) }
                            return number
                        case 2:
                            do {
                                try await pool.withTransaction { transaction in
                                    try await transaction.query(insert)
                                    throw Refusal()
                                }
                            } catch is Refusal {}
                            return 0
                        default:
                            _ = try await serverError { try await pool.pipeline([insert, Statement("SELECT 1/0")]) }
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            let sum = try await pool.query(Statement("SELECT coalesce(sum(amount), 0)::int8 FROM mixed_work"))
            #expect(try sum.first(as: Int.self) == expected)
            try await pool.query(Statement("DROP TABLE mixed_work"))
        }
    }

    @Test("Every answer is freed when its last row is gone")
    func leaks() async throws {
        try await Database.withPool(connections: 2) { pool in
            var kept: [Row] = []
            for _ in 0..<50 {
                kept.append(contentsOf: try await pool.query(Statement("SELECT generate_series(1, 3)")))
                _ = try await serverError { try await pool.pipeline([Statement("SELECT 1"), Statement("SELECT 1/0")]) }
            }
            // The session's thread lets go of an answer a moment after it has handed it over.
            #expect(try await eventually { pool.statistics.liveResults == 50 })
            #expect(try kept.last?.decode(at: 0, as: Int.self) == 3)
            kept = []
            #expect(try await eventually { pool.statistics.liveResults == 0 })
        }
    }

    @Test("Who waits too long is refused, and who comes when too many wait, at once")
    func backPressure() async throws {
        try await Database.withPool(
            connections: 1,
            {
                $0.maximumWaiters = 2
                $0.waitTimeout = .seconds(1)
            }
        ) { pool in
            try await pool.withConnection { _ in
                try await withThrowingTaskGroup(of: PostgresError.self) { group in
                    for _ in 0..<2 {
                        group.addTask { try await postgresError { try await pool.query(Statement("SELECT 1")) } }
                    }
                    #expect(try await eventually { pool.statistics.waitingTasks == 2 })
                    let third = try await postgresError { try await pool.query(Statement("SELECT 1")) }
                    guard case .poolExhausted(let waited) = third else { throw third }
                    #expect(waited == .zero)
                    for try await error in group {
                        guard case .poolExhausted(let waited) = error else { throw error }
                        #expect(waited >= .seconds(1))
                    }
                }
            }
            #expect(try await pool.query(Statement("SELECT 1")).first(as: Int.self) == 1)
        }
    }

    @Test("A cancelled task leaves the queue")
    func cancelledWhileWaiting() async throws {
        try await Database.withPool(connections: 1) { pool in
            try await pool.withConnection { connection in
                let waiting = Task { try await postgresError { try await pool.query(Statement("SELECT 1")) } }
                #expect(try await eventually { pool.statistics.waitingTasks == 1 })
                waiting.cancel()
                guard case .cancelled = try await waiting.value else { throw Unexpected(description: "not cancelled") }
                #expect(pool.statistics.waitingTasks == 0)
                _ = try await connection.query(Statement("SELECT 1"))
            }
        }
    }

    @Test("A statement under way is cancelled with its task, and its session stays")
    func cancelledWhileRunning() async throws {
        try await Database.withPool(connections: 1) { observer in
            try await Database.withPool(connections: 1) { pool in
                let session = try await backend(pool)
                let running = Task {
                    try await postgresError { try await pool.query(Statement("SELECT pg_sleep(600), 'c1'")) }
                }
                #expect(try await isRunning("SELECT pg_sleep(600), 'c1'", observer) == session)
                running.cancel()
                guard case .cancelled = try await running.value else { throw Unexpected(description: "not cancelled") }
                #expect(try await backend(pool) == session)

                // In a transaction too; the rollback is not cancelled.
                let transaction = Task {
                    try await postgresError {
                        _ = try await pool.withTransaction {
                            try await $0.query(Statement("SELECT pg_sleep(600), 'c2'"))
                        }
                    }
                }
                #expect(try await isRunning("SELECT pg_sleep(600), 'c2'", observer) == session)
                transaction.cancel()
                guard case .cancelled = try await transaction.value else {
                    throw Unexpected(description: "not cancelled")
                }
                #expect(try await backend(pool) == session)
            }
        }
    }

    @Test("A statement that takes too long is ended by the server")
    func statementTimeout() async throws {
        let connection = try Database.configuration { $0.statementTimeout = .milliseconds(300) }
        try await Database.withPool(connections: 1, connection: connection) { pool in
            let error = try await postgresError { try await pool.query(Statement("SELECT pg_sleep(600)")) }
            guard case .timeout(let report) = error else { throw error }
            #expect(report.sqlState == .queryCanceled)
            #expect(!error.description.contains("pg_sleep"))
            #expect(error.debugDescription.contains("pg_sleep"))
            #expect(try await pool.query(Statement("SELECT 1")).first(as: Int.self) == 1)
        }
    }

    @Test("Who waits too long for a lock is told by the server")
    func lockTimeout() async throws {
        let connection = try Database.configuration { $0.lockTimeout = .milliseconds(50) }
        try await Database.withPool(connections: 2, connection: connection) { pool in
            try await pool.withTransaction { transaction in
                try await transaction.query(Statement("SELECT pg_advisory_xact_lock(7141)"))
                let error = try await serverError {
                    try await pool.query(Statement("SELECT pg_advisory_xact_lock(7141)"))
                }
                #expect(error.sqlState == .lockNotAvailable)
                #expect(error.sqlState.isTransient)
            }
        }
    }

    @Test("A transaction left idle too long loses its session, and knows that nothing was sent")
    func idleInTransaction() async throws {
        let connection = try Database.configuration { $0.idleInTransactionTimeout = .milliseconds(50) }
        // Without a minimum nothing is opened in place of the lost session before somebody asks.
        try await Database.withPool(connections: 1, connection: connection, { $0.minimumConnections = 0 }) { pool in
            let error = try await postgresError {
                try await pool.withTransaction { transaction in
                    try await transaction.query(Statement("SELECT 1"))
                    #expect(try await eventually { pool.statistics.openConnections == 0 })
                    try await transaction.query(Statement("SELECT 2"))
                }
            }
            guard case .connectionLost(let loss) = error else { throw error }
            #expect(!loss.statementWasSent)
            #expect(loss.sqlState == .idleInTransactionTimeout)
            #expect(try await pool.query(Statement("SELECT 1")).first(as: Int.self) == 1)
        }
    }

    @Test("A server that stays silent too long counts as lost")
    func silence() async throws {
        let connection = try Database.configuration { $0.longestSilence = .seconds(2) }
        try await Database.withPool(connections: 1, connection: connection) { pool in
            let error = try await postgresError { try await pool.query(Statement("SELECT pg_sleep(600)")) }
            guard case .connectionLost(let loss) = error else { throw error }
            #expect(loss.statementWasSent)
            #expect(try await pool.query(Statement("SELECT 1")).first(as: Int.self) == 1)
        }
    }

    @Test("A session killed at work is lost, its statement was sent, and the pool goes on")
    func killedAtWork() async throws {
        try await Database.withPool(connections: 1) { observer in
            try await Database.withPool(connections: 2) { pool in
                async let victim = postgresError { try await pool.query(Statement("SELECT pg_sleep(600), 'k1'")) }
                let session = try #require(try await isRunning("SELECT pg_sleep(600), 'k1'", observer))
                try await observer.query(Statement("SELECT pg_terminate_backend($1::int4)", session))
                let error = try await victim
                guard case .connectionLost(let loss) = error else { throw error }
                #expect(loss.statementWasSent)
                #expect(loss.sqlState == .adminShutdown)
                #expect(try await backend(pool) != session)
            }
        }
    }

    @Test("An idle session that is killed is replaced before anybody needs it")
    func killedWhileIdle() async throws {
        try await Database.withPool(connections: 1) { observer in
            try await Database.withPool(connections: 1) { pool in
                let session = try await backend(pool)
                try await observer.query(Statement("SELECT pg_terminate_backend($1::int4)", session))
                var other = session
                #expect(
                    try await eventually {
                        // Between the signal and its effect the session may still answer, or break over the question.
                        other = (try? await backend(pool)) ?? session
                        return other != session
                    })
            }
        }
    }

    @Test("A connection lost over COMMIT says that the commit may have happened")
    func killedAtCommit() async throws {
        try await Database.withPool(connections: 1) { pool in
            let error = try await postgresError {
                try await pool.withTransaction { transaction in
                    try await transaction.query(Statement("SELECT 1"))
                    try await transaction.commit(with: [Statement("SELECT pg_terminate_backend(pg_backend_pid())")])
                }
            }
            guard case .connectionLost(let loss) = error else { throw error }
            #expect(loss.statementWasSent)
            #expect(!error.nothingWasSent)
            #expect(try await pool.query(Statement("SELECT 1")).first(as: Int.self) == 1)
        }
    }

    @Test("A pool without a server says so, and says nothing of the password")
    func noServer() async throws {
        let connection = ConnectionConfiguration(
            connectionString: "host=/nowhere user=somebody password=sesame dbname=nothing")
        let error = try await Database.withPool(
            connections: 2, connection: connection, { $0.waitTimeout = .milliseconds(100) }
        ) {
            pool in
            let error = try await postgresError { try await pool.query(Statement("SELECT 1")) }
            #expect(!pool.isHealthy)
            return error
        }
        guard case .cannotConnect = error else { throw error }
        #expect(error.nothingWasSent)
        #expect(!error.description.contains("nowhere"))
        #expect(!error.debugDescription.contains("sesame"))
    }

    @Test("A closed pool refuses, and its sessions have ended")
    func closed() async throws {
        try await Database.withPool(connections: 1) { observer in
            let connection = try Database.configuration { $0.applicationName = "bureau closed pool" }
            let pool = try await Database.withPool(
                connections: 3, connection: connection, { $0.minimumConnections = 3 }
            ) {
                pool in
                let isFull = try await eventually { pool.statistics.openConnections == 3 }
                #expect(isFull)
                return pool
            }
            guard case .closed = try await postgresError({ try await pool.query(Statement("SELECT 1")) }) else {
                throw Unexpected(description: "not closed")
            }
            #expect(pool.statistics.openConnections == 0)
            #expect(
                try await eventually {
                    try await observer.query(
                        Statement("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'bureau closed pool'")
                    ).first(as: Int.self) == 0
                })
        }
    }

    @Test("Work that outlasts the grace at the end of the pool is cancelled")
    func shutdownGrace() async throws {
        let work = try await Database.withPool(connections: 1, { $0.shutdownGrace = .milliseconds(50) }) { pool in
            try await pool.query(Statement("SELECT 1"))
            let work = Task { try await postgresError { try await pool.query(Statement("SELECT pg_sleep(600)")) } }
            #expect(try await eventually { pool.statistics.idleConnections == 0 })
            return work
        }
        guard case .cancelled = try await work.value else { throw Unexpected(description: "not cancelled") }
    }

    @Test("Notices of the server go to the log")
    func notices() async throws {
        let lines = LogLines()
        let pool = PostgresPool(
            configuration: PoolConfiguration(connection: try Database.configuration()),
            logger: Logger(label: "notices") { _ in lines.handler })
        let run = Task { try await pool.run() }
        try await pool.query(Statement("DO $$ BEGIN RAISE NOTICE 'mind the gap'; END $$"))
        run.cancel()
        try await run.value
        #expect(lines.all.contains("mind the gap"))
    }
}

/// Collects what is logged.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    var handler: any LogHandler { Handler(lines: self) }

    private struct Handler: LogHandler {
        let lines: LogLines
        var logLevel: Logger.Level = .trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.lines.withLock { $0.append("\(event.message)") }
        }
    }
}
