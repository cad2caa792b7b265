import Expressions
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("The examples of the reference")
struct ReferenceExampleTests {
    @Test("Each says which file it is, and no two are the same file")
    func named() throws {
        let examples = try ReferenceExamples()
        #expect(examples.nameless == [])
        #expect(examples.repeated == [])
        #expect(examples.configuration.count > 20)
        #expect(examples.scenarios.count >= 10)
    }

    @Test("Together they are an organisation without findings, and all their scenarios pass")
    func run() throws {
        let examples = try ReferenceExamples()
        let bundle = ConfigurationBundle(files: examples.configuration)
        let compilation = Compiler.compile(bundle, version: Fixtures.version)
        let renderer = DiagnosticRenderer(bundle)
        #expect(
            compilation.diagnostics.isEmpty, "\(compilation.diagnostics.map(renderer.text).joined(separator: "\n\n"))")
        let configuration = try #require(compilation.configuration)
        let time = try #require(TimeFrame(configuration.organisation) { ZoneFiles.rules(of: $0) })
        let files = ScenarioFiles(scenarios: examples.scenarios, people: examples.people)
        let suite = ScenarioSuite(files, configuration: configuration, time: time)
        #expect(suite.diagnostics.map(\.description) == [])
        for result in suite.run() { #expect(result.hasPassed, "\(files.text(of: result))") }
    }

    @Test("Each of the ten commonest processes has scenarios that reach every outcome but failing")
    func processes() throws {
        let examples = try ReferenceExamples()
        let compilation = Compiler.compile(
            ConfigurationBundle(files: examples.configuration), version: Fixtures.version)
        let configuration = try #require(compilation.configuration)
        let time = try #require(TimeFrame(configuration.organisation) { ZoneFiles.rules(of: $0) })
        let suite = ScenarioSuite(
            ScenarioFiles(scenarios: examples.scenarios, people: examples.people), configuration: configuration,
            time: time)
        var coverage = ScenarioCoverage()
        let results = suite.run()
        for result in results { coverage.formUnion(result.coverage) }
        let types = Set(results.map(\.type)).sorted()
        #expect(types.count >= 10)
        for id in types {
            let type = try #require(configuration.requestTypes[id])
            #expect(coverage.missingSteps(of: type) == [], "\(id)")
            #expect(coverage.missingOutcomes(of: type) == [], "\(id)")
        }
    }
}
