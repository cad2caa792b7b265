import Glibc
import Testing

@testable import bureaud

@Suite struct PostgresBinariesTests {
    /// A folder as Debian has it, with programs that do nothing.
    final class Installation {
        let root: String

        init(_ versions: [String]) throws {
            root = try TemporaryFolder.make()
            for version in versions {
                let folder = "\(root)/\(version)/bin"
                try Files.makeDirectory(folder, permissions: 0o755)
                for program in ["postgres", "initdb", "pg_dump", "pg_restore"] {
                    try Files.replace("\(folder)/\(program)", with: "#!/bin/sh\n", permissions: 0o755)
                }
            }
        }

        deinit { TemporaryFolder.remove(root) }
    }

    @Test("The newest version is taken for a new cluster")
    func newest() throws {
        let installation = try Installation(["15", "17", "16"])
        let binaries = try PostgresBinaries.find(configured: nil, for: nil, root: installation.root, others: [])
        #expect(binaries.major == 17)
        #expect(binaries.path("initdb") == "\(installation.root)/17/bin/initdb")
    }

    @Test("A cluster keeps its version while that is installed")
    func fitting() throws {
        let installation = try Installation(["15", "17"])
        #expect(try PostgresBinaries.find(configured: nil, for: 15, root: installation.root, others: []).major == 15)
    }

    @Test("A cluster of a version that is not installed is refused with both versions")
    func otherVersion() throws {
        let installation = try Installation(["17"])
        let refusal = #expect(throws: Refusal.self) {
            try PostgresBinaries.find(configured: nil, for: 16, root: installation.root, others: [])
        }
        #expect(refusal?.code == .otherMajorVersion)
        #expect(refusal?.sentence == "The data directory is of PostgreSQL 16, but PostgreSQL 17 is what is installed.")
        #expect(refusal?.hint?.contains("Install postgresql-16") == true)
    }

    @Test("Without PostgreSQL the refusal names the package")
    func missing() throws {
        let empty = try Installation([])
        let refusal = #expect(throws: Refusal.self) {
            try PostgresBinaries.find(configured: nil, for: nil, root: empty.root, others: [])
        }
        #expect(refusal?.code == .binariesMissing)
        #expect(refusal?.hint?.contains("apt-get install postgresql") == true)
    }

    @Test("Versions before 15 are refused")
    func tooOld() throws {
        let installation = try Installation(["13", "14"])
        let refusal = #expect(throws: Refusal.self) {
            try PostgresBinaries.find(configured: nil, for: nil, root: installation.root, others: [])
        }
        #expect(refusal?.sentence == "PostgreSQL 13, 14 is too old; Bureau needs 15 or newer.")
    }

    @Test("A configured folder without the programs is refused by name")
    func configured() throws {
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        let refusal = #expect(throws: Refusal.self) { try PostgresBinaries.find(configured: folder, for: nil) }
        #expect(refusal?.sentence.contains(folder) == true)
    }
}
