import ServiceDesk
import Testing
import WorkflowCore

@Suite("What the audit keeps")
struct AuditStoryTests {
    @Test("Kinds of the audit have one name each, which begins with what it is about")
    func names() {
        #expect(Set(AuditKind.allCases.map(\.rawValue)).count == AuditKind.allCases.count)
        for kind in AuditKind.allCases {
            #expect(kind.rawValue.allSatisfy { $0.isLowercase || $0 == "." || $0 == "_" }, "\(kind.rawValue)")
            #expect(kind.rawValue.split(separator: ".").count == 2, "\(kind.rawValue)")
        }
        #expect(Set(AuditKind.allCases.map(\.log)) == Set(AuditLog.allCases))
    }

    @Test("Imports, applied configurations and tokens are kept with who did it, and no name in the chain")
    func administration() async throws {
        try await DeskHarness.with { harness in
            let (_, token) = try await harness.desk.issueToken(
                for: "ada", label: "Ada's laptop", lifetime: nil, by: "operator")
            _ = try await harness.desk.revokeToken(token.id, by: "operator")
            _ = try await harness.desk.revokeToken(token.id, by: "operator")
            // Nothing changes, so there is nothing to keep.
            _ = try await harness.desk.importPeople(csv: TestOrganisation.people, by: "operator")
            let entries = try await harness.storage.auditEntries(AuditQuery(log: .administration, limit: 100))
                .reversed()
            let texts = entries.map(\.entry.text)
            let kinds = [
                "configuration.applied", "people.imported", "token.created", "token.revoked",
            ]
            #expect(texts.count == kinds.count)
            for (text, kind) in zip(texts, kinds) { #expect(text.contains("\"kind\":\"\(kind)\"")) }
            #expect(texts[1].contains(#""changed":"0","joined":"8","left":"0""#))
            #expect(texts[2].contains(#""principal":"operator","subject":"token:"#))
            #expect(!texts.joined().contains("\"ada") && !texts.joined().contains("laptop"))
            #expect(Array(entries)[2].entry.words.map(\.text) == ["ada", "Ada's laptop"])
        }
    }

    @Test("What cannot be recorded is said to whoever wanted it recorded")
    func away() async throws {
        try await DeskHarness.with { harness in
            harness.shaky.failAlways(.away)
            let answer = try await refusal { try await harness.desk.audit(.signInFailed, by: "anonymous") }
            #expect(answer == "unavailable")
        }
    }

    @Test("Words are cut, and lose what the database does not keep")
    func words() {
        #expect(AuditWord("a\0b", of: nil).text == "ab")
        #expect(AuditWord(String(repeating: "ä", count: 900), of: nil).text.unicodeScalars.count == 500)
    }
}
