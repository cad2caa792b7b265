import Expressions
import PostgresStorage
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Changing requests")
struct ChangeTests {
    private let desk = Asker(Sample.person(9), parties: [.team("it-desk"), .team("other")])

    @Test("A change replaces state, work and timers, and adds to the journal")
    func roundTrip() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(
                    Draft(1).with {
                        $0.offers = [Sample.task("check"), Sample.task("pay"), Sample.task("stay")]
                        $0.timers = [TimerChange(instance: "check", due: Sample.now + .seconds(5))]
                    })
                try await storage.change(1) {
                    $0.state = "[2]"
                    $0.journal = [Sample.event(2, kind: "claimed"), Sample.event(3, kind: "closed")]
                    $0.phase = .closed
                    $0.outcome = "approved"
                    $0.protected = [ProtectedContent(sequence: 2, readers: "role:x", content: "{}")]
                    $0.withdrawals = ["check"]
                    $0.offers = [Sample.task("pay", for: [.team("other")], assignee: Sample.person(9))]
                    $0.timers = [
                        TimerChange(instance: "check", due: nil),
                        TimerChange(instance: "pay", due: nil),
                        TimerChange(instance: "pay", due: Sample.now + .seconds(7)),
                    ]
                    $0.newViewers = [.team("other"), .team("other")]
                    $0.answer = Sample.answer("second", request: $0.id, version: 3)
                }
                let stored = try #require(try await storage.request(Sample.request(1)))
                #expect(stored.version == 3)
                #expect(stored.state == "[2]")
                #expect(stored.lastHash == Sample.hash(3))
                #expect(stored.raisedAt == Sample.now)
                #expect(stored.changedAt == Sample.now + .seconds(60))
                #expect(stored.sensitive.map(\.sequence) == [2])
                #expect(
                    try await storage.events(of: stored.id, after: 0, limit: 9).map(\.entry.kind)
                        == ["raised", "claimed", "closed"])
                let items = try await storage.inbox(InboxQuery(asker: desk, limit: 9)).map(\.item)
                #expect(
                    items.sorted { $0.instance < $1.instance } == [
                        Sample.task("pay", for: [.team("other")], assignee: Sample.person(9)), Sample.task("stay"),
                    ])
                let timers = try await storage.claimTimers(
                    dueAt: Sample.now + .seconds(60), limit: 9, leaseUntil: Sample.now + .seconds(90))
                #expect(
                    timers == [
                        DueTimer(request: stored.id, instance: "pay", due: Sample.now + .seconds(7))
                    ])
                let row = try await storage.requests(RequestQuery(asker: desk, limit: 9)).first
                #expect(row?.head.phase == .closed)
                #expect(row?.head.outcome == "approved")
                let answer = try await storage.answer(to: IdempotencyKey(principal: "person:a", key: "second"))
                #expect(answer?.version == 3)
            }
        }
    }

    @Test("A clock that goes back does not take a request back in time")
    func clockGoesBack() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(1))
                try await storage.change(1, at: Sample.now + .seconds(60)) { _ in }
                try await storage.change(1, at: Sample.now + .seconds(30)) { _ in }
                let stored = try #require(try await storage.request(Sample.request(1)))
                #expect(stored.changedAt == Sample.now + .seconds(60))
            }
        }
    }

    @Test("Every load finds its request, its sensitive contents and what its key was used for, in the order asked")
    func loads() async throws {
        let content = ProtectedContent(sequence: 1, readers: "team:hr", content: #"{"a":1}"#)
        let answer = Sample.answer("used", request: Sample.request(2))
        let loads = [
            CommandLoad(request: Sample.request(3), key: nil),
            CommandLoad(request: Sample.request(404), key: nil),
            CommandLoad(request: Sample.request(2), key: answer.key),
            CommandLoad(request: Sample.request(1), key: IdempotencyKey(principal: "person:a", key: "new")),
        ]
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(
                    Draft(1).with { $0.protected = [content] }, Draft(2).with { $0.answer = answer }, Draft(3))
                try await storage.change(loads, at: Sample.now) { (loaded, revision) throws(StorageError) in
                    #expect(revision == 0)
                    #expect(
                        loaded.map { $0.stored?.id } == [loads[0].request, nil, loads[2].request, loads[3].request])
                    #expect(loaded.map(\.previous) == [nil, nil, answer, nil])
                    #expect(loaded[3].stored?.sensitive == [content])
                    #expect(loaded[0].stored?.sensitive.isEmpty == true)
                    return [nil, nil, nil, nil]
                }
            }
        }
    }

    @Test("What decides nothing or throws leaves nothing behind, and the session goes on")
    func rollback() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage(maximum: 1) { storage in
                try await storage.create(Draft(1))
                let loads = [CommandLoad(request: Sample.request(1), key: nil)]
                try await storage.change(loads, at: Sample.now) { (_, _) throws(StorageError) in [nil] }
                await #expect(throws: StorageError.stale(.directory)) {
                    try await storage.change(loads, at: Sample.now) { (_, _) throws(StorageError) in
                        throw .stale(.directory)
                    }
                }
                await #expect(throws: StorageError.defect("Every command has one decision.")) {
                    try await storage.change(loads, at: Sample.now) { (_, _) throws(StorageError) in [] }
                }
                await #expect(throws: StorageError.self) {
                    try await storage.change(1) { $0.outcome = "of an open request" }
                }
                try await storage.change(1) { $0.state = "1" }
                #expect(try await storage.request(Sample.request(1))?.version == 2)
            }
        }
    }

    @Test("A write that starts from another version is stale")
    func staleVersion() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(1), Draft(2))
                let loads = [1, 2].map { CommandLoad(request: Sample.request($0), key: nil) }
                await #expect(throws: StorageError.stale(.request(Sample.request(2)))) {
                    try await storage.change(loads, at: Sample.now) { (_, _) throws(StorageError) in
                        [
                            Draft(1).with { $0.previousVersion = 1 }.write,
                            Draft(2).with { $0.previousVersion = 2 }.write,
                        ]
                    }
                }
                #expect(try await storage.requests(loads.map(\.request)).map(\.version) == [1, 1])
            }
        }
    }

    @Test("Changes of one request from two daemons follow one another")
    func serialised() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { first in
                try await database.withStorage { second in
                    try await first.create(Draft(1), Draft(2))
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for turn in 0..<40 {
                            let storage = turn.isMultiple(of: 2) ? first : second
                            // The loads stand in either order: the locks do not, so nobody waits for ever.
                            let numbers: [UInt64] = turn % 4 < 2 ? [1, 2] : [2, 1]
                            group.addTask {
                                let loads = numbers.map { CommandLoad(request: Sample.request($0), key: nil) }
                                try await storage.change(loads, at: Sample.now) { (loaded, _) throws(StorageError) in
                                    zip(loaded, numbers).map { loaded, number in
                                        loaded.stored.map { Draft(changing: $0, number).write }
                                    }
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                    #expect(try await first.requests([1, 2].map(Sample.request)).map(\.version) == [41, 41])
                    #expect(
                        try await first.events(of: Sample.request(1), after: 0, limit: 99).map(\.entry.sequence)
                            == Array(1...41))
                }
            }
        }
    }

    @Test("A timer is consumed with the deadline it was set to, and once")
    func consumedTimer() async throws {
        let due = Sample.now + .seconds(5)
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(
                    Draft(1).with { $0.timers = [TimerChange(instance: "check", due: due)] })
                await #expect(throws: StorageError.stale(.message)) {
                    try await storage.change(1) { $0.consumed = .timer("check", due: due + .seconds(1)) }
                }
                #expect(try await storage.nextWake() == due)
                try await storage.change(1) {
                    $0.consumed = .timer("check", due: due)
                    $0.timers = [TimerChange(instance: "check", due: due + .seconds(9))]
                }
                #expect(try await storage.nextWake() == due + .seconds(9))
                await #expect(throws: StorageError.stale(.message)) {
                    try await storage.change(1) { $0.consumed = .timer("check", due: due) }
                }
                #expect(try await storage.request(Sample.request(1))?.version == 2)
            }
        }
    }

    @Test("A message delivered to two commands at the same moment is consumed by one")
    func consumedMessage() async throws {
        let message = OutboxMessage(id: Sample.id(50), origin: Sample.request(1), kind: .reportToParent, payload: "{}")
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(1).with { $0.messages = [message] }, Draft(2), Draft(3))
                let results = await withTaskGroup(of: StorageError?.self) { group in
                    for number in [2, 3] as [UInt64] {
                        group.addTask {
                            do throws(StorageError) {
                                try await storage.change(number) { $0.consumed = .message(message.id) }
                                return nil
                            } catch {
                                return error
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(results.compactMap { $0 } == [.stale(.message)])
                #expect(try await storage.nextWake() == nil)
            }
        }
    }

    @Test("A key that another command has used meanwhile stops the change")
    func duplicateKey() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(1).with { $0.answer = Sample.answer("k", request: $0.id) })
                let error = await #expect(throws: StorageError.self) {
                    try await storage.change(1) { $0.answer = Sample.answer("k", request: $0.id, version: 2) }
                }
                guard case .duplicateKey = error else {
                    Issue.record("\(String(describing: error)) is no duplicate")
                    return
                }
                #expect(try await storage.request(Sample.request(1))?.version == 1)
            }
        }
    }
}
