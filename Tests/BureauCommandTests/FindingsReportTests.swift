import JSONText
import Testing
import WorkflowConfiguration
import WorkflowCore

@testable import bureau

@Suite("What a check has found")
struct FindingsReportTests {
    private static let report = FindingsReport(
        diagnostics: [
            Diagnostic(
                code: "choose.gap", message: "No case of `way` holds: 100 %.", hint: "Add `else`.",
                location: SourceLocation(file: "departments/hr/requests/a b.yaml", line: 3, column: 5, length: 4)),
            Diagnostic(
                code: "sensitive.condition", severity: .warning, message: "This depends on it.",
                location: SourceLocation(file: "shared/roles.yaml", line: 1, column: 1)),
        ], bundle: ConfigurationBundle(files: ["shared/roles.yaml": "lead: Lead\n"]), directory: "Config/")

    @Test("People read each finding and a sum")
    func text() {
        #expect(
            Self.report.text(.text) == """
                departments/hr/requests/a b.yaml:3:5: error: No case of `way` holds: 100 %. [choose.gap]
                  hint: Add `else`.

                shared/roles.yaml:1:1: warning: This depends on it. [sensitive.condition]
                 1 | lead: Lead
                   | ^

                1 file, 1 error, 1 warning
                """)
    }

    @Test("Annotations escape what would end them")
    func annotations() {
        #expect(
            Self.report.text(.annotations) == """
                ::error file=Config/departments/hr/requests/a b.yaml,line=3,col=5,endColumn=9,title=choose.gap::\
                No case of `way` holds: 100 %25.%0AAdd `else`.
                ::warning file=Config/shared/roles.yaml,line=1,col=1,endColumn=2,title=sensitive.condition::\
                This depends on it.
                """)
    }

    @Test("JSON has an object for each finding")
    func json() throws {
        let value = try JSONReader.value(of: Self.report.text(.json))
        #expect(value.elements.count == 2)
        #expect(value.elements.first?["code"]?.text == "choose.gap")
        #expect(value.elements.first?["line"] == .number("3"))
        #expect(value.elements.last?["severity"]?.text == "warning")
    }

    @Test("SARIF names the rules it uses and where each result stands")
    func sarif() throws {
        let value = try JSONReader.value(of: Self.report.text(.sarif))
        #expect(value["version"]?.text == "2.1.0")
        let run = try #require(value["runs"]?.elements.first)
        let rules = run["tool"]?["driver"]?["rules"]?.elements ?? []
        #expect(rules.map { $0["id"]?.text } == ["choose.gap", "sensitive.condition"])
        #expect(rules.first?["help"]?["text"]?.text?.contains("Wrong:") == true)
        let results = run["results"]?.elements ?? []
        #expect(results.map { $0["ruleIndex"] } == [.number("0"), .number("1")])
        let place = try #require(results.first?["locations"]?.elements.first?["physicalLocation"])
        #expect(place["artifactLocation"]?["uri"]?.text == "Config/departments/hr/requests/a%20b.yaml")
        #expect(place["region"]?["endColumn"] == .number("9"))
    }

    @Test("Nothing found is said to people, and is nothing in a log")
    func nothing() {
        let report = FindingsReport(diagnostics: [], bundle: ConfigurationBundle(files: [:]), directory: ".")
        #expect(report.text(.text) == "0 files, 0 errors, 0 warnings")
        #expect(report.text(.annotations) == "")
        #expect(report.text(.json) == "[]")
    }
}
