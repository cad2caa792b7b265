internal import Glibc
package import Logging
package import PostgresClient

/// The PostgreSQL that tests run on: a private cluster whose superuser `BUREAU_TEST_POSTGRES` names as a libpq
/// connection string, such as `host=/run/test user=postgres dbname=postgres`. It must let the three roles in without
/// a password.
package struct TestCluster: Sendable {
    /// A session of the superuser.
    package let superuser: ConnectionConfiguration

    /// - Throws: ``MissingCluster`` when the variable is not set: a test without a database fails, it is not skipped.
    package init() throws {
        guard let value = getenv("BUREAU_TEST_POSTGRES"), value.pointee != 0 else { throw MissingCluster() }
        superuser = ConnectionConfiguration(connectionString: String(cString: value), applicationName: "bureau-tests")
    }

    /// A session of a role with a database of the cluster: what stands later in a connection string wins.
    package func connection(database: String, role: String? = nil) -> ConnectionConfiguration {
        var configuration = superuser
        configuration.connectionString += " dbname=\(database)"
        if let role { configuration.connectionString += " user=\(role)" }
        return configuration
    }

    /// Runs the body with a session, which is closed afterwards.
    package static func withConnection<R: Sendable>(
        _ configuration: ConnectionConfiguration, _ body: (DedicatedConnection) async throws -> R
    ) async throws -> R {
        let connection = try await DedicatedConnection.connect(configuration, logger: .silent)
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

/// Nobody has said on which PostgreSQL to test.
package struct MissingCluster: Error, CustomStringConvertible {
    package var description: String {
        """
        These tests run on a real PostgreSQL: set BUREAU_TEST_POSTGRES to the connection string of a superuser of a \
        private cluster, such as "host=/run/test user=postgres dbname=postgres".
        """
    }
}

extension Logger {
    /// Says nothing.
    package static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
