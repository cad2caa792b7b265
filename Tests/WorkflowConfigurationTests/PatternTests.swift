import Expressions
import Foundation
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("The control-flow patterns")
struct PatternTests {
    static let folder = Folders.project.appending(path: "Tests/Patterns")
    static let refused = [8, 10, 28, 31, 33, 38, 41, 42]
    static let supported = (1...43).filter { !refused.contains($0) }

    @Test("Every supported pattern has a request type and scenarios, named alike, and no other has")
    func files() throws {
        let department = Self.folder.appending(path: "departments/patterns")
        func names(_ place: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: department.appending(path: place).path).sorted()
        }
        let files = try names("requests")
        #expect(try names("tests") == files)
        #expect(files.map { Int($0.dropFirst().prefix { $0 != "_" }) ?? 0 } == Self.supported)
        for file in files {
            let text = try String(contentsOf: department.appending(path: "requests/\(file)"), encoding: .utf8)
            let number = Int(file.dropFirst().prefix { $0 != "_" }) ?? 0
            #expect(text.hasPrefix("# Pattern \(number): "), "\(file)")
        }
    }

    @Test("Their organisation has no findings, every scenario passes, and every step has run")
    func scenarios() throws {
        let folder = Self.folder.path()
        let bundle = try ConfigurationBundle.load(directory: folder)
        let compilation = Compiler.compile(bundle, version: Fixtures.version)
        let renderer = DiagnosticRenderer(bundle)
        #expect(
            compilation.diagnostics.isEmpty, "\(compilation.diagnostics.map(renderer.text).joined(separator: "\n\n"))")
        let configuration = try #require(compilation.configuration)
        let time = try #require(TimeFrame(configuration.organisation) { ZoneFiles.rules(of: $0) })
        let files = try ScenarioFiles.load(directory: folder)
        let suite = ScenarioSuite(files, configuration: configuration, time: time)
        #expect(suite.diagnostics.map(\.description) == [])
        var coverage = ScenarioCoverage()
        let results = suite.run()
        for result in results {
            #expect(result.hasPassed, "\(files.text(of: result))")
            coverage.formUnion(result.coverage)
        }
        #expect(Set(results.map(\.type)) == Set(configuration.requestTypes.keys))
        for type in configuration.requestTypes.values.sorted(by: { $0.id < $1.id }) {
            #expect(coverage.missingSteps(of: type) == [], "\(type.id)")
        }
    }
}
