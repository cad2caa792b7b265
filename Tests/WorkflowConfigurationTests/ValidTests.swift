import Foundation
import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("What constructs become")
struct ValidTests {
    /// Files with `=== compiled` and the outline of hr.case in place of findings.
    static func cases() throws -> [CorpusCase] { try CorpusCase.all(in: "Valid") }

    @Test("Every case compiles without findings, to what it says", arguments: try cases())
    func compiles(_ sample: CorpusCase) throws {
        let compilation = Fixtures.compile(sample.files)
        let renderer = DiagnosticRenderer(ConfigurationBundle(files: sample.files))
        #expect(
            compilation.diagnostics.isEmpty, "\(compilation.diagnostics.map(renderer.text).joined(separator: "\n"))")
        let type = try #require(compilation.configuration?.requestTypes["hr.case"])
        let outline = Outline.lines(type)
        #expect(outline == sample.compiled, "\(outline.joined(separator: "\n"))")
    }

    @Test("There is a case for every kind of step")
    func kinds() throws {
        let text = try Self.cases().flatMap(\.compiled).joined(separator: "\n")
        for kind in [
            "task", "approval", "request", "call", "notify", "set", "wait", "block", "choose", "repeat", "each", "race",
            "adhoc", "end",
        ] {
            #expect(text.contains("\(kind) "), "\(kind)")
        }
    }
}
