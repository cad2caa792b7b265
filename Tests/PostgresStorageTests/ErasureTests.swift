import Expressions
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@testable import PostgresStorage

@Suite("Erasing requests")
struct ErasureTests {
    private static let receipt = [UInt8](repeating: 7, count: 32)

    /// An erasure of what stands in the first event.
    private func erasure(isWhole: Bool, after version: Int) -> RequestErasure {
        RequestErasure(
            sequences: isWhole ? [1] : [], files: [], isWhole: isWhole,
            entry: Sample.event(version + 1, kind: "erased"), state: "{}", audit: [])
    }

    @Test("The receipt of an anonymous request is gone with the last of what was entered, and not before")
    func receipts() async throws {
        let draft = Draft(1).with {
            $0.isAnonymous = true
            $0.receipt = Self.receipt
            $0.phase = .closed
            $0.outcome = "done"
            $0.protected = [ProtectedContent(sequence: 1, readers: "", content: "{}")]
        }
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(draft, Draft(2).with { $0.receipt = [UInt8](repeating: 8, count: 32) })
                for isWhole in [false, true] {
                    #expect(try await storage.requestID(receipt: Self.receipt) == draft.id)
                    let isWritten = try await storage.erase(draft.id, at: Sample.now) {
                        (stored, journal) throws(StorageError) in
                        #expect(journal.first?.contents == draft.protected)
                        return erasure(isWhole: isWhole, after: stored.version)
                    }
                    #expect(isWritten)
                }
                #expect(try await storage.requestID(receipt: Self.receipt) == nil)
                #expect(try await storage.requestID(receipt: [UInt8](repeating: 8, count: 32)) == Sample.request(2))
                let later = Sample.now + .seconds(86_400)
                #expect(try await storage.outdatedRequests(of: [draft.type: later], limit: 9).isEmpty)
            }
        }
    }

    @Test("Whose a request is: of an anonymous one nobody's, also not of those who worked on it")
    func involved() async throws {
        let person = Sample.person(5)
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(
                    Draft(1).with {
                        $0.isAnonymous = true
                        $0.newViewers = [.person(person)]
                    },
                    Draft(2).with { $0.requester = person },
                    Draft(3).with { $0.beneficiary = person },
                    Draft(4).with { $0.newViewers = [.person(person)] },
                    Draft(5))
                let found = try await storage.requests(involving: person)
                #expect(found.map(\.id) == [1, 2, 3, 4].map { Sample.request($0) })
                #expect(found.map(\.isTheirs) == [false, true, true, false])
            }
        }
    }

    @Test(
        "Whoever wrote something into a request has to do with it, also when nothing else says so",
        arguments: [false, true])
    func contributors(isService: Bool) async throws {
        let person = Sample.person(5)
        let principal = (isService ? Principal.service(person) : .person(person)).description
        let kinds = Contribution.kinds.sorted()
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                try await storage.create(
                    Draft(1).with { $0.journal = [Sample.event(1), Sample.event(2, kind: "claimed", by: principal)] })
                for (number, kind) in zip(2..., kinds) {
                    try await storage.create(
                        Draft(UInt64(number)).with {
                            $0.journal = [Sample.event(1), Sample.event(2, kind: kind, by: principal)]
                        })
                }
                let found = try await storage.requests(involving: person)
                #expect(found.map(\.id) == zip(2..., kinds).map { number, _ in Sample.request(UInt64(number)) })
                #expect(found.allSatisfy { !$0.isTheirs })
            }
        }
    }
}
