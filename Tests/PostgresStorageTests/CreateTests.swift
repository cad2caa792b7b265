import Expressions
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@testable import PostgresStorage

@Suite("Raising requests")
struct CreateTests {
    @Test("What is created is found again, to the letter")
    func roundTrip() async throws {
        let draft = Draft(1).with {
            $0.label = "IT-1042"
            $0.beneficiary = Sample.person(2)
            $0.parent = Parent(request: Sample.request(9), instance: InstanceName("grant", scopes: [.key("a]b\\c")]))
            $0.journal = [Sample.event(1), Sample.event(2, kind: "step_started")]
            $0.protected = [
                ProtectedContent(sequence: 1, readers: "", content: #"{"why":{"salt":"00","value":"new"}}"#),
                ProtectedContent(sequence: 1, readers: "team:hr", content: #"{"iban":{"salt":"01","value":"DE"}}"#),
            ]
            $0.offers = [Sample.task(for: [.team("it-desk"), .person(Sample.person(3))])]
            $0.newViewers = [.team("it-desk")]
        }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(draft)
                let stored = try #require(try await storage.request(draft.id))
                #expect(stored.id == draft.id)
                #expect(stored.type == draft.type)
                #expect(stored.configuration == Sample.configuration)
                #expect(stored.version == 2)
                #expect(stored.state == draft.state)
                #expect(stored.sensitive == [draft.protected[1]])
                #expect(stored.lastHash == Sample.hash(2))
                #expect(stored.raisedAt == Sample.now)
                #expect(stored.changedAt == Sample.now)
                #expect(
                    try await storage.events(of: draft.id, after: 0, limit: 10) == [
                        StoredEvent(entry: Sample.event(1), contents: draft.protected),
                        StoredEvent(entry: Sample.event(2, kind: "step_started"), contents: []),
                    ])
                #expect(try await storage.events(of: draft.id, after: 1, limit: .max).map(\.entry.sequence) == [2])
                #expect(try await storage.events(of: draft.id, after: 0, limit: 1).map(\.entry.sequence) == [1])
                #expect(try await storage.requestID(number: "it-1042") == draft.id)
                let rows = try await storage.requests(RequestQuery(asker: Asker(draft.requester), limit: 10))
                #expect(rows.map(\.head) == [draft.head])
            }
        }
    }

    @Test("A request of somebody anonymous is found by its receipt, and by nobody as their own")
    func anonymous() async throws {
        let draft = Draft(1).with {
            $0.isAnonymous = true
            $0.receipt = Array(repeating: 7, count: 32)
        }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(draft)
                #expect(try await storage.requestID(receipt: Array(repeating: 7, count: 32)) == draft.id)
                #expect(try await storage.requestID(receipt: Array(repeating: 8, count: 32)) == nil)
                let agent = Asker(Sample.person(5), readerOf: [draft.department])
                #expect(try await storage.requests(RequestQuery(asker: agent, limit: 9)).map(\.head) == [draft.head])
                #expect(draft.head.requester == .anonymous)
                for asker in [Asker(draft.requester), Asker(Sample.person(5), parties: [.anonymous])] {
                    #expect(try await storage.requests(RequestQuery(asker: asker, limit: 9)).isEmpty)
                }
            }
        }
    }

    @Test("What does not exist is nil")
    func unknown() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                #expect(try await storage.request(Sample.request(1))?.version == nil)
                #expect(try await storage.requestID(number: "IT-1") == nil)
                #expect(try await storage.answer(to: IdempotencyKey(principal: "p", key: "k")) == nil)
                #expect(try await storage.events(of: Sample.request(1), after: 0, limit: 5).isEmpty)
                try await storage.create([], directoryRevision: 99, at: Sample.now)
                try await storage.ping()
            }
        }
    }

    @Test("One bad request in a group of fifty stops the group, and alone stops nobody")
    func groupWithAViolation() async throws {
        let drafts = (1...50).map { number in
            Draft(number).with {
                // The outcome of an open request: a constraint of the schema forbids it.
                if number == 23 { $0.outcome = "approved" }
                $0.answer = Sample.answer("key \(number)", request: $0.id)
                $0.offers = [Sample.task()]
            }
        }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                let error = await #expect(throws: StorageError.self) {
                    try await storage.create(drafts.map(\.write), directoryRevision: 0, at: Sample.now)
                }
                guard case .defect = error else {
                    Issue.record("\(String(describing: error)) is no defect")
                    return
                }
                #expect(try await storage.requests(drafts.map(\.id)).isEmpty)
                #expect(
                    try await storage.inbox(
                        InboxQuery(asker: Asker(Sample.person(1), parties: [.team("it-desk")]), limit: 100)
                    ).isEmpty)
                for draft in drafts where draft.number != 23 { try await storage.create(draft) }
                await #expect(throws: StorageError.self) { try await storage.create(drafts[22]) }
                #expect(try await storage.requests(drafts.map(\.id)).count == 49)
                #expect(try await storage.answer(to: IdempotencyKey(principal: "person:a", key: "key 23")) == nil)
            }
        }
    }

    @Test("An idempotency key, a number and an identifier serve once")
    func duplicates() async throws {
        let first = Draft(1).with { $0.answer = Sample.answer("k", request: $0.id) }
        let others = [
            Draft(2).with { $0.answer = Sample.answer("k", request: $0.id) },
            Draft(3).with { $0.label = "IT-1" },
            Draft(1).with { $0.label = "IT-99" },
        ]
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(first)
                for other in others {
                    let error = await #expect(throws: StorageError.self) { try await storage.create(other) }
                    guard case .duplicateKey = error else {
                        Issue.record("\(String(describing: error)) is no duplicate")
                        return
                    }
                }
                #expect(try await storage.answer(to: try #require(first.answer).key) == first.answer)
                #expect(try await storage.requests([first.id, others[0].id, others[1].id]).count == 1)
            }
        }
    }

    @Test("Keys of different principals never meet")
    func keysOfPrincipals() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(
                    Draft(1).with { $0.answer = Sample.answer("k", of: "person:a", request: $0.id) },
                    Draft(2).with { $0.answer = Sample.answer("k", of: "person:b", request: $0.id) })
                let answer = try await storage.answer(to: IdempotencyKey(principal: "person:b", key: "k"))
                #expect(answer?.request == Sample.request(2))
            }
        }
    }

    @Test("Answers are forgotten by age")
    func purge() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                for number in 1...3 as ClosedRange<UInt64> {
                    let draft = Draft(number).with { $0.answer = Sample.answer("k\(number)", request: $0.id) }
                    try await storage.create(
                        [draft.write], directoryRevision: 0, at: Sample.now + .seconds(Int(number) * 100))
                }
                #expect(try await storage.purgeAnswers(before: Sample.now + .seconds(201)) == 2)
                #expect(try await storage.answer(to: IdempotencyKey(principal: "person:a", key: "k2")) == nil)
                #expect(try await storage.answer(to: IdempotencyKey(principal: "person:a", key: "k3")) != nil)
                for number in 4...8 as ClosedRange<UInt64> {
                    try await storage.create(
                        Draft(number).with { $0.answer = Sample.answer("k\(number)", request: $0.id) })
                }
                #expect(try await storage.purgeAnswers(before: Sample.now + .seconds(1), portion: 2) == 5)
            }
        }
    }

    @Test("A decision on an outdated directory is stale")
    func directoryGuard() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                let person = ImportedPerson(
                    handle: "amara", name: "Amara", email: "a@example.org", language: nil, manager: nil, site: nil,
                    groups: [], newID: Sample.person(1))
                let report = try await storage.replacePeople(
                    [person], at: Sample.now, record: { _ in ChangeRecord() })
                await #expect(throws: StorageError.stale(.directory)) {
                    try await storage.create([Draft(1).write], directoryRevision: 0, at: Sample.now)
                }
                #expect(try await storage.request(Sample.request(1))?.version == nil)
                try await storage.create([Draft(1).write], directoryRevision: report.revision, at: Sample.now)
                #expect(try await storage.request(Sample.request(1))?.version == 1)
            }
        }
    }

    @Test("A child consumes the order that raised it, once")
    func consumedOrder() async throws {
        let order = OutboxMessage(id: Sample.id(50), origin: Sample.request(1), kind: .raiseChild, payload: "{}")
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(1).with { $0.messages = [order] })
                let child = Draft(2).with { $0.consumed = .message(order.id) }
                try await storage.create(child)
                await #expect(throws: StorageError.stale(.message)) { try await storage.create(child) }
                await #expect(throws: StorageError.stale(.message)) {
                    try await storage.create(Draft(3).with { $0.consumed = .message(order.id) })
                }
                #expect(try await storage.request(Sample.request(3))?.version == nil)
            }
        }
    }
}
