import TestSupport
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Why something is due")
struct DueWordsTests {
    @Test("A span is told as a span, anything else in the reader's words")
    func words() async throws {
        var files = TestOrganisation.files
        let path = "departments/hr/requests/leave.yaml"
        files[path] = files[path]?.replacing("due: 2 working days", with: "due: from - 2 working days")
        try await DeskHarness.with(files: files) { harness in
            let ada = try await harness.viewer("ada")
            let raised = try await harness.desk.raise(
                "hr.leave", entries: ["from": .string("2026-12-01")], beneficiary: nil, by: ada, key: nil)
            let number = raised.value.summary.number
            let decide = try raised.value.step("decide")
            #expect(decide.dueBy == .span("3 working days"))
            try await harness.perform(.approve(InstanceName("decide"), comment: nil), on: number, by: "boss")
            let record = try await harness.view(number, by: "hal").step("record")
            // Whatever the fields are called in pictures.
            var words: String?
            if case .words(let said) = record.dueBy { words = said }
            #expect(words?.hasSuffix("- 2 working days") == true)
        }
    }
}
