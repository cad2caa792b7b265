public import WorkflowCore

/// What compiling a bundle gives.
public struct Compilation: Sendable {
    /// Nil when there is an error among the diagnostics.
    public let configuration: Configuration?
    /// All of them, in the order of files, lines and columns.
    public let diagnostics: [Diagnostic]
}

/// Turns configuration files into definitions, or says everything that is wrong with them.
public enum Compiler {
    /// Checks the whole organisation together. Pure: the same files give the same result.
    ///
    /// - Parameter version: the content address of the files, which the configuration then carries.
    public static func compile(_ bundle: ConfigurationBundle, version: ConfigurationVersion) -> Compilation {
        let findings = Findings()
        let configuration = BundleCompiler(findings: findings).compile(bundle, version: version)
        return Compilation(
            configuration: findings.errorCount == 0 ? configuration : nil, diagnostics: findings.sorted)
    }
}
