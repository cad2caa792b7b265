import Expressions
import PostgresClient
import PostgresStorage
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Timers and messages")
struct WorkerTests {
    private let lease = Sample.now + .seconds(60)

    private func message(_ number: UInt64, kind: OutboxMessage.Kind = .tell) -> OutboxMessage {
        OutboxMessage(id: Sample.id(number), origin: Sample.request(1), kind: kind, payload: #"{ "n":\#(number) }"#)
    }

    @Test("Due timers come by their deadlines, each leased until its time is over")
    func lease() async throws {
        let timers = [3, 1, 2, 900].map { TimerChange(instance: "t\($0)", due: Sample.now + .seconds($0)) }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(1).with { $0.timers = timers })
                let now = Sample.now + .seconds(10)
                #expect(try await storage.nextWake() == Sample.now + .seconds(1))
                let first = try await storage.claimTimers(dueAt: now, limit: 2, leaseUntil: lease)
                #expect(first.map(\.instance) == ["t1", "t2"])
                #expect(first.map(\.request) == [Sample.request(1), Sample.request(1)])
                let second = try await storage.claimTimers(dueAt: now, limit: 2, leaseUntil: lease)
                #expect(second.map(\.instance) == ["t3"])
                #expect(try await storage.claimTimers(dueAt: now, limit: 2, leaseUntil: lease).isEmpty)
                #expect(try await storage.nextWake() == lease)
                try await storage.drop(second[0])
                let again = try await storage.claimTimers(dueAt: lease, limit: 9, leaseUntil: lease + .seconds(60))
                #expect(again.map(\.instance) == ["t1", "t2"])
            }
        }
    }

    @Test("Dropping a timer spares one that was set to another moment meanwhile")
    func dropStale() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(1).with { $0.timers = [TimerChange(instance: "t", due: Sample.now)] })
                let claimed = try await storage.claimTimers(dueAt: Sample.now, limit: 9, leaseUntil: lease)
                let moved = Sample.now + .seconds(5)
                try await storage.change(1) { $0.timers = [TimerChange(instance: "t", due: moved)] }
                try await storage.drop(try #require(claimed.first))
                let next = try await storage.claimTimers(dueAt: moved, limit: 9, leaseUntil: lease)
                #expect(next == [DueTimer(request: Sample.request(1), instance: "t", due: moved)])
            }
        }
    }

    @Test("Messages come the oldest first, count their attempts, and can be put off and dropped")
    func messages() async throws {
        let messages = [5, 3, 4].map { message($0, kind: .raiseChild) }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(1).with { $0.messages = messages })
                let first = try await storage.claimMessages(
                    OutboxMessage.Kind.allCases, at: Sample.now, limit: 2, leaseUntil: lease)
                #expect(first.map(\.message) == [messages[1], messages[2]])
                #expect(first.map(\.attempts) == [1, 1])
                try await storage.postpone(first[0].message.id, until: Sample.now + .seconds(5))
                #expect(
                    try await storage.claimMessages(
                        OutboxMessage.Kind.allCases, at: Sample.now, limit: 9, leaseUntil: lease
                    ).map(\.message.id)
                        == [messages[0].id])
                let again = try await storage.claimMessages(
                    OutboxMessage.Kind.allCases, at: Sample.now + .seconds(5), limit: 9, leaseUntil: lease)
                #expect(again.map(\.message) == [messages[1]])
                #expect(again.map(\.attempts) == [2])
                try await storage.drop(messages: messages.map(\.id))
                #expect(try await storage.nextWake() == nil)
                #expect(
                    try await storage.claimMessages(OutboxMessage.Kind.allCases, at: lease, limit: 9, leaseUntil: lease)
                        .isEmpty)
            }
        }
    }

    @Test("A child's reports come one after the other, however the first one fares")
    func reportsInOrder() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                let other = OutboxMessage(
                    id: Sample.id(9), origin: Sample.request(2), kind: .reportToParent, payload: "{}")
                let reports = [message(4, kind: .reportToParent), message(3, kind: .reportToParent)]
                try await storage.create(
                    Draft(1).with { $0.messages = reports + [message(5)] }, Draft(2).with { $0.messages = [other] })
                func claim(at now: Instant) async throws -> [UniqueID] {
                    try await storage.claimMessages(
                        OutboxMessage.Kind.allCases, at: now, limit: 9, leaseUntil: now + .seconds(60)
                    ).map(\.message.id)
                }
                #expect(try await claim(at: Sample.now) == [Sample.id(3), Sample.id(5), Sample.id(9)])
                // The first is put off, or its daemon died: the second waits.
                try await storage.postpone(Sample.id(3), until: Sample.now + .seconds(600))
                #expect(try await claim(at: Sample.now + .seconds(61)) == [Sample.id(5), Sample.id(9)])
                try await storage.drop(messages: [Sample.id(3)])
                #expect(try await claim(at: Sample.now + .seconds(61)) == [Sample.id(4)])
            }
        }
    }

    @Test("A child is told to end only when it can hear it")
    func cancellationAfterRaise() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                // In one moment, where identifiers are in no order.
                let messages = [message(3, kind: .cancelChild), message(4, kind: .raiseChild)]
                try await storage.create(Draft(1).with { $0.messages = messages })
                let first = try await storage.claimMessages(
                    OutboxMessage.Kind.allCases, at: Sample.now, limit: 9, leaseUntil: lease)
                #expect(first.map(\.message.id) == [Sample.id(4)])
                #expect(
                    try await storage.claimMessages(
                        OutboxMessage.Kind.allCases, at: Sample.now, limit: 9, leaseUntil: lease
                    ).isEmpty)
                try await storage.drop(messages: [Sample.id(4)])
                let second = try await storage.claimMessages(
                    OutboxMessage.Kind.allCases, at: Sample.now, limit: 9, leaseUntil: lease)
                #expect(second.map(\.message.id) == [Sample.id(3)])
            }
        }
    }

    @Test("A kind that a newer program has sent is left to it")
    func unknownKind() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Draft(1).with { $0.messages = [message(1), message(2)] })
                try await database.run("UPDATE bureau.outbox SET kind = 'fax' WHERE payload ->> 'n' = '1'")
                let claimed = try await storage.claimMessages(
                    OutboxMessage.Kind.allCases, at: Sample.now, limit: 9, leaseUntil: lease)
                #expect(claimed.map(\.message) == [message(2)])
            }
        }
    }

    @Test("Two daemons that claim at the same moment share the work, and nothing is claimed twice")
    func twoDaemons() async throws {
        let timers = (1...200).map { TimerChange(instance: "t\($0)", due: Sample.now) }
        let messages = (1...200).map { message($0) }
        try await TestDatabase.with { database in
            try await database.withStorage { first in
                try await database.withStorage { second in
                    try await first.create(
                        Draft(1).with {
                            $0.timers = timers
                            $0.messages = messages
                        })
                    let (claimedTimers, claimedMessages) = try await withThrowingTaskGroup(
                        of: ([InstanceName], [UniqueID]).self
                    ) { group in
                        for storage in [first, second, first, second] {
                            group.addTask {
                                var instances: [InstanceName] = []
                                var ids: [UniqueID] = []
                                for _ in 0..<20 {
                                    instances += try await storage.claimTimers(
                                        dueAt: Sample.now, limit: 7, leaseUntil: lease
                                    ).map(\.instance)
                                    ids += try await storage.claimMessages(
                                        OutboxMessage.Kind.allCases, at: Sample.now, limit: 7, leaseUntil: lease
                                    ).map(\.message.id)
                                }
                                return (instances, ids)
                            }
                        }
                        return try await group.reduce(into: ([InstanceName](), [UniqueID]())) { all, part in
                            all.0 += part.0
                            all.1 += part.1
                        }
                    }
                    #expect(claimedTimers.sorted() == timers.map(\.instance).sorted())
                    #expect(claimedMessages.sorted() == messages.map(\.id).sorted())
                }
            }
        }
    }
}
