import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Requests without a name")
struct AnonymousDeskTests {
    private static let files = TestOrganisation.files.merging([
        "departments/hr/requests/worry.yaml": """
        title: {en: Worry, de: Sorge}
        audience: [role:employee]
        anonymous: allowed
        outcomes: {heard: good, dropped: bad}
        form:
          what: {label: {en: What?, de: Was?}, type: text}
          about: {label: {en: About whom?, de: Um wen?}, type: person, optional: true}
        steps:
          - task: listen
            title: {en: "Listen to {{ what }}", de: "{{ what }} anhören"}
            assign: team:hr
            form:
              with: {label: {en: With whom?, de: Mit wem?}, type: person, optional: true}
              said: {label: {en: Said, de: Gesagt}, type: text}
            due: 2 working days
            on_overdue: {tell: team:hr}
          - task: decide
            assign: team:hr
            due: 2 working days
            on_overdue: {tell: team:hr}
        """
    ]) { $1 }

    private static let key = "a-secret-of-forty-characters-or-rather-less"

    private func raise(
        _ harness: DeskHarness, about: String? = nil, key: String? = nil
    ) async throws -> Written<AnonymousReceipt> {
        var entries: [FieldID: JSONValue] = ["what": .string("the noise")]
        if let about { entries["about"] = .string(about) }
        return try await harness.desk.raiseAnonymously("hr.worry", entries: entries, key: key)
    }

    @Test("Who is anonymous learns nobody's name or identifier, not even of those whom they name themselves")
    func names() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let receipt = try await raise(harness, about: "ada").value
            _ = try await harness.perform(.claim(InstanceName("listen")), on: receipt.number, by: "hal")
            var view = try await harness.desk.request(receipt: receipt.receipt, language: "en")
            var listen = try #require(view.steps.first { $0.instance == InstanceName("listen") })
            #expect(listen.waitingFor == [PartyView(party: .team("hr"), name: "HR service")])
            #expect(listen.assignee == PersonReference(id: nil, handle: "", name: "HR service"))
            #expect(view.fields.map(\.id) == ["what"])
            let entries: [FieldID: JSONValue] = ["with": .string("bo"), "said": .string("Yes")]
            _ = try await harness.perform(.complete(InstanceName("listen"), entries), on: receipt.number, by: "hal")
            view = try await harness.desk.request(receipt: receipt.receipt, language: "en")
            listen = try #require(view.steps.first { $0.instance == InstanceName("listen") })
            #expect(listen.outputs.map(\.id) == ["said"])
            let story = try await harness.desk.timeline(
                receipt: receipt.receipt, language: "de", cursor: nil, limit: 50)
            #expect(story.items.contains { $0.by == PersonReference(id: nil, handle: "", name: "Personalservice") })
            #expect(!story.items.contains { $0.by?.id != nil || $0.text.contains("Hal") })
            let seen = try await harness.desk.request(receipt.number, for: harness.viewer("hal"))
            #expect(seen.fields.map(\.id) == ["what", "about"])
        }
    }

    @Test("A key gives the same receipt for a week, then nothing; it is not a key for something else")
    func keys() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let first = try await raise(harness, key: Self.key)
            let again = try await raise(harness, key: Self.key)
            #expect(again.isReplay && again.value == first.value)
            #expect(try await refusal { _ = try await raise(harness, about: "bo", key: Self.key) } == "key reused")
            #expect(try await refusal { _ = try await raise(harness, key: "short") } == "idempotency.key_too_short")
            harness.clock.advance(by: .seconds(8 * 86_400))
            await harness.desk.worker.purge(now: harness.clock.now)
            #expect(try await refusal { _ = try await raise(harness, key: Self.key) } == "key reused")
            let view = try await harness.desk.request(receipt: first.value.receipt, language: nil)
            #expect(view.summary.number == first.value.number)
        }
    }

    @Test("Twenty reports under one key at the same moment are one")
    func atOnce() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let receipts = try await withThrowingTaskGroup(of: AnonymousReceipt.self) { group in
                for _ in 0..<20 { group.addTask { try await raise(harness, key: Self.key).value } }
                return try await group.reduce(into: Set<AnonymousReceipt>()) { $0.insert($1) }
            }
            #expect(receipts.count == 1)
        }
    }

    @Test("What is written of a receipt by hand is the receipt")
    func receipts() {
        let bytes = (0..<20).map { UInt8($0 * 13 % 256) }
        let receipt = Receipts.make { Array(bytes.prefix($0)) }
        #expect(receipt.split(separator: "-").map(\.count) == Array(repeating: 4, count: 8))
        let written = receipt.lowercased().replacing("-", with: "").replacing("0", with: "o").replacing("1", with: "l")
        #expect(Receipts.digest(of: written) == Receipts.digest(of: receipt))
        #expect(Receipts.digest(of: receipt) != Receipts.digest(of: String(receipt.dropLast())))
        #expect(Receipts.make(from: "a") != Receipts.make(from: "b"))
    }

    @Test("Of everybody together only so much is taken a minute")
    func throttle() {
        let throttle = AnonymousThrottle()
        let now = Instant(seconds: 60)
        for _ in 0..<AnonymousThrottle.raisedAMinute { #expect(throttle.mayRaise(at: now)) }
        #expect(!throttle.mayRaise(at: now))
        #expect(throttle.mayRaise(at: Instant(seconds: 120)))
        let (mine, yours) = (Receipts.digest(of: "mine"), Receipts.digest(of: "yours"))
        for _ in 0..<AnonymousThrottle.looksAMinuteByReceipt { #expect(throttle.mayLook(with: mine, at: now)) }
        #expect(!throttle.mayLook(with: mine, at: now))
        #expect(throttle.mayLook(with: yours, at: now))
        #expect(throttle.mayLook(with: mine, at: Instant(seconds: 120)))
    }
}
