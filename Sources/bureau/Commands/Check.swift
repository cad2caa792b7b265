import ArgumentParser
import JSONText
import WorkflowConfiguration
import WorkflowCore

/// Needs no server: what `bureaud` would refuse, with file, line and column.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check configuration files.", discussion: "Exits with 1 when there are errors.")

    @Argument(help: "The folder with shared/ and departments/.")
    var directory = "Config"

    @Flag(help: "Print the diagnostics as JSON.")
    var json = false

    func run() throws {
        let bundle: ConfigurationBundle
        do {
            bundle = try ConfigurationBundle.load(directory: directory)
        } catch {
            throw ClientError.usage("\(directory): \(error)")
        }
        let diagnostics = Compiler.compile(bundle, version: "check").diagnostics
        let errors = diagnostics.count { $0.severity == .error }
        if json {
            Output.line(Self.text(of: diagnostics))
        } else {
            let renderer = DiagnosticRenderer(bundle)
            for diagnostic in diagnostics {
                Output.line(Output.safe(renderer.text(diagnostic), keepsLines: true))
                Output.line()
            }
            let warnings = diagnostics.count - errors
            let counts = [(bundle.files.count, "file"), (errors, "error"), (warnings, "warning")]
            Output.line(counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", "))
        }
        if errors > 0 { throw ExitCode(1) }
    }

    /// An array with one object for each diagnostic.
    static func text(of diagnostics: [Diagnostic]) -> String {
        var writer = JSONWriter()
        writer.array(diagnostics) { writer, diagnostic in
            writer.object { writer in
                writer.key("code")
                writer.string(diagnostic.code)
                writer.key("severity")
                writer.string(diagnostic.severity.rawValue)
                writer.key("message")
                writer.string(diagnostic.message)
                writer.key("hint")
                writer.string(diagnostic.hint)
                writer.key("file")
                writer.string(diagnostic.location.file)
                writer.key("line")
                writer.integer(diagnostic.location.line)
                writer.key("column")
                writer.integer(diagnostic.location.column)
                writer.key("length")
                writer.integer(diagnostic.location.length)
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
