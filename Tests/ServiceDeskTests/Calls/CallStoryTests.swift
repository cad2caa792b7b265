import ServiceDesk
import Testing
import WorkflowCore

@Suite("Calls of other systems")
struct CallStoryTests {
    private static let files = TestOrganisation.files.merging([
        "shared/services.yaml": """
        directory:
          title: {en: Directory, de: Verzeichnis}
          url: https://directory.example.org/api
          secret: DIRECTORY_TOKEN
          offered_to: everyone
        """,
        "departments/it/requests/mailbox.yaml": """
        title: {en: Mailbox, de: Postfach}
        audience: [role:employee]
        outcomes: {done: good, failed: bad, withdrawn: bad}
        form:
          login: {label: {en: Login, de: Kennung}, type: text}
        cancel: {by: [requester], until: hand_over, outcome: withdrawn}
        steps:
          - call: mailbox
            service: directory
            method: post
            path: /mailboxes/{{ login }}
            with: {quota: 5, login: login}
            answer: {address: {type: email}}
            timeout: 20 seconds
            retry: {times: 2, first: 10 seconds}
            on_failed: {ask: team:it}
            undo: none
          - task: hand_over
            after: mailbox
            assign: team:it
            due: 2 working days
            on_overdue: {tell: team:it}
        """,
    ]) { $1 }

    private static let address: [String: JSONValue] = ["address": .string("n.new@example.org")]

    private func raise(_ harness: DeskHarness, login: String = "n/new") async throws -> String {
        try await harness.desk.raise(
            "it.mailbox", entries: ["login": .string(login)], beneficiary: nil, by: harness.viewer("ada"), key: nil
        ).value.summary.number
    }

    @Test("What is sent is what the file says, and the answer is the step's outputs")
    func roundTrip() async throws {
        let caller = ScriptedCaller(.ok(Self.address))
        try await DeskHarness.with(files: Self.files, caller: caller) { harness in
            let number = try await raise(harness)
            try await harness.work()
            let request = try #require(caller.requests.first)
            #expect(request.url == "https://directory.example.org/api/mailboxes/n%2Fnew")
            #expect(request.method == .post)
            #expect(request.body == #"{"login":"n/new","quota":5}"#)
            #expect(request.secret == "DIRECTORY_TOKEN")
            #expect(request.timeout == .seconds(20))
            let view = try await harness.view(number, by: "ada")
            #expect(try view.step("mailbox").status == .done)
            #expect(try view.step("mailbox").outputs.map(\.text) == ["n.new@example.org"])
            #expect(try view.step("hand_over").status == .open)
            #expect(try await harness.storage.nextWake().map { $0 > harness.clock.now } ?? true)
        }
    }

    @Test("What may pass is tried again later and ever later, under the same key")
    func repetition() async throws {
        let caller = ScriptedCaller(
            .failed(.unreachable), .status(503, retryAfter: .seconds(60)), .ok(Self.address))
        try await DeskHarness.with(files: Self.files, caller: caller) { harness in
            let number = try await raise(harness)
            #expect(try await harness.work().postponed == 1)
            harness.clock.advance(by: .seconds(5))
            try await harness.work()
            #expect(caller.requests.count == 1)
            harness.clock.advance(by: .seconds(8))
            try await harness.work()
            #expect(caller.requests.count == 2)
            // Longer than its own pause, because the service asked for it.
            harness.clock.advance(by: .seconds(50))
            try await harness.work()
            #expect(caller.requests.count == 2)
            harness.clock.advance(by: .seconds(11))
            try await harness.work()
            #expect(caller.requests.count == 3)
            #expect(Set(caller.requests.map(\.key)).count == 1)
            #expect(try await harness.view(number, by: "ada").step("mailbox").status == .done)
        }
    }

