import Foundation
import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Explaining diagnostics")
struct ExplanationTests {
    /// Codes that only something very large or an older version would give.
    private static let withoutExample: Set<String> = [
        "yaml.too_deep", "yaml.too_large", "config.too_many", "expression.too_deep", "expression.too_long",
        "compatibility.step", "compatibility.kind", "compatibility.place", "compatibility.field",
        "compatibility.contract",
        "compatibility.type",
    ]

    private static let exampled = CodeExplanation.all.filter { $0.wrong != nil }.map(\.code)

    @Test("Every wrong example gives its code and no other", arguments: exampled)
    func wrong(_ code: String) throws {
        let explanation = try #require(CodeExplanation.of(code))
        let example = try #require(explanation.wrong)
        let found = Set(Self.compile(example).map(\.code))
        #expect(found == explanation.others.union([explanation.code]), "\(Self.shown(example))")
    }

    @Test("Every right example gives nothing", arguments: exampled)
    func right(_ code: String) throws {
        let explanation = try #require(CodeExplanation.of(code))
        let example = try #require(explanation.right)
        #expect(Self.compile(example) == [], "\(explanation.code): \(Self.shown(example))")
    }

    @Test("Every code is explained, once, with examples or a reason why not")
    func complete() {
        let explained = CodeExplanation.all.map(\.code)
        #expect(Set(explained).count == explained.count)
        let known = DiagnosticCode.allCases.map(\.rawValue) + CheckCode.allCases.map(\.rawValue)
        #expect(Set(known).subtracting(explained).sorted() == [])
        #expect(Set(explained.filter { !$0.hasPrefix("expression.") }).subtracting(known).sorted() == [])
        for explanation in CodeExplanation.all {
            #expect(explanation.summary.hasSuffix("."), "\(explanation.code)")
            #expect((explanation.wrong == nil) == Self.withoutExample.contains(explanation.code), "\(explanation.code)")
        }
    }

    /// Run with `BUREAU_WRITE_REFERENCE=1` after a change of the explanations.
    @Test("The reference page is what the explanations say")
    func page() throws {
        let url = Folders.configuration.appending(path: "reference/diagnostics.md")
        if ProcessInfo.processInfo.environment["BUREAU_WRITE_REFERENCE"] == "1" {
            try DiagnosticsPage.text.write(to: url, atomically: true, encoding: .utf8)
        }
        let written = try String(contentsOf: url, encoding: .utf8)
        #expect(written == DiagnosticsPage.text, "The page differs from what `bureau explain` says")
    }

    // MARK: Compiling examples

    private static func compile(_ example: CodeExplanation.Example) -> [Diagnostic] {
        var files = [
            "shared/services.yaml": """
            directory: {title: Directory, url: "https://directory.example.org", offered_to: everyone}
            payroll: {title: Payroll, url: "https://payroll.example.org", offered_to: [hr]}
            ledger: {title: Ledger, url: "https://ledger.example.org", offered_to: [it]}
            """
        ]
        for part in example.parts {
            switch part.place {
            case .steps: files["departments/hr/requests/case.yaml"] = head + form + "steps:\n" + indented(part.text)
            case .form:
                files["departments/hr/requests/case.yaml"] =
                    head + "form:\n" + indented(part.text)
                    + "steps:\n  - task: work\n    assign: team:hr\n    forever: true\n"
            case .type: files["departments/hr/requests/case.yaml"] = part.text
            case .file(let path): files[path] = part.text
            }
        }
        return Fixtures.compile(files).diagnostics
    }

    private static let head = "title: Case\naudience: role:employee\noutcomes: {done: good, no: bad}\n"

    private static let form = """
        form:
          name: {label: Name, type: text}
          site: {label: Where?, type: choice, of: sites}
          n: {label: How many?, type: integer}
          m: {label: How many more?, type: integer}
          urgent: {label: Urgent?, type: yes_no}
          start: {label: From when?, type: date}
          names: {label: For whom?, type: list, of: {type: text}, max: 20, unique: true}
          salary: {label: Salary, type: money, sensitive: team:hr}

        """

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
            .joined(separator: "\n")
    }

    private static func shown(_ example: CodeExplanation.Example) -> String {
        compile(example).map(\.description).joined(separator: "\n")
    }
}
