import Foundation
import PostgresClient
import PostgresStorage
import TestSupport
import Testing

@Suite("The schema file")
struct SchemaFileTests {
    /// `Schemas/database.sql` is what `pg_dump --schema-only --no-owner` of PostgreSQL 15 says about a migrated
    /// database, without comments, settings and blank lines. To write it anew: `BUREAU_WRITE_SCHEMA=1 swift test
    /// --filter SchemaFile`.
    @Test("Schemas/database.sql is what the migrations make")
    func isCurrent() async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().resolvingSymlinksInPath()
            .appending(path: "../../Schemas/database.sql").standardizedFileURL
        let schema = try await TestDatabase.with { database in
            let connection = database.connection(role: nil).connectionString
            let dump = try run(
                try dumpProgram(), ["--schema-only", "--no-owner", "--schema=bureau", "--dbname=\(connection)"])
            return normalised(dump)
        }
        if ProcessInfo.processInfo.environment["BUREAU_WRITE_SCHEMA"] == "1" {
            try schema.write(to: file, atomically: true, encoding: .utf8)
        }
        let stored = try String(contentsOf: file, encoding: .utf8)
        let difference = schema.split(separator: "\n").difference(from: stored.split(separator: "\n"))
        #expect(difference.isEmpty, "Schemas/database.sql is not current; BUREAU_WRITE_SCHEMA=1 writes it anew.")
    }

    /// What differs between two dumps of the same schema goes: comments, settings, and the random words around them.
    private func normalised(_ dump: String) -> String {
        let lines = dump.split(separator: "\n").filter { line in
            !["--", "SET ", "SELECT pg_catalog.set_config", "\\"].contains { line.hasPrefix($0) }
        }
        return "-- The schema after all migrations. Written by a test; see SchemaFileTests.\n"
            + lines.joined(separator: "\n") + "\n"
    }

    /// Version 15's, so that everybody compares with the same.
    private func dumpProgram() throws -> String {
        let candidates = ["/usr/lib/postgresql/15/bin/pg_dump", "/usr/local/bin/pg_dump", "/usr/bin/pg_dump"]
        return try #require(
            candidates.first { FileManager.default.isExecutableFile(atPath: $0) }, "pg_dump is not installed.")
    }

    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "pg_dump failed.")
        return String(decoding: data, as: UTF8.self)
    }
}
