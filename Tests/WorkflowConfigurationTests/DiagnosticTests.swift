import Foundation
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("Showing diagnostics")
struct DiagnosticTests {
    @Test("People read the place, the line with a caret, and the hint")
    func text() {
        let bundle = ConfigurationBundle(files: ["shared/groups.yaml": "staff: All\nboss: {tile: Boss}\n"])
        let diagnostic = Diagnostic(
            code: "config.unknown_key", message: "A group has no `tile`.", hint: "Did you mean `title`?",
            location: SourceLocation(file: "shared/groups.yaml", line: 2, column: 8, length: 4))
        #expect(
            DiagnosticRenderer(bundle).text(diagnostic) == """
                shared/groups.yaml:2:8: error: A group has no `tile`. [config.unknown_key]
                 2 | boss: {tile: Boss}
                   |        ^^^^
                  hint: Did you mean `title`?
                """)
    }

    @Test("A tab before the caret keeps it in place, and a missing file leaves the line out")
    func unusual() {
        let bundle = ConfigurationBundle(files: ["a.yaml": "k:\tvalue"])
        let location = SourceLocation(file: "a.yaml", line: 1, column: 4, length: 5)
        let shown = DiagnosticRenderer(bundle).text(Diagnostic(code: "x", message: "m", location: location))
        #expect(shown == "a.yaml:1:4: error: m [x]\n 1 | k:\tvalue\n   |   \t^^^^^")
        let elsewhere = Diagnostic(
            code: "x", message: "m", location: SourceLocation(file: "b.yaml", line: 9, column: 1))
        #expect(DiagnosticRenderer(bundle).text(elsewhere) == "b.yaml:9:1: error: m [x]")
    }

    @Test("JSON keeps everything")
    func json() throws {
        let found = Fixtures.compile(["shared/lists.yaml": "sites: [1]\n"]).diagnostics
        let decoded = try JSONDecoder().decode([Diagnostic].self, from: JSONEncoder().encode(found))
        #expect(!found.isEmpty)
        #expect(decoded == found)
    }

    @Test("Every code is dotted and unlike the others")
    func codes() {
        let all = DiagnosticCode.allCases.map(\.rawValue) + CheckCode.allCases.map(\.rawValue)
        #expect(Set(all).count == all.count)
        for code in all { #expect(code.wholeMatch(of: /[a-z]+\.[a-z_]+/) != nil) }
    }

    @Test("Every code but those of files as a whole has a case in the corpus")
    func covered() throws {
        let expected = Set(try CorpusCase.all().flatMap(\.expected).map { String($0.prefix { $0 != "@" }) })
        let codes = DiagnosticCode.allCases.map(\.rawValue) + CheckCode.allCases.map(\.rawValue)
        let missing = codes.filter { !expected.contains($0) && !$0.hasPrefix("compatibility.") }
        #expect(missing == ["yaml.too_large", "config.too_many"])
    }
}
