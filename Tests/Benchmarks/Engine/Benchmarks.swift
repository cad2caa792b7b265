import Expressions
import FoundationEssentials
import Glibc
import WorkflowConfiguration
import WorkflowCore

/// What the pure parts take, in processor time of one core, as a table for the README.
///
///     swift run -c release benchmarks [--seconds 2] [--types 1000]
@main
enum Benchmarks {
    static func main() {
        do {
            try run()
        } catch {
            print("benchmarks: \(error)")
            exit(1)
        }
    }

    private static func run() throws {
        let seconds = option("--seconds").flatMap(Double.init) ?? 2
        let count = option("--types").flatMap { Int($0) } ?? 1000
        var table = ResultTable()
        try checking(count, seconds, &table)
        try playing(seconds, &table)
        try scenarios(seconds, &table)
        print(table.text)
    }

    private static func option(_ name: String) -> String? {
        let arguments = CommandLine.arguments
        guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
        return arguments[index + 1]
    }

    // MARK: Checking

    private static func checking(_ count: Int, _ seconds: Double, _ table: inout ResultTable) throws {
        let organisation = GeneratedOrganisation(types: count)
        let bundle = ConfigurationBundle(files: organisation.files)
        let compilation = Compiler.compile(bundle, version: "generated")
        for diagnostic in compilation.diagnostics.prefix(10) {
            print(DiagnosticRenderer(bundle).text(diagnostic))
        }
        guard compilation.configuration != nil, compilation.diagnostics.isEmpty else {
            throw BenchmarkError("The generated organisation has \(compilation.diagnostics.count) findings.")
        }
        let taken = Measuring.seconds(rounds: seconds < 1 ? 1 : 3) {
            Compiler.compile(bundle, version: "generated")
        }
        let bytes = organisation.files.values.reduce(0) { $0 + $1.utf8.count }
        table.add(
            "checking \(count) request types (\(organisation.stepCount) steps, \(bytes / 1024) KiB)",
            "\(ResultTable.text(taken, decimals: 2)) s")
        table.add("checked request types/s", Double(count) / taken)
    }

    // MARK: Engine

    private static func playing(_ seconds: Double, _ table: inout ResultTable) throws {
        let stage = try Stage()
        var commands = 0
        let rate = try Measuring.rate(seconds: seconds) {
            commands = try stage.play(encoding: false)
            return commands
        }
        table.add("engine commands/s, in memory", rate)
        table.add("whole processes/s (\(commands) commands each)", rate / Double(commands))
        let encoded = try Measuring.rate(seconds: seconds) {
            _ = try stage.play(encoding: true)
            return 1
        }
        table.add("whole processes/s, the state encoded and decoded at every command", encoded)
        let simulated = try Measuring.rate(seconds: seconds) {
            try stage.simulate()
            return 1
        }
        table.add("whole processes/s on a simulated desk, with effects and history", simulated)
    }

    // MARK: Scenarios

    private static func scenarios(_ seconds: Double, _ table: inout ResultTable) throws {
        let folder = option("--config") ?? "Config"
        let compilation = Compiler.compile(try ConfigurationBundle.load(directory: folder), version: "shipped")
        guard let configuration = compilation.configuration,
            let time = TimeFrame(configuration.organisation, zones: { ZoneFiles.rules(of: $0) })
        else { throw BenchmarkError("\(folder) has errors.") }
        let files = try ScenarioFiles.load(directory: folder)
        let suite = ScenarioSuite(files, configuration: configuration, time: time)
        guard suite.count > 0 else { throw BenchmarkError("\(folder) has no scenarios.") }
        let rate = Measuring.rate(seconds: seconds) { suite.run().count }
        table.add("scenario tests/s", rate)
        let read = Measuring.rate(seconds: seconds) {
            ScenarioSuite(files, configuration: configuration, time: time).run().count
        }
        table.add("scenario tests/s, reading their files included", read)
    }
}

/// Why nothing could be measured.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A table as Markdown has it.
struct ResultTable {
    private var rows: [(String, String)] = []

    mutating func add(_ name: String, _ value: Double) { add(name, Self.text(value, decimals: value < 100 ? 1 : 0)) }
    mutating func add(_ name: String, _ value: String) { rows.append((name, value)) }

    var text: String {
        (["| one core, processor time | |", "|---|---|"] + rows.map { "| \($0.0) | \($0.1) |" }).joined(separator: "\n")
    }

    /// Rounded, with thin groups of thousands.
    static func text(_ value: Double, decimals: Int) -> String {
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        let rounded = (value * factor).rounded() / factor
        guard decimals == 0 else { return "\(rounded)" }
        var digits = String(Int64(rounded))
        var grouped = ""
        while digits.count > 3 {
            grouped = " " + digits.suffix(3) + grouped
            digits = String(digits.dropLast(3))
        }
        return digits + grouped
    }
}
