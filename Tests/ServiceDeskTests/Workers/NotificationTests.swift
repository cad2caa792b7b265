import PostgresClient
import ServiceDesk
import TestSupport
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
            try await harness.perform(.comment("Really?"), on: "HR-1", by: "boss")
            let others = TestOrganisation.people.split(separator: "\n").filter { !$0.hasPrefix("ada,") }
            _ = try await harness.desk.importPeople(csv: others.joined(separator: "\n"), by: "operator")
            try await harness.work()
            #expect(try await harness.database.query("SELECT FROM bureau.notification").count == 0)
            #expect(try await harness.storage.nextWake().map { $0 > harness.clock.now } ?? true, "nothing is left")
            #expect(try await !harness.storage.deliver([], consuming: UniqueID(high: 1, low: 1)), "it was never there")
        }
    }

    @Test("Whoever sees a request no longer is told of it no longer, until they see it again")
    func lost() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave()
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: "HR-1", by: "boss")
            let record = InstanceName("record" as StepID)
            try await harness.perform(.claim(record), on: "HR-1", by: "hal")
            try await harness.perform(.comment("Please hurry"), on: "HR-1", by: "ada")
            try await harness.perform(.release(record), on: "HR-1", by: "hal")
            try await harness.work()
            func told(_ handle: String) async throws -> [String] {
                let told = try await harness.desk.notifications(
                    for: harness.viewer(handle), onlyUnread: false, cursor: nil, limit: 10)
                #expect(told.unread == told.page.items.count)
                return told.page.items.map(\.kind)
            }
            #expect(try await told("hal") == ["commented"])
            try await harness.perform(.restrict(to: "hr-payroll", reason: "A suspicion"), on: "HR-1", by: "hal")
            try await harness.work()
            #expect(try await told("hal") == [])
            #expect(try await told("pia") == ["restricted"])
            try await harness.perform(.unrestrict(reason: "Settled"), on: "HR-1", by: "pia")
            #expect(try await told("hal") == ["commented"])
        }
    }
}
