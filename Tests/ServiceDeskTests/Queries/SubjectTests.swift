import Expressions
import ServiceDesk
import Testing
import WorkflowCore

@Suite("What requests are about")
struct SubjectTests {
    private static func type(_ more: String = "", form: String) -> String {
        """
        title: {en: Thing, de: Ding}
        audience: [role:employee]
        outcomes: {done: good, withdrawn: bad}
        \(more)
        form:
        \(form)
        steps:
          - task: look
            assign: team:it
            forever: true
        """
    }

    private func with(_ body: (DeskHarness) async throws -> Void) async throws {
        var files = TestOrganisation.files
        files["departments/it/requests/plain.yaml"] = Self.type(
            form: """
                  day: {label: Day, type: date}
                  pay: {label: Pay, type: text, sensitive: team:hr-payroll}
                  kind:
                    label: Kind
                    type: choice
                    of: {lamp: {en: A lamp, de: Eine Lampe}, chair: {en: A chair, de: Ein Stuhl}}
                  more: {label: More, type: text, optional: true}
                """)
        files["departments/it/requests/words.yaml"] = Self.type(
            form: "  what: {label: What, type: text}")
        files["departments/it/requests/secret.yaml"] = Self.type(
            "confidential: team:it", form: "  what: {label: What, type: text}")
        try await DeskHarness.with(files: files) { try await body($0) }
    }

    private func raise(
        _ harness: DeskHarness, _ type: RequestTypeID, _ entries: [FieldID: JSONValue]
    ) async throws -> RequestID {
        try await harness.desk.raise(
            type, entries: entries, beneficiary: nil, by: harness.viewer("ada"), key: nil
        ).value.summary.id
    }

    private func subject(_ harness: DeskHarness, _ id: RequestID, _ handle: String) async throws -> String? {
        try await harness.desk.subjects(of: [id], for: harness.viewer(handle))[id]
    }

    @Test("It is the first short answer, in the reader's words, and never a sensitive one")
    func first() async throws {
        try await with { harness in
            let id = try await raise(
                harness, "it.plain",
                ["day": .string("2026-12-01"), "pay": .string("1000"), "kind": .string("lamp"), "more": .string("x")])
            #expect(try await subject(harness, id, "ada") == "Eine Lampe")
            let long = String(repeating: "word ", count: 40)
            let words = try await raise(harness, "it.words", ["what": .string(long)])
            let shown = try #require(try await subject(harness, words, "ada"))
            #expect(shown.count == 80 && shown.hasSuffix("…"))
        }
    }

    @Test("Nobody learns it who does not see the request, and of a confidential one only those whose it is")
    func hidden() async throws {
        try await with { harness in
            let plain = try await raise(harness, "it.words", ["what": .string("A lamp")])
            let secret = try await raise(harness, "it.secret", ["what": .string("A secret")])
            for (handle, words, hidden) in [("ada", "A lamp", "A secret"), ("ivo", "A lamp", nil), ("eve", nil, nil)]
                as [(String, String?, String?)]
            {
                #expect(try await subject(harness, plain, handle) == words, "\(handle)")
                #expect(try await subject(harness, secret, handle) == hidden, "\(handle)")
            }
        }
    }
}
