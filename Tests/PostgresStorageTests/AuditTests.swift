import Expressions
import PostgresClient
import PostgresStorage
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("The audit in storage")
struct AuditTests {
    private func entry(
        _ kind: AuditKind, day: Int = 0, subject: String? = nil, words: [String: AuditWord] = [:]
    ) -> AuditEntry {
        AuditEntry(
            AuditRecord(
                at: Sample.now + .seconds(day * 86_400), kind: kind, principal: "operator", subject: subject,
                details: ["note": "Ä \"quoted\" \\ \u{1}"], words: words),
            random: { [UInt8](repeating: 7, count: $0) })
    }

    private func entries(
        _ storage: PostgresStorage, _ query: AuditQuery = AuditQuery(log: .administration, limit: 1000)
    ) async throws -> [StoredAuditEntry] {
        Array(try await storage.auditEntries(query).reversed())
    }

    @Test(
        "Entries stand in chains that anybody can compute, one for each log and day, each from the end of the day before"
    )
    func chains() async throws {
        let word = AuditWord("ada", of: Sample.person(1))
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.append([
                    entry(.peopleImported), entry(.tokenCreated, subject: "token:x", words: ["handle": word]),
                    entry(.signedIn),
                ])
                try await storage.append([entry(.configurationApplied, day: 3)])
                // A daemon whose clock is behind adds to the last day.
                try await storage.append([entry(.tokenRevoked)])
                let written = try await entries(storage)
                #expect(written.map(\.entry.day) == ["2026-11-21", "2026-11-21", "2026-11-24", "2026-11-24"])
                #expect(written.map(\.sequence) == [1, 2, 1, 2])
                #expect(try await entries(storage, AuditQuery(log: .signIn, limit: 9)).map(\.sequence) == [1])
                var previous: [UInt8]?
                for (index, row) in written.enumerated() {
                    let isFirst = row.sequence == 1
                    let before =
                        isFirst
                        ? AuditChain.start(of: .administration, day: row.entry.day, after: previous)
                        : try #require(previous)
                    #expect(
                        row.hash == AuditChain.hash(of: row.entry.text, sequence: row.sequence, after: before),
                        "entry \(index)")
                    previous = row.hash
                }
                #expect(written[1].entry.words == entry(.tokenCreated, words: ["handle": word]).words)
                #expect(written[1].entry.text.contains(written[1].entry.words[0].digest))
                #expect(!written[1].entry.text.contains("ada"))
            }
        }
    }

    @Test("Many writers at once leave one chain without gaps")
    func concurrency() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { first in
                try await database.withStorage { second in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for turn in 0..<60 {
                            let storage = turn.isMultiple(of: 2) ? first : second
                            // Both logs in either order: their locks are taken in one.
                            let both = [entry(.signedIn), entry(.tokenCreated, day: turn % 3)]
                            group.addTask { try await storage.append(turn.isMultiple(of: 3) ? both : both.reversed()) }
                        }
                        try await group.waitForAll()
                    }
                    let written = try await entries(first)
                    #expect(written.count == 60)
                    var head: StoredAuditEntry?
                    for row in written {
                        let continues = head?.entry.day == row.entry.day
                        let before =
                            continues
                            ? head?.hash
                            : AuditChain.start(of: .administration, day: row.entry.day, after: head?.hash)
                        #expect(row.sequence == (continues ? (head?.sequence ?? 0) + 1 : 1))
                        #expect(
                            row.hash
                                == AuditChain.hash(
                                    of: row.entry.text, sequence: row.sequence, after: try #require(before)))
                        head = row
                    }
                }
            }
        }
    }

    @Test("A filter finds by day, kind, principal and place")
    func filters() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.append((0..<4).map { entry($0 == 2 ? .tokenRevoked : .tokenCreated, day: $0) })
                func days(_ change: (inout AuditQuery) -> Void) async throws -> [String] {
                    var query = AuditQuery(log: .administration, limit: 10)
                    change(&query)
                    return try await storage.auditEntries(query).map { String($0.entry.day.suffix(2)) }
                }
                #expect(try await days { _ in } == ["24", "23", "22", "21"])
                #expect(
                    try await days {
                        $0.from = "2026-11-22"; $0.to = "2026-11-23"
                    } == ["23", "22"])
                #expect(try await days { $0.kind = .tokenRevoked } == ["23"])
                #expect(try await days { $0.principal = "person:x" } == [])
                #expect(try await days { $0.before = AuditPlace(day: "2026-11-23", sequence: 1) } == ["22", "21"])
                #expect(try await days { $0.limit = 1 } == ["24"])
            }
        }
    }

    @Test("A write and its record happen together or not at all")
    func together() async throws {
        let token = StoredToken(
            id: Sample.id(1), digest: Sample.hash(1), person: Sample.person(9), label: "x", createdAt: Sample.now,
            expiresAt: nil, revokedAt: nil)
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                // Nobody has that identifier, so the token is refused.
                await #expect(throws: StorageError.self) {
                    try await storage.insert(token, audit: [entry(.tokenCreated)])
                }
                #expect(try await !storage.revoke(token.id, at: Sample.now, audit: [entry(.tokenRevoked)]))
                #expect(try await entries(storage).isEmpty)
                try await storage.apply(
                    "a", files: [:], replacing: nil, by: "x", at: Sample.now, audit: [entry(.configurationApplied)],
                    telling: [])
                #expect(try await entries(storage).count == 1)
            }
        }
    }
}
