import ServiceDesk
import WorkflowConfiguration
import WorkflowCore

/// Compiles configurations for the daemon, which refuses whole what has an error anywhere.
enum ConfigurationFolder {
    /// The checked files of a folder, and what they compile to.
    struct Checked: Sendable {
        let files: [String: String]
        let version: ConfigurationVersion
        let configuration: Configuration
        /// Warnings, one text each, with the source line.
        let warnings: [String]
    }

    /// Reads and checks a folder.
    ///
    /// - Throws: a refusal that holds every diagnostic.
    static func check(_ directory: String) throws(Refusal) -> Checked {
        let bundle: ConfigurationBundle
        do {
            bundle = try ConfigurationBundle.load(directory: directory)
        } catch {
            throw Refusal(.configurationInvalid, "\(directory): \(error.description)")
        }
        let version = ConfigurationAddress.version(of: bundle.files)
        let compilation = Compiler.compile(bundle, version: version)
        let renderer = DiagnosticRenderer(bundle)
        guard let configuration = compilation.configuration else {
            throw refusal(compilation, renderer, hint: "Nothing was applied; `bureau check` shows the same.")
        }
        return Checked(
            files: bundle.files, version: version, configuration: configuration,
            warnings: compilation.diagnostics.map(renderer.text))
    }

    /// Compiles files that were stored; what `ServiceDesk` compiles with.
    @Sendable static func compile(files: [String: String], version: ConfigurationVersion) -> Compilation {
        Compiler.compile(ConfigurationBundle(files: files), version: version)
    }

    private static func refusal(_ compilation: Compilation, _ renderer: DiagnosticRenderer, hint: String?) -> Refusal {
        let errors = compilation.errors.count
        let texts = compilation.diagnostics.map(renderer.text).joined(separator: "\n\n")
        return Refusal(
            .configurationInvalid, "\(texts)\n\nThe configuration has \(errors) error\(errors == 1 ? "" : "s").",
            hint: hint)
    }
}
