import Expressions
import WorkflowConfiguration
import WorkflowCore

/// The scenarios of a configuration, played once.
struct TestRun {
    let results: [ScenarioResult]
    /// What is wrong with the files of scenarios.
    let diagnostics: [Diagnostic]
    private let files: ScenarioFiles
    private let configuration: Configuration

    /// - Parameters:
    ///   - filter: Only scenarios in whose name or file this text stands, whatever its case; nil for all.
    /// - Throws: `ClientError` when the configuration cannot be read or has errors, which are printed before.
    init(_ root: ConfigurationRoot, filter: String?) throws {
        configuration = try CheckedConfiguration.load(root.directory)
        do {
            files = try ScenarioFiles.load(directory: root.directory)
        } catch {
            throw ClientError.usage("\(root.directory): \(error)")
        }
        let time = try CheckedConfiguration.time(of: configuration)
        let suite = ScenarioSuite(files, configuration: configuration, time: time)
        diagnostics = suite.diagnostics.filter { root.includes($0.location.file) }
        let wanted = filter?.lowercased()
        results = suite.run { file, name in
            guard root.includes(file) else { return false }
            guard let wanted else { return true }
            return name.lowercased().contains(wanted) || file.lowercased().contains(wanted)
        }
    }

    /// How many did not pass.
    var failed: Int { results.count { !$0.hasPassed } }

    /// Whether every scenario could be read and passed.
    var hasPassed: Bool { failed == 0 && !diagnostics.contains { $0.severity == .error } }

    /// Failures at length, then a line for each file and the sum.
    func lines(_ style: Style) -> [String] {
        var lines: [String] = []
        let renderer = DiagnosticRenderer(ConfigurationBundle(files: files.scenarios))
        for diagnostic in diagnostics { lines += [renderer.text(diagnostic), ""] }
        for result in results where !result.hasPassed { lines += [files.text(of: result), ""] }
        lines = lines.map { Output.safe($0, keepsLines: true) }
        for (file, passed, failed) in counts {
            let counts = failed == 0 ? style.green("\(passed) passed") : style.red("\(failed) failed, \(passed) passed")
            lines.append("\(Output.safe(file)): \(counts)")
        }
        let sum = "\(results.count) scenario\(results.count == 1 ? "" : "s"), \(failed) failed"
        lines.append(hasPassed ? sum : style.red(sum))
        return lines
    }

    /// In the order of the files.
    private var counts: [(file: String, passed: Int, failed: Int)] {
        var counts: [(file: String, passed: Int, failed: Int)] = []
        for result in results {
            if counts.last?.file != result.location.file { counts.append((result.location.file, 0, 0)) }
            if result.hasPassed {
                counts[counts.count - 1].passed += 1
            } else {
                counts[counts.count - 1].failed += 1
            }
        }
        return counts
    }

    // MARK: Coverage

    struct CoveredType {
        let id: RequestTypeID
        let steps: Int
        let outcomes: Int
        let missingSteps: [StepID]
        let missingOutcomes: [OutcomeID]
    }

    /// Of every request type, by identifier.
    var coverage: [CoveredType] {
        var all = ScenarioCoverage()
        for result in results { all.formUnion(result.coverage) }
        return configuration.requestTypes.values.sorted { $0.id < $1.id }.map { type in
            CoveredType(
                id: type.id, steps: type.index.all.count, outcomes: type.outcomes.count,
                missingSteps: all.missingSteps(of: type), missingOutcomes: all.missingOutcomes(of: type))
        }
    }

    func coverageLines(_ style: Style) -> [String] {
        var table = Table(["TYPE", "STEPS", "OUTCOMES", "MISSING"], flexible: 3)
        table.rows = coverage.map { type in
            let missing = type.missingSteps.map(\.text) + type.missingOutcomes.map { "outcome \($0)" }
            return [
                Table.Cell(type.id.text) { $0.bold($1) },
                Table.Cell("\(type.steps - type.missingSteps.count)/\(type.steps)"),
                Table.Cell("\(type.outcomes - type.missingOutcomes.count)/\(type.outcomes)"),
                Table.Cell(missing.joined(separator: ", ")) { $0.yellow($1) },
            ]
        }
        return table.lines(style: style)
    }
}
