import Expressions
import PostgresStorage
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("People and tokens")
struct PeopleTests {
    private func person(
        _ number: UInt64, _ handle: String, manager: String? = nil, site: String? = nil, groups: Set<GroupID> = []
    ) -> ImportedPerson {
        ImportedPerson(
            handle: handle, name: handle.uppercased(), email: "\(handle)@example.org", language: "de",
            manager: manager, site: site, groups: groups, newID: Sample.person(number))
    }

    @Test("An import makes the directory equal to its rows and says what it did")
    func imports() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                #expect(try await storage.directory().everybody.isEmpty)
                #expect(try await storage.directoryRevision() == 0)
                // A manager may stand after those who report to them.
                let first = [
                    person(1, "amara", manager: "boss", groups: ["staff", "it"]),
                    person(2, "ben", manager: "amara", groups: ["staff"]), person(3, "boss", site: "berlin"),
                ]
                #expect(
                    try await storage.replacePeople(first, at: Sample.now, record: { _ in ChangeRecord() })
                        == PeopleImportReport(joined: 3, changed: 0, left: 0, revision: 1))
                let directory = try await storage.directory()
                #expect(directory.revision == 1)
                #expect(
                    directory.person(handle: "amara")
                        == Directory.Person(
                            id: Sample.person(1), handle: "amara", name: "AMARA", email: "amara@example.org",
                            language: "de", manager: Sample.person(3), site: nil, isActive: true,
                            groups: ["staff", "it"]))
                #expect(
                    try await storage.replacePeople(first, at: Sample.now, record: { _ in ChangeRecord() })
                        == PeopleImportReport(joined: 0, changed: 0, left: 0, revision: 1))

                // Ben leaves, Amara moves, Cleo joins; known handles keep their identifiers.
                let second = [
                    person(11, "amara", manager: "cleo", groups: ["it", "leads"]), person(13, "boss", site: "berlin"),
                    person(4, "cleo"),
                ]
                #expect(
                    try await storage.replacePeople(second, at: Sample.now, record: { _ in ChangeRecord() })
                        == PeopleImportReport(joined: 1, changed: 1, left: 1, revision: 2))
                let changed = try await storage.directory()
                #expect(changed.person(handle: "amara")?.id == Sample.person(1))
                #expect(changed.person(handle: "amara")?.manager == Sample.person(4))
                #expect(changed.person(handle: "amara")?.groups == ["it", "leads"])
                #expect(changed.person(handle: "ben")?.isActive == false)
                #expect(changed.members(of: "staff").isEmpty)

                #expect(
                    try await storage.replacePeople(
                        second + [person(12, "ben", groups: ["staff"])], at: Sample.now,
                        record: { _ in ChangeRecord() })
                        == PeopleImportReport(joined: 1, changed: 0, left: 0, revision: 3))
                #expect(try await storage.directory().members(of: "staff") == [Sample.person(2)])
                #expect(try await storage.directoryRevision() == 3)
            }
        }
    }

    @Test("A service account keeps its kind, and an import that does not name it lets it stay")
    func serviceAccounts() async throws {
        let sync = ImportedPerson(
            handle: "sync", name: "Sync", email: "", language: nil, manager: nil, site: nil, groups: ["staff"],
            kind: .service, newID: Sample.person(7))
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                _ = try await storage.replacePeople(
                    [person(1, "amara"), sync], at: Sample.now, record: { _ in ChangeRecord() })
                #expect(try await storage.directory().person(handle: "sync")?.kind == .service)
                let report = try await storage.replacePeople(
                    [person(2, "ben")], at: Sample.now, record: { _ in ChangeRecord() })
                #expect(report == PeopleImportReport(joined: 1, changed: 0, left: 1, revision: 2))
                let directory = try await storage.directory()
                #expect(directory.isActive(Sample.person(7)))
                #expect(directory.members(of: "staff") == [Sample.person(7)])
                #expect(directory.person(handle: "ben")?.kind == .person)
            }
        }
    }

    @Test("An unknown manager or a repeated handle refuses the whole import")
    func refusedImport() async throws {
        let imports = [
            [person(1, "amara"), person(2, "ben", manager: "nobody")], [person(1, "amara"), person(2, "amara")],
        ]
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                for people in imports {
                    let error = await #expect(throws: StorageError.self) {
                        try await storage.replacePeople(people, at: Sample.now, record: { _ in ChangeRecord() })
                    }
                    guard case .defect = error else {
                        Issue.record("\(String(describing: error)) is no defect")
                        return
                    }
                }
                let directory = try await storage.directory()
                #expect(directory.everybody.isEmpty)
                #expect(directory.revision == 0)
            }
        }
    }

    private func deputy(
        _ number: UInt64, of person: UInt64, _ deputy: UInt64, by appointer: UInt64?, in department: DepartmentID? = nil
    ) -> StoredDeputy {
        StoredDeputy(
            id: Sample.id(number), person: Sample.person(person), deputy: Sample.person(deputy), department: department,
            from: CivilDate(year: 2026, month: 12, day: 1), until: nil, appointedBy: appointer.map(Sample.person),
            appointedAt: Sample.now)
    }

    @Test("An import replaces the deputies of earlier files, keeps those whom people appointed, and those of leavers")
    func deputies() async throws {
        func rows(_ deputies: [ImportedDeputy], without leaver: String? = nil) -> [ImportedPerson] {
            [(UInt64(1), "amara"), (2, "ben"), (3, "cleo")].filter { $0.1 != leaver }.map { number, handle in
                let base = person(number, handle)
                return ImportedPerson(
                    handle: handle, name: base.name, email: base.email, language: nil, manager: nil, site: nil,
                    groups: [], deputies: handle == "amara" ? deputies : [], newID: base.newID)
            }
        }
        func imported(_ number: UInt64, _ handle: String) -> ImportedDeputy {
            ImportedDeputy(
                handle: handle, from: CivilDate(year: 2026, month: 12, day: 24), until: nil, newID: Sample.id(number))
        }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                func deputies() async throws -> [Directory.Deputy] {
                    try await storage.directory()[Sample.person(1)]?.deputies ?? []
                }
                func replace(_ people: [ImportedPerson]) async throws -> Int64 {
                    try await storage.replacePeople(people, at: Sample.now) { _ in ChangeRecord() }.revision
                }
                let christmas = CivilDate(year: 2026, month: 12, day: 24)
                #expect(try await replace(rows([imported(11, "ben")])) == 1)
                try await storage.appoint(deputy(21, of: 1, 3, by: 1, in: "hr"), audit: [], telling: [])
                #expect(
                    try await deputies() == [
                        Directory.Deputy(Sample.person(2), from: christmas),
                        Directory.Deputy(
                            Sample.person(3), department: "hr", from: CivilDate(year: 2026, month: 12, day: 1)),
                    ])
                #expect(try await replace(rows([imported(12, "ben")])) == 2, "nothing is new")
                #expect(try await replace(rows([imported(13, "cleo")])) == 3)
                #expect(try await deputies().map(\.person) == [Sample.person(3), Sample.person(3)])
                #expect(try await replace(rows([], without: "amara")) == 4)
                #expect(try await deputies().count == 2, "her seats pass to them")
                #expect(
                    try await storage.deputies(concerning: Sample.person(3)).map(\.id) == [
                        Sample.id(21), Sample.id(13),
                    ])
                #expect(try await storage.deputies(in: "hr").map(\.id) == [Sample.id(21)])
                #expect(try await storage.withdraw(Sample.id(21), audit: [], telling: []))
                #expect(try await !storage.withdraw(Sample.id(21), audit: [], telling: []))
                #expect(try await storage.directoryRevision() == 5)
            }
        }
    }

    @Test("Imports at the same moment follow one another")
    func concurrentImports() async throws {
        let handles = (1...8).map { "p\($0)" }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (number, handle) in handles.enumerated() {
                        let people = [person(UInt64(number + 1), handle)]
                        group.addTask {
                            _ = try await storage.replacePeople(
                                people, at: Sample.now, record: { _ in ChangeRecord() })
                        }
                    }
                    try await group.waitForAll()
                }
                let directory = try await storage.directory()
                #expect(directory.revision == 8)
                #expect(directory.everybody.map(\.handle) == handles)
                #expect(directory.everybody.count(where: \.isActive) == 1)
            }
        }
    }

    @Test("Tokens are found by digest, listed the newest first, and revoked once")
    func tokens() async throws {
        let tokens = (1...3).map { number in
            StoredToken(
                id: Sample.id(UInt64(number)), digest: Sample.hash(number), person: Sample.person(number == 3 ? 2 : 1),
                label: "laptop \(number)", createdAt: Sample.now,
                expiresAt: number == 2 ? Sample.now + .seconds(10) : nil, revokedAt: nil)
        }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                _ = try await storage.replacePeople(
                    [person(1, "amara"), person(2, "ben")], at: Sample.now, record: { _ in ChangeRecord() })
                for token in tokens { try await storage.insert(token, audit: []) }
                #expect(try await storage.token(digest: Sample.hash(2)) == tokens[1])
                #expect(try await storage.token(digest: Sample.hash(9)) == nil)
                #expect(try await storage.tokens(of: Sample.person(1)) == [tokens[1], tokens[0]])

                let later = Sample.now + .seconds(10)
                #expect(try await storage.revoke(tokens[0].id, at: later, audit: []))
                #expect(try await !storage.revoke(tokens[0].id, at: later, audit: []), "it is revoked already")
                #expect(try await !storage.revoke(tokens[1].id, at: later, audit: []), "it has expired")
                #expect(try await !storage.revoke(Sample.id(99), at: later, audit: []), "it is unknown")
                #expect(try await storage.token(digest: Sample.hash(1))?.revokedAt == later)

                let error = await #expect(throws: StorageError.self) { try await storage.insert(tokens[0], audit: []) }
                guard case .duplicateKey = error else {
                    Issue.record("\(String(describing: error)) is no duplicate")
                    return
                }
            }
        }
    }
}
