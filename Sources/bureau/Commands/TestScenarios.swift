import ArgumentParser
import Glibc
import WorkflowConfiguration

/// Needs no server and no database: plays the scenarios that lie beside the request types.
struct TestScenarios: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Play the scenarios of departments/<id>/tests/.",
        discussion: """
            Example: bureau test Config/departments/hr --filter leave --coverage
            Exits with 1 when a scenario fails or cannot be read, with 2 when the configuration has errors.
            """)

    /// How the results are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "The folder with shared/ and departments/, or a file or folder in it.")
    var path = "Config"

    @Option(help: "Only scenarios in whose name or file this text stands.")
    var filter: String?

    @Flag(help: "Say which steps never started and which outcomes were never reached.")
    var coverage = false

    @Option(help: "text or json.")
    var format = Format.text

    @Flag(help: "Play again whenever a file changes, until Ctrl-C.")
    var watch = false

    func run() throws {
        guard let root = ConfigurationRoot(around: path) else {
            throw ClientError.usage("\(path): no folder with shared/organisation.yaml is there or around it.")
        }
        guard watch else {
            guard try play(root) else { throw ExitCode(1) }
            return
        }
        while true {
            let before = Contents(root)
            let style = Style()
            if style.isColoured { Output.line("\u{1B}[2J\u{1B}[H") }
            do {
                _ = try play(root)
            } catch let error as ClientError {
                // Half-written files are no reason to stop watching.
                Output.error(error.text(style: style))
            }
            Output.line(style.dim("Waiting for changes in \(root.directory) …"))
            while Contents(root) == before { usleep(300_000) }
        }
    }

    /// Plays and prints; whether all passed.
    private func play(_ root: ConfigurationRoot) throws -> Bool {
        let run = try TestRun(root, filter: filter)
        switch format {
        case .json: Output.line(run.json)
        case .text:
            let style = Style()
            for line in run.lines(style) { Output.line(line) }
            if coverage { for line in [""] + run.coverageLines(style) { Output.line(line) } }
        }
        return run.hasPassed
    }
}

/// Everything that a run of the scenarios reads.
private struct Contents: Equatable {
    private let configuration: ConfigurationBundle?
    private let scenarios: ScenarioFiles?

    /// A folder that cannot be read just now, as while it is being replaced, is another content.
    init(_ root: ConfigurationRoot) {
        // Why it cannot be read is said when it is played.
        configuration = try? ConfigurationBundle.load(directory: root.directory)
        scenarios = try? ScenarioFiles.load(directory: root.directory)
    }
}
