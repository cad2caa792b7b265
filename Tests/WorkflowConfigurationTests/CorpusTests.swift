import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Broken configurations")
struct CorpusTests {
    @Test("Every case is found, with its place", arguments: try CorpusCase.all())
    func finds(_ sample: CorpusCase) {
        let compilation = Fixtures.compile(sample.files)
        let found = compilation.diagnostics.map { finding in
            "\(finding.code)@\(finding.location.line):\(finding.location.column) \(finding.location.file)"
        }
        let renderer = DiagnosticRenderer(ConfigurationBundle(files: sample.files))
        #expect(
            found.sorted() == sample.expected, "\(compilation.diagnostics.map(renderer.text).joined(separator: "\n"))")
        let hasErrors = compilation.diagnostics.contains { $0.severity == .error }
        #expect((compilation.configuration == nil) == hasErrors)
    }

    @Test("The corpus is there")
    func isThere() throws {
        #expect(try CorpusCase.all().count >= 40)
    }

    @Test("The organisation that the cases stand in has no findings")
    func surroundings() {
        #expect(Fixtures.compile([:]).diagnostics == [])
    }
}
