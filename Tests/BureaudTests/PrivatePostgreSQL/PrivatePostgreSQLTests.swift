import Glibc
import Logging
import PostgresClient
import Subprocess
import Testing

@testable import bureaud

/// On the PostgreSQL that is installed, with real processes. Serialized: each cluster costs seconds of both cores.
@Suite(.serialized) struct PrivatePostgreSQLTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// A data directory with what a test does to it, gone afterwards.
    private func withDirectory(_ body: (DataLayout) async throws -> Void) async throws {
        let folder = try TemporaryFolder.make()
        let layout = DataLayout(directory: folder + "/data")
        do {
            try await body(layout)
        } catch {
            RunningPostmaster.find(inCluster: layout.cluster)?.requestFastShutdown()
            throw error
        }
        #expect(RunningPostmaster.find(inCluster: layout.cluster) == nil)
        TemporaryFolder.remove(folder)
    }

    private func server(_ layout: DataLayout) throws -> PrivatePostgreSQL {
        try PrivatePostgreSQL(layout: layout, configuredBinaries: nil, logger: Self.logger)
    }

    private static func ask(_ address: ServerAddress, _ question: SQL) async throws -> String? {
        let connection = try await DedicatedConnection.connect(
            ConnectionConfiguration(connectionString: address.connectionString(as: .admin, database: "postgres")),
            logger: logger)
        let answer = try await connection.query(Statement(question)).first(as: String.self)
        await connection.close()
        return answer
    }

    /// Expects an answer from the server's superuser session.
    private static func expect(
        _ expected: String?, from address: ServerAddress, to question: SQL,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let answer = try await ask(address, question)
        #expect(answer == expected, sourceLocation: sourceLocation)
    }

    @Test("A fresh cluster has checksums and no TCP, keeps its data over a restart, and lets only known accounts in")
    func freshStartAndRestart() async throws {
        try await withDirectory { layout in
            try await server(layout).whileRunning { address in
                try await Self.expect("on", from: address, to: "SHOW data_checksums")
                try await Self.expect("", from: address, to: "SHOW listen_addresses")
                try await Self.expect("UTF8", from: address, to: "SHOW server_encoding")
                try await Self.expect("on", from: address, to: "SHOW synchronous_commit")
                try await Self.expect(nil, from: address, to: "CREATE TABLE kept AS SELECT 'yes' AS answer")
                let folder = try #require(try Files.status(of: address.socketDirectory))
                #expect(folder.permissions == 0o700)
                #expect(folder.owner != 0, "PostgreSQL never runs as root")
                let running = try #require(RunningPostmaster.find(inCluster: layout.cluster))
                #expect(getsid(running.process) == running.process, "a session of its own keeps Ctrl-C away")
            }
            #expect(RunningPostmaster.find(inCluster: layout.cluster) == nil)
            try await server(layout).whileRunning { address in
                try await Self.expect("yes", from: address, to: "SELECT answer FROM kept")
            }
        }
    }

    @Test("A server whose daemon was killed is adopted, serves on and stops with its new daemon")
    func adoption() async throws {
        try await withDirectory { layout in
            try await DaemonProcess.startAndKill(dataDirectory: layout.directory)
            let orphan = try #require(RunningPostmaster.find(inCluster: layout.cluster))
            try await server(layout).whileRunning { address in
                #expect(RunningPostmaster.find(inCluster: layout.cluster)?.process == orphan.process)
                try await Self.expect("still here", from: address, to: "SELECT 'still here'")
            }
        }
    }

    @Test("A second daemon on one directory is refused with the number of the first")
    func secondDaemon() async throws {
        try await withDirectory { layout in
            try await server(layout).whileRunning { _ in
                let second = try await DaemonProcess.run(["database", "--data-directory", layout.directory])
                #expect(second.status == .exited(1))
                #expect(second.error.contains("process \(getpid())"))
                #expect(second.error.contains(Refusal.Code.anotherDaemon.rawValue))
            }
        }
    }

    @Test("A server that dies is started again while the daemon goes on")
    func crash() async throws {
        try await withDirectory { layout in
            try await server(layout).whileRunning { address in
                _ = try await Self.ask(address, "CREATE TABLE kept AS SELECT 'yes' AS answer")
                let first = try #require(RunningPostmaster.find(inCluster: layout.cluster))
                kill(first.process, SIGKILL)
                let deadline = ContinuousClock.now + .seconds(30)
                var answer: String?
                while answer == nil, ContinuousClock.now < deadline {
                    // Refused until the server is back.
                    answer = try? await Self.ask(address, "SELECT answer FROM kept")
                    await Task.yield()
                }
                #expect(answer == "yes")
                #expect(RunningPostmaster.find(inCluster: layout.cluster)?.process != first.process)
            }
        }
    }

    @Test("A data directory too deep for a socket uses a short one elsewhere")
    func deepDirectory() async throws {
        try await withDirectory { layout in
            let deep = DataLayout(directory: layout.directory + "/" + String(repeating: "d", count: 100))
            try await server(deep).whileRunning { address in
                #expect(!address.socketDirectory.hasPrefix(layout.directory))
                try await Self.expect("reached", from: address, to: "SELECT 'reached'")
            }
            try Files.removeDirectory(deep.socketDirectory(isRoot: geteuid() == 0))
        }
    }

    @Test("A half made cluster is thrown away and made anew")
    func halfMade() async throws {
        try await withDirectory { layout in
            try Files.makeDirectory(layout.directory, permissions: 0o711)
            try Files.makeDirectory(layout.unfinishedCluster(attempt: 1) + "/base", permissions: 0o700)
            try await server(layout).whileRunning { address in
                try await Self.expect("whole", from: address, to: "SELECT 'whole'")
            }
            #expect(!Files.names(in: layout.directory).contains { $0.hasPrefix(DataLayout.unfinished) })
        }
    }

    @Test("A directory of another major version is refused before anything is touched")
    func otherVersion() async throws {
        try await withDirectory { layout in
            try Files.makeDirectory(layout.directory, permissions: 0o711)
            try Files.makeDirectory(layout.cluster, permissions: 0o700)
            let account = try OSAccount.server(clusterOwner: nil, daemon: .current())
            chown(layout.cluster, account.user, account.group)
            try Files.replace(layout.cluster + "/PG_VERSION", with: "9\n", permissions: 0o600)
            let refusal = #expect(throws: Refusal.self) { try server(layout) }
            #expect(refusal?.code == .otherMajorVersion)
            #expect(refusal?.sentence.contains("of PostgreSQL 9,") == true)
            #expect(Files.names(in: layout.cluster) == ["PG_VERSION"])
        }
    }

    @Test("A broken cluster is refused with what PostgreSQL said about it")
    func brokenCluster() async throws {
        try await withDirectory { layout in
            let server = try server(layout)
            try await server.whileRunning { _ in }
            try Files.removeDirectory(layout.cluster + "/global")
            let refusal = await #expect(throws: Refusal.self) { try await server.whileRunning { _ in } }
            #expect(refusal?.code == .serverDoesNotStart)
            #expect(refusal?.sentence.contains("pg_control") == true)
        }
    }
}
