import Expressions
import PostgresClient
import PostgresStorage
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Sign-ins at a provider and identities")
struct IdentityTests {
    private func attempt(_ number: UInt8, until: Instant) -> StoredSignInAttempt {
        StoredSignInAttempt(
            state: [UInt8](repeating: number, count: 32), browser: [UInt8](repeating: number + 100, count: 32),
            returnTo: "/requests", expiresAt: until)
    }

    private func person(_ number: UInt64, _ handle: String, untouched: Set<GroupID> = []) -> ImportedPerson {
        ImportedPerson(
            handle: handle, name: handle, email: "\(handle)@example.org", language: nil, manager: nil, site: nil,
            groups: ["staff"], untouchedGroups: untouched, newID: Sample.person(number))
    }

    @Test("A sign-in that has begun is taken once, and those that are over are forgotten by the way")
    func attempts() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                let first = attempt(1, until: Sample.now + .seconds(600))
                try await storage.insert(first, at: Sample.now)
                #expect(try await storage.takeSignInAttempt(state: first.browser) == nil)
                #expect(try await storage.takeSignInAttempt(state: first.state) == first)
                #expect(try await storage.takeSignInAttempt(state: first.state) == nil)

                let second = attempt(2, until: Sample.now + .seconds(600))
                try await storage.insert(second, at: Sample.now)
                try await storage.insert(
                    attempt(3, until: Sample.now + .seconds(1201)), at: Sample.now + .seconds(601))
                let count = try await database.query("SELECT count(*) FROM bureau.sign_in_attempt")
                #expect(try count.first(as: Int.self) == 1)
            }
        }
    }

    @Test("Of two who bring the same state at once, one gets it")
    func race() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                let attempt = attempt(1, until: Sample.now + .seconds(600))
                try await storage.insert(attempt, at: Sample.now)
                let taken = try await withThrowingTaskGroup(of: StoredSignInAttempt?.self) { group in
                    for _ in 0..<8 { group.addTask { try await storage.takeSignInAttempt(state: attempt.state) } }
                    return try await group.reduce(0) { $0 + ($1 == nil ? 0 : 1) }
                }
                #expect(taken == 1)
            }
        }
    }

    @Test("A subject belongs to one person, and a person has one subject of an issuer, until they are untied")
    func links() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                let people = [person(1, "amara"), person(2, "ben")]
                _ = try await storage.replacePeople(people, at: Sample.now, record: { _ in ChangeRecord() })
                func link(_ issuer: String, _ subject: String, _ number: UInt64) async throws -> Bool {
                    try await storage.link(
                        issuer: issuer, subject: subject, to: Sample.person(number), at: Sample.now, audit: [])
                }
                #expect(try await link("https://a", "1", 1))
                #expect(try await link("https://a", "1", 1))
                #expect(try await !link("https://a", "1", 2))
                #expect(try await !link("https://a", "2", 1))
                #expect(try await link("https://b", "1", 2))
                #expect(try await storage.unlink(Sample.person(1), audit: []) == 1)
                #expect(try await storage.unlink(Sample.person(1), audit: []) == 0)
                #expect(try await link("https://a", "2", 1))
                #expect(try await link("https://a", "1", 2))
            }
        }
    }

    @Test("Memberships that come from sign-ins outlive an import, but not leaving")
    func memberships() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                let amara = person(1, "amara", untouched: ["wheel"])
                _ = try await storage.replacePeople([amara], at: Sample.now, record: { _ in ChangeRecord() })
                try await storage.changeMemberships(
                    of: Sample.person(1), adding: ["wheel"], removing: ["nothing"], audit: [], telling: [])
                #expect(try await storage.directory().person(handle: "amara")?.groups == ["staff", "wheel"])
                #expect(try await storage.directoryRevision() == 2)

                let report = try await storage.replacePeople(
                    [amara], at: Sample.now, record: { _ in ChangeRecord() })
                #expect(report.changed == 0 && report.revision == 2)
                // A group whose members come from the file again is the file's business.
                _ = try await storage.replacePeople(
                    [person(1, "amara")], at: Sample.now, record: { _ in ChangeRecord() })
                #expect(try await storage.directory().person(handle: "amara")?.groups == ["staff"])

                try await storage.changeMemberships(
                    of: Sample.person(1), adding: ["wheel"], removing: [], audit: [], telling: [])
                let ben = person(2, "ben", untouched: ["wheel"])
                _ = try await storage.replacePeople([ben], at: Sample.now, record: { _ in ChangeRecord() })
                _ = try await storage.replacePeople(
                    [amara, ben], at: Sample.now, record: { _ in ChangeRecord() })
                #expect(try await storage.directory().person(handle: "amara")?.groups == ["staff"])

                try await storage.changeMemberships(
                    of: Sample.person(1), adding: ["wheel"], removing: [], audit: [], telling: [])
                try await storage.changeMemberships(
                    of: Sample.person(1), adding: [], removing: ["wheel"], audit: [], telling: [])
                #expect(try await storage.directory().person(handle: "amara")?.groups == ["staff"])
            }
        }
    }
}
