public import Expressions
public import WorkflowCore

/// The scenarios of an organisation, read and ready to be played: no database, no network, no clock but theirs.
public struct ScenarioSuite: Sendable {
    /// What is wrong with the files of scenarios, in the order of files, lines and columns. Scenarios with errors are not among `count`.
    public let diagnostics: [Diagnostic]
    private let scenarios: [Scenario]
    private let configuration: Configuration
    private let time: TimeFrame

    /// Reads all files.
    public init(_ files: ScenarioFiles, configuration: Configuration, time: TimeFrame) {
        let findings = Findings()
        let reader = ScenarioReader(configuration: configuration, time: time, files: files, findings: findings)
        var scenarios: [Scenario] = []
        for (path, text) in files.scenarios.sorted(by: { $0.key < $1.key }) { scenarios += reader.read(path, text) }
        self.scenarios = scenarios
        self.configuration = configuration
        self.time = time
        diagnostics = findings.sorted
    }

    /// How many scenarios there are.
    public var count: Int { scenarios.count }

    /// Plays the scenarios that `isWanted` wants (by file and name), in the order of files and lines.
    public func run(where isWanted: (_ file: String, _ name: String) -> Bool = { _, _ in true }) -> [ScenarioResult] {
        scenarios.compactMap { scenario in
            guard isWanted(scenario.location.file, scenario.name) else { return nil }
            var player = ScenarioPlayer(scenario, configuration: configuration, time: time)
            player.play()
            return ScenarioResult(
                name: scenario.name, location: scenario.location, type: scenario.type, failures: player.failures,
                timeline: player.failures.isEmpty ? [] : player.desk.transcript(),
                coverage: ScenarioCoverage(player.desk))
        }
    }
}

extension ScenarioFiles {
    /// A failed scenario for people: each failure with its place, the line and a caret, what was expected and what is, then what happened.
    public func text(of result: ScenarioResult) -> String {
        let renderer = DiagnosticRenderer(ConfigurationBundle(files: scenarios))
        var lines: [String] = []
        for failure in result.failures {
            let diagnostic = Diagnostic(
                code: "scenario.failed", message: "\(result.name): \(failure.message)", location: failure.location)
            lines.append(renderer.text(diagnostic))
            if let expected = failure.expected { lines.append("  expected: \(expected)") }
            if let actual = failure.actual { lines.append("  is:       \(actual)") }
        }
        if !result.timeline.isEmpty {
            lines.append("  so far:")
            lines += result.timeline.map { "    \($0)" }
        }
        return lines.joined(separator: "\n")
    }
}
