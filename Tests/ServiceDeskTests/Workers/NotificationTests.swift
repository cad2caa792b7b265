import ServiceDesk
import Testing
import WorkflowCore

@Suite("Notifications")
struct NotificationTests {
    @Test("People are told in their language, may read it once, and nobody else is told")
    func comment() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            try await harness.perform(.comment("Really?"), on: "HR-1", by: "boss")
            try await harness.work()
            func told(_ handle: String, onlyUnread: Bool = false) async throws -> NotificationPage {
                try await harness.desk.notifications(
                    for: harness.viewer(handle), onlyUnread: onlyUnread, cursor: nil, limit: 10)
            }
            let mine = try await told("ada")
            #expect(mine.page.items.map(\.text) == ["HR-1 Abwesenheit: Es gibt einen neuen Kommentar."])
            #expect(mine.page.items.map(\.kind) == ["commented"])
            #expect(mine.unread == 1)
            for other in ["boss", "hal", "eve"] { #expect(try await told(other).page.items.isEmpty) }
            let ids = mine.page.items.map(\.id)
            #expect(try await harness.desk.readNotifications(ids, by: harness.viewer("eve")) == 0)
            #expect(try await told("ada").unread == 1, "nobody reads for others")
            #expect(try await harness.desk.readNotifications(ids, by: harness.viewer("ada")) == 0)
            #expect(try await told("ada", onlyUnread: true).page.items.isEmpty)
            #expect(try await told("ada").page.items.count == 1)
        }
    }

    @Test("Whoever may see the request no longer when it is delivered is told nothing, and it is delivered once")
    func hidden() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            let ada = try await harness.viewer("ada").person.id
            try await harness.perform(.comment("Really?"), on: "HR-1", by: "boss")
            let others = TestOrganisation.people.split(separator: "\n").filter { !$0.hasPrefix("ada,") }
            _ = try await harness.desk.importPeople(csv: others.joined(separator: "\n"), by: "operator")
            try await harness.work()
            #expect(try await harness.storage.unreadNotifications(of: ada) == 0)
            #expect(try await harness.storage.nextWake().map { $0 > harness.clock.now } ?? true, "nothing is left")
            #expect(try await !harness.storage.deliver([], consuming: UniqueID(high: 1, low: 1)), "it was never there")
        }
    }
}