    @Test("When it has given up, people are asked, and their retry is another call")
    func givingUp() async throws {
        let caller = ScriptedCaller(.status(503), .failed(.timedOut), .status(500), .ok(Self.address))
        try await DeskHarness.with(files: Self.files, caller: caller) { harness in
            let number = try await raise(harness)
            for _ in 0..<3 {
                try await harness.work()
                harness.clock.advance(by: .seconds(60))
            }
            #expect(caller.requests.count == 3)
            #expect(try await harness.view(number, by: "ida").step("mailbox").status == .asking)
            try await harness.perform(.retry(InstanceName("mailbox")), on: number, by: "ida")
            try await harness.work()
            #expect(try await harness.view(number, by: "ida").step("mailbox").status == .done)
            #expect(Set(caller.requests.map(\.key)).count == 2)
        }
    }

    @Test("A final refusal is not repeated", arguments: [400, 404, 307])
    func refusal(status: Int) async throws {
        let caller = ScriptedCaller(.status(status))
        try await DeskHarness.with(files: Self.files, caller: caller) { harness in
            let number = try await raise(harness)
            try await harness.work()
            #expect(caller.requests.count == 1)
            #expect(try await harness.view(number, by: "ida").step("mailbox").status == .asking)
        }
    }

    @Test("An answer that is lost with its daemon is asked for again under the same key")
    func lostAnswer() async throws {
        let caller = ScriptedCaller(.failed(.interrupted), .ok(Self.address))
        try await DeskHarness.with(files: Self.files, caller: caller) { harness in
            let number = try await raise(harness)
            try await harness.work()
            // The lease outlasts the call: nobody else makes it meanwhile.
            harness.clock.advance(by: .seconds(45))
            let other = harness.anotherDesk(caller: caller)
            _ = try await other.runOnce(now: harness.clock.now)
            #expect(caller.requests.count == 1)
            harness.clock.advance(by: .seconds(6))
            _ = try await other.runOnce(now: harness.clock.now)
            #expect(caller.requests.count == 2)
            #expect(Set(caller.requests.map(\.key)).count == 1)
            #expect(try await harness.view(number, by: "ada").step("mailbox").status == .done)
        }
    }

    @Test("A call that is put off when its request is cancelled is not made again, and nobody waits for its pause")
    func cancelled() async throws {
        let caller = ScriptedCaller(.status(503, retryAfter: .seconds(3000)))
        try await DeskHarness.with(files: Self.files, caller: caller) { harness in
            let number = try await raise(harness)
            try await harness.work()
            try await harness.perform(.cancel(reason: nil), on: number, by: "ada")
            #expect(try await harness.view(number, by: "ada").summary.phase == .ending)
            try await harness.work()
            try await harness.work()
            #expect(caller.requests.count == 1)
            let view = try await harness.view(number, by: "ada")
            #expect(view.summary.phase == .closed)
            #expect(view.summary.outcome?.id == "withdrawn")
        }
    }

    @Test("Daemons that work at the same moment make each call once")
    func twoDaemons() async throws {
        let caller = ScriptedCaller()
        try await DeskHarness.with(files: Self.files, caller: caller) { harness in
            for number in 0..<20 { _ = try await raise(harness, login: "n\(number)") }
            let now = harness.clock.now
            let other = harness.anotherDesk(caller: caller)
            async let first = harness.desk.runOnce(now: now)
            async let second = other.runOnce(now: now)
            _ = try await (first, second)
            #expect(Set(caller.requests.map(\.url)).count == 20)
            #expect(caller.requests.count == 20)
        }
    }

    @Test("A desk without a caller leaves calls to others")
    func withoutCaller() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let number = try await raise(harness)
            try await harness.work()
            #expect(try await harness.view(number, by: "ada").step("mailbox").status == .open)
            let caller = ScriptedCaller(.ok(Self.address))
            _ = try await harness.anotherDesk(caller: caller).runOnce(now: harness.clock.now)
            #expect(try await harness.view(number, by: "ada").step("mailbox").status == .done)
        }
    }
}
