import Glibc
import PostgresClient
import Testing

@Suite("Outages")
struct OutageTests {
    /// A second way to the server's socket, which can be taken away: for the client the server is gone.
    private struct Door: Sendable {
        let directory: String
        let link: String
        let target: String

        init(target: String, port: String) throws {
            var template = Array("/tmp/bureau-door-XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { throw Unexpected(description: "no temporary directory") }
            directory = template.withUnsafeBufferPointer { buffer in
                String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            }
            link = "\(directory)/.s.PGSQL.\(port)"
            self.target = target
            open()
        }

        func open() { symlink(target, link) }
        func close() { unlink(link) }

        func remove() {
            close()
            rmdir(directory)
        }
    }

    @Test("A pool survives the absence of its server")
    func serverGoesAndComes() async throws {
        try await Database.withPool(connections: 1) { observer in
            let row = try await observer.query(
                Statement(
                    """
                    SELECT split_part(current_setting('unix_socket_directories'), ',', 1), current_setting('port'),
                        current_user::text, current_database()::text
                    """))[0]
            let (sockets, port): (String, String) = (try row.decode(at: 0), try row.decode(at: 1))
            let (user, database): (String, String) = (try row.decode(at: 2), try row.decode(at: 3))
            let door = try Door(target: "\(sockets)/.s.PGSQL.\(port)", port: port)
            defer { door.remove() }
            let connection = ConnectionConfiguration(
                connectionString: "host=\(door.directory) port=\(port) user=\(user) dbname=\(database)",
                applicationName: "bureau outage")
            try await Database.withPool(
                connections: 3, connection: connection,
                {
                    $0.minimumConnections = 2
                    $0.waitTimeout = .seconds(1)
                    $0.backoff.initial = .milliseconds(5)
                    $0.backoff.maximum = .milliseconds(20)
                }
            ) { pool in
                #expect(try await eventually { pool.statistics.openConnections == 2 })
                #expect(pool.isHealthy)

                door.close()
                try await observer.query(
                    Statement(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE application_name = 'bureau outage'
                        """
                    ))
                #expect(try await eventually { !pool.isHealthy && pool.statistics.openConnections == 0 })
                let error = try await postgresError { try await pool.query(Statement("SELECT 1")) }
                guard case .cannotConnect = error else { throw error }

                door.open()
                #expect(try await eventually { pool.isHealthy })
                #expect(try await pool.query(Statement("SELECT 1")).first(as: Int.self) == 1)
                #expect(try await eventually { pool.statistics.openConnections >= 2 })
            }
        }
    }
}
