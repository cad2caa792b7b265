import Expressions
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

/// One scenario of actions, played on a request type `hr.case` by a few people.
enum PlayedCase {
    /// Its failures, or what is wrong with the files.
    ///
    /// - Parameters:
    ///   - head: What stands above the form of the type.
    ///   - people: Who is there.
    ///   - given: What is given besides, each with a comma before it.
    ///   - files: Further ones of the configuration.
    static func failures(
        of actions: String, on type: String, head: String = head, people: String = people, given: String = "",
        files others: [String: String] = [:]
    ) throws -> [String] {
        let own = [
            "departments/hr/requests/case.yaml": head + type,
            "shared/skills.yaml": "german: German\nwelding: {title: Welding, claim: welders}\n",
            "shared/services.yaml":
                "directory: {title: Directory, url: \"https://directory.example.org\", offered_to: everyone}\n",
        ]
        let compilation = Fixtures.compile(own.merging(others) { $1 })
        let configuration = try #require(compilation.configuration, "\(compilation.diagnostics)")
        let time = try #require(TimeFrame(configuration.organisation) { _ in .fixed(offsetSeconds: 3600) })
        let indented = actions.split(separator: "\n").map { "      \($0)\n" }.joined()
        let text = "given: {people: {\(people)}\(given)}\nscenarios:\n  - scenario: It plays\n    play:\n" + indented
        let files = ScenarioFiles(scenarios: ["departments/hr/tests/case.yaml": text], people: [:])
        let suite = ScenarioSuite(files, configuration: configuration, time: time)
        guard suite.diagnostics.isEmpty else { return suite.diagnostics.map(\.description) }
        return suite.run().flatMap { result in result.hasPassed ? [] : [files.text(of: result)] }
    }

    private static let head = """
        title: Case
        audience: [role:employee]
        outcomes: {done: good, rejected: bad}
        cancel: {by: requester, outcome: rejected}

        """
    private static let people =
        "anna: {manager: bert}, bert: {}, carl: {groups: [staff]}, dora: {groups: [leads, skill:german]}"
}
