import ArgumentParser
import WorkflowConfiguration
import WorkflowCore

/// Needs no server: what `bureaud` would refuse, with file, line and column.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check configuration files.",
        discussion: """
            Example: bureau check Config --against /srv/bureau/applied --format annotations
            Exits with 1 when there are errors, with 2 when a folder cannot be read. `bureau explain CODE` says more about a finding.
            """)

    @Argument(help: "The folder with shared/ and departments/.")
    var directory = "Config"

    @Option(
        help: "The folder of the version that is in use: says what it breaks for open requests and other departments.")
    var against: String?

    @Option(help: "text, json, sarif or annotations (of a CI run).")
    var format = FindingsFormat.text

    @Flag(help: "Print the diagnostics as JSON, as `--format json`.")
    var json = false

    func run() throws {
        let bundle = try Self.bundle(directory)
        let compilation = Compiler.compile(bundle, version: "check")
        var diagnostics = compilation.diagnostics
        if let against {
            let applied = Compiler.compile(try Self.bundle(against), version: "applied")
            // What an earlier release applied may have errors that only this one finds.
            guard let old = applied.runnable else {
                throw ClientError.usage("\(against) has errors; `bureau check \(against)` tells them all.")
            }
            // With errors of its own the new version has no definitions to compare.
            if let new = compilation.configuration { diagnostics += Compatibility.compare(old, new) }
        }
        let report = FindingsReport(diagnostics: diagnostics, bundle: bundle, directory: directory)
        let text = report.text(json ? .json : format)
        if !text.isEmpty { Output.line(text) }
        if report.errors > 0 { throw ExitCode(1) }
    }

    private static func bundle(_ directory: String) throws -> ConfigurationBundle {
        do {
            return try ConfigurationBundle.load(directory: directory)
        } catch {
            throw ClientError.usage("\(directory): \(error)")
        }
    }
}
