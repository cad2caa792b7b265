import Expressions
import Foundation
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("The shipped scenarios")
struct ShippedScenariosTests {
    @Test(
        "Every scenario of the shipped organisation passes, and they cover every step and outcome of every request type"
    )
    func passing() throws {
        let folder = Folders.configuration.path()
        let compilation = Compiler.compile(try ConfigurationBundle.load(directory: folder), version: "test")
        let configuration = try #require(compilation.configuration)
        let time = try #require(TimeFrame(configuration.organisation) { ZoneFiles.rules(of: $0) })
        let files = try ScenarioFiles.load(directory: folder)
        let suite = ScenarioSuite(files, configuration: configuration, time: time)
        #expect(suite.diagnostics.map(\.description) == [])
        let results = suite.run()
        #expect(!results.isEmpty)
        var coverage = ScenarioCoverage()
        for result in results {
            #expect(result.hasPassed, "\(files.text(of: result))")
            coverage.formUnion(result.coverage)
        }
        for (id, type) in configuration.requestTypes.sorted(by: { $0.key < $1.key }) {
            #expect(coverage.missingSteps(of: type) == [], "\(id)")
            #expect(coverage.missingOutcomes(of: type) == [], "\(id)")
        }
    }

    @Test("A zone that the machine does not know is none, and names stay below the folder")
    func zones() {
        #expect(ZoneFiles.rules(of: "Europe/Berlin")?.name == "Europe/Berlin")
        for name in ["Europe/Atlantis", "../../../etc/passwd", "", "/etc", "Europe"] {
            #expect(ZoneFiles.rules(of: name) == nil)
        }
    }
}
