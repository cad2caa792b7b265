import ServiceDesk
import Testing
import WorkflowCore

@Suite("What the history of a request says")
struct TimelineTests {
    @Test("What a step asked of others is said once, by its title, its number and the step")
    func children() async throws {
        try await DeskHarness.with { harness in
            let raised = try await harness.raiseJoiner()
            try await harness.work()
            let child = try await harness.view(raised.summary.number, by: "hal").step("account").child
            let number = try #require(child?.number)
            for (language, expected) in [
                ("en", "“Account” (\(number)) was raised by the step “Account”."),
                ("de", "Der Schritt „Konto“ hat „Konto“ (\(number)) gestellt."),
            ] {
                var viewer = try await harness.viewer("hal")
                viewer.language = language
                let lines = try await harness.desk.timeline(
                    of: raised.summary.number, for: viewer, cursor: nil, limit: 100
                ).items.filter { $0.instance?.step == "account" }.map(\.text)
                #expect(lines == [expected])
            }
        }
    }
}
