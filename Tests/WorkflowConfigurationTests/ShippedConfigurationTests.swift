import Foundation
import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("The shipped configuration")
struct ShippedConfigurationTests {
    @Test("The examples of the control-flow patterns compile without findings")
    func patterns() throws {
        let folder = Folders.tests.deletingLastPathComponent().appending(path: "Patterns")
        let bundle = try ConfigurationBundle.load(directory: folder.path)
        let compilation = Compiler.compile(bundle, version: Fixtures.version)
        let renderer = DiagnosticRenderer(bundle)
        #expect(
            compilation.diagnostics.isEmpty,
            "\(compilation.diagnostics.map(renderer.text).joined(separator: "\n"))")
    }

    @Test("It compiles without findings")
    func compiles() throws {
        let bundle = try ConfigurationBundle.load(directory: Folders.configuration.path)
        let compilation = Compiler.compile(bundle, version: Fixtures.version)
        let renderer = DiagnosticRenderer(bundle)
        #expect(
            compilation.diagnostics.isEmpty, "\(compilation.diagnostics.map(renderer.text).joined(separator: "\n\n"))")
        let configuration = try #require(compilation.configuration)
        #expect(configuration.organisation.languages == ["en", "de"])
    }
}
