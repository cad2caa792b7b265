import PostgresClient
import PostgresStorage
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Configurations and numbers")
struct ConfigurationTests {
    private let first = ["shared/organisation.yaml": "title: Ärger & Söhne\n", "departments/it/department.yaml": ""]
    private let second = ["shared/organisation.yaml": "title: \"'\\n\"\n"]

    @Test("A version keeps its files, and the one applied last is current")
    func versions() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                #expect(try await storage.currentVersion() == nil)
                #expect(try await storage.files(of: "a") == nil)
                try await storage.apply(
                    "a", files: first, replacing: nil, by: "person:x", at: Sample.now, audit: [], telling: [])
                try await storage.apply(
                    "b", files: second, replacing: nil, by: "person:x", at: Sample.now, audit: [], telling: [])
                #expect(try await storage.currentVersion() == "b")
                #expect(try await storage.files(of: "a") == first)
                try await storage.apply(
                    "a", files: first, replacing: nil, by: "person:y", at: Sample.now, audit: [], telling: [])
                #expect(try await storage.currentVersion() == "a")
                try await storage.apply(
                    "empty", files: [:], replacing: nil, by: "person:y", at: Sample.now, audit: [], telling: [])
                #expect(try await storage.files(of: "empty") == [:])
                let log = try await database.run(
                    "SELECT version || ' ' || applied_by FROM bureau.configuration_application ORDER BY number")
                #expect(
                    try log[0].map { try $0.decode(at: 0, as: String.self) }
                        == ["a person:x", "b person:x", "a person:y", "empty person:y"])
            }
        }
    }

    @Test("Other files under a stored version are refused: one more, one less, one changed")
    func immutable() async throws {
        let others = [
            first.merging(["more.yaml": ""]) { $1 }, first.filter { $0.value.isEmpty }, first.mapValues { $0 + "#" },
        ]
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.apply(
                    "a", files: first, replacing: nil, by: "person:x", at: Sample.now, audit: [], telling: [])
                try await storage.apply(
                    "b", files: second, replacing: nil, by: "person:x", at: Sample.now, audit: [], telling: [])
                for files in others {
                    await #expect(throws: StorageError.self) {
                        try await storage.apply(
                            "a", files: files, replacing: nil, by: "person:x", at: Sample.now, audit: [], telling: [])
                    }
                }
                #expect(try await storage.files(of: "a") == first)
                #expect(try await storage.currentVersion() == "b")
            }
        }
    }

    @Test("Blocks of numbers never overlap, whoever reserves them")
    func numbers() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { first in
                try await database.withStorage { second in
                    #expect(try await first.reserveNumbers(prefix: "HR", count: 10) == 1..<11)
                    let blocks = try await withThrowingTaskGroup(of: Range<Int64>.self) { group in
                        for turn in 0..<60 {
                            let storage = turn.isMultiple(of: 2) ? first : second
                            group.addTask { try await storage.reserveNumbers(prefix: "IT", count: turn % 7 + 1) }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    let numbers = blocks.flatMap { $0 }.sorted()
                    #expect(numbers == Array(1...Int64(numbers.count)))
                    #expect(try await second.reserveNumbers(prefix: "HR", count: 1) == 11..<12)
                    await #expect(throws: StorageError.self) {
                        try await first.reserveNumbers(prefix: "HR", count: 0)
                    }
                }
            }
        }
    }
}
