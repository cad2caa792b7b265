import Glibc
import Logging
import PostgresClient
import Testing

/// Where the tests find their PostgreSQL: a libpq connection string of a superuser in `BUREAU_TEST_POSTGRES`.
enum Database {
    struct NotConfigured: Error, CustomStringConvertible {
        let description = "Set BUREAU_TEST_POSTGRES to the connection string of a superuser of a private PostgreSQL."
    }

    static func connectionString() throws -> String {
        guard let text = getenv("BUREAU_TEST_POSTGRES").map({ String(cString: $0) }), !text.isEmpty else {
            throw NotConfigured()
        }
        return text
    }

    static func configuration(
        _ change: (inout ConnectionConfiguration) -> Void = { _ in }
    ) throws -> ConnectionConfiguration {
        var configuration = ConnectionConfiguration(
            connectionString: try connectionString(), applicationName: "bureau tests")
        configuration.statementTimeout = .seconds(300)
        change(&configuration)
        return configuration
    }

    static var logger: Logger {
        Logger(label: "postgres.tests") { _ in SwiftLogNoOpLogHandler() }
    }

    /// Runs the body with a pool that is kept by its `run`, and waits until all its sessions have ended.
    static func withPool<R: Sendable>(
        connections: Int = 2, connection: ConnectionConfiguration? = nil,
        _ change: (inout PoolConfiguration) -> Void = { _ in },
        _ body: @Sendable (PostgresPool) async throws -> R
    ) async throws -> R {
        var configuration = PoolConfiguration(connection: try connection ?? self.configuration())
        configuration.maximumConnections = connections
        // A test that means another limit says so; these only keep a busy machine from failing the others.
        configuration.waitTimeout = .seconds(60)
        change(&configuration)
        let pool = PostgresPool(configuration: configuration, logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            let value: R
            do {
                value = try await body(pool)
            } catch {
                group.cancelAll()
                try? await group.waitForAll()  // The error of the body tells more.
                throw error
            }
            group.cancelAll()
            try await group.waitForAll()
            return value
        }
    }

    /// Runs the body with a session outside of the pool.
    static func withDedicated<R: Sendable>(
        _ body: (DedicatedConnection) async throws -> R
    ) async throws -> R {
        let connection = try await DedicatedConnection.connect(configuration(), logger: logger)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}

/// The server's error that the body throws; fails the test when it throws another or none.
func serverError(_ body: () async throws -> Void) async throws -> ServerError {
    do {
        try await body()
    } catch PostgresError.server(let error) {
        return error
    }
    throw Unexpected(description: "The server should have refused this.")
}

/// The error of this library that the body throws; fails the test when it throws another or none.
func postgresError(_ body: () async throws -> Void) async throws -> PostgresError {
    do {
        try await body()
    } catch let error as PostgresError {
        return error
    }
    throw Unexpected(description: "This should have failed.")
}

struct Unexpected: Error, CustomStringConvertible {
    let description: String
}

/// Asks again and again whether a claim about another process has become true. It gives up after two minutes, which is
/// no measure of speed: on a busy machine a test may wait long for its turn.
func eventually(_ claim: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < end {
        if try await claim() { return true }
        // A loop without a pause would take a thread from the very work that it waits for.
        try await Task.sleep(for: .milliseconds(5))
    }
    return false
}
