import Expressions
import PostgresStorage
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Lists of requests")
struct RequestListTests {
    /// Ten requests that differ in why somebody sees them.
    private static let drafts = (1...10).map { number in
        Draft(UInt64(number)).with {
            $0.requester = Sample.person(number <= 3 ? 1 : 2)
            if number == 4 || number == 1 { $0.beneficiary = Sample.person(1) }
            if number == 5 || number == 2 { $0.newViewers = [.person(Sample.person(1))] }
            if number == 6 { $0.newViewers = [.team("it-desk"), .role("approver")] }
            if number == 7 || number == 3 { ($0.department, $0.type) = ("hr", "hr.leave") }
            if number == 8 || number == 3 { ($0.phase, $0.outcome) = (.closed, "approved") }
            if number == 9 { $0.phase = .ending }
        }
    }

    private static let asker = Asker(
        Sample.person(1), parties: [.role("approver"), .team("it-desk")], readerOf: ["hr", "security"])

    static let cases: [(name: String, query: RequestQuery, expected: [UInt64])] = [
        ("everything", RequestQuery(asker: asker, limit: 99), [7, 6, 5, 4, 3, 2, 1]),
        ("mine", RequestQuery(asker: asker, onlyMine: true, limit: 99), [4, 3, 2, 1]),
        ("the first page", RequestQuery(asker: asker, limit: 2), [7, 6]),
        ("the next page", RequestQuery(asker: asker, before: Sample.request(6), limit: 2), [5, 4]),
        ("a phase", RequestQuery(asker: asker, phase: .closed, limit: 99), [3]),
        ("a type", RequestQuery(asker: asker, type: "hr.leave", limit: 99), [7, 3]),
        ("a department", RequestQuery(asker: asker, department: "it", limit: 99), [6, 5, 4, 2, 1]),
        (
            "all filters", RequestQuery(asker: asker, phase: .open, type: "hr.leave", department: "hr", limit: 99), [7]
        ),
        ("a stranger", RequestQuery(asker: Asker(Sample.person(7)), limit: 99), []),
        ("nothing asked", RequestQuery(asker: asker, limit: 0), []),
        (
            "an agent", RequestQuery(asker: Asker(Sample.person(7), readerOf: ["it"]), department: "it", limit: 99),
            [10, 9, 8, 6, 5, 4, 2, 1]
        ),
    ]

    @Test("Everybody sees their own, the newest first, a page at a time")
    func lists() async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(Self.drafts.map(\.write), directoryRevision: 0, at: Sample.now)
                for (name, query, expected) in Self.cases {
                    let rows = try await storage.requests(query)
                    #expect(rows.map(\.head.id) == expected.map(Sample.request), "\(name)")
                    let heads = rows.map { row in Self.drafts.first { $0.id == row.head.id }?.head }
                    #expect(rows.map(\.head) == heads, "\(name)")
                }
            }
        }
    }
}

@Suite("Inboxes")
struct InboxTests {
    private static let me = Sample.person(1)
    private static let desk = Party.team("it-desk")

    private static func minutes(_ count: Int) -> Instant { Sample.now + .seconds(60 * count) }

    private static let items: [(request: UInt64, item: WorkItem)] = [
        (1, Sample.task("late", for: [desk], due: minutes(90))),
        (1, Sample.task("soon", for: [desk, .person(me)], due: minutes(30))),
        (1, Sample.task("young", for: [desk], since: minutes(2))),
        (2, Sample.task("old", for: [desk], since: minutes(1))),
        (2, Sample.task("taken", for: [desk], assignee: Sample.person(2))),
        (2, Sample.task("claimed", for: [.team("left")], assignee: me, due: minutes(60))),
        (3, Sample.task("vote", kind: .approval, for: [.person(me)], due: minutes(30))),
        (3, Sample.task("foreign", for: [.team("other")])),
    ]

    private static let asker = Asker(me, parties: [desk, .role("approver")])

    static let cases: [(name: String, query: InboxQuery, expected: [String])] = [
        ("all", InboxQuery(asker: asker, limit: 99), ["soon", "vote", "claimed", "late", "old", "young"]),
        ("mine", InboxQuery(asker: asker, onlyMine: true, limit: 99), ["soon", "vote", "claimed"]),
        ("a kind", InboxQuery(asker: asker, kind: .approval, limit: 99), ["vote"]),
        ("a department", InboxQuery(asker: asker, department: "hr", limit: 99), ["vote"]),
        ("a stranger", InboxQuery(asker: Asker(Sample.person(8)), limit: 99), []),
    ]

    @Test("What is due first stands first, what has no deadline last")
    func order() async throws {
        try await withItems { storage in
            for (name, query, expected) in Self.cases {
                let rows = try await storage.inbox(query)
                #expect(rows.map(\.item.instance.description) == expected, "\(name)")
            }
            let first = try #require(try await storage.inbox(Self.cases[0].query).first)
            #expect(first.item.offeredTo == [.person(Self.me), Self.desk])
            #expect(first.item.due == Self.minutes(30))
            #expect(first.head.number == "IT-1")
            #expect(first.version == 1)
            #expect(first.raisedAt == Sample.now)
        }
    }

    @Test("Pages of every size give the same list", arguments: 1...4)
    func pages(size: Int) async throws {
        try await withItems { storage in
            var found: [String] = []
            var after: InboxPosition?
            while true {
                let page = try await storage.inbox(InboxQuery(asker: Self.asker, after: after, limit: size))
                found += page.map(\.item.instance.description)
                guard let last = page.last, page.count == size else { break }
                after = InboxPosition(
                    due: last.item.due, since: last.item.since, request: last.head.id, instance: last.item.instance)
            }
            #expect(found == Self.cases[0].expected)
        }
    }

    private func withItems(_ body: (PostgresStorage) async throws -> Void) async throws {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                let drafts = (1...3).map { number in
                    Draft(number).with {
                        $0.offers = Self.items.filter { $0.request == number }.map(\.item)
                        if number == 3 { ($0.department, $0.type) = ("hr", "hr.leave") }
                    }
                }
                try await storage.create(drafts.map(\.write), directoryRevision: 0, at: Sample.now)
                try await body(storage)
            }
        }
    }
}
