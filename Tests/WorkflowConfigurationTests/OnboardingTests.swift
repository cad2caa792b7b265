import Foundation
import Testing
import WorkflowConfiguration
import WorkflowCore

/// The example that the language was designed with, and the organisation that it needs.
@Suite("The onboarding")
struct OnboardingTests {
    @Test("It loads without findings, with all its parts")
    func loads() throws {
        let bundle = try ConfigurationBundle.load(directory: Folders.tests.appending(path: "Onboarding").path)
        let compilation = Compiler.compile(bundle, version: Fixtures.version)
        let renderer = DiagnosticRenderer(bundle)
        #expect(
            compilation.diagnostics.isEmpty, "\(compilation.diagnostics.map(renderer.text).joined(separator: "\n"))")
        let type = try #require(compilation.configuration?.requestTypes["hr.onboarding"])
        #expect(
            type.index.all.map(\.id) == [
                "intake", "correct", "decide", "prepare", "account", "laptop", "desk", "clearance", "badge", "access",
                "grant", "extras", "errand", "first_day", "welcome",
            ])
        #expect(type.targets.map(\.id) == ["first_response", "ready"])
        #expect(type.amendments.map(\.field) == ["start"])
        #expect(type.rules.count == 1)
        #expect(type.index["account"]?.onChange == ["start": .forward])
    }

    @Test("Definitions know where their keys stand")
    func places() throws {
        let bundle = try ConfigurationBundle.load(directory: Folders.tests.appending(path: "Onboarding").path)
        let compiled = Compiler.compile(bundle, version: Fixtures.version).configuration
        let type = try #require(compiled?.requestTypes["hr.onboarding"])
        let lines = (bundle.files["departments/hr/requests/onboarding.yaml"] ?? "").split(
            separator: "\n", omittingEmptySubsequences: false)
        func text(_ location: WorkflowCore.SourceLocation?) -> String {
            guard let location else { return "nowhere" }
            return String(lines[location.line - 1].dropFirst(location.column - 1).prefix(location.length))
        }
        #expect(text(type.places["amend.start.until"]) == "first_day")
        #expect(text(type.form["start"]?.places["check"]) == "start >= today + 7 days")
        let laptop = type.index["laptop"]?.places
        #expect(text(laptop?["with.ship"]) == "site == \"remote\"")
        #expect(text(laptop?["undo.with.asset"]) == "laptop.asset")
        #expect(text(type.index["correct"]?.places["edit.site"]) == "site")
        #expect(text(type.index["account"]?.places["on_change.start"]) == "forward")
    }
}
