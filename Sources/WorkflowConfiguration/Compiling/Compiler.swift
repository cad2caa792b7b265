public import WorkflowCore

/// Turns configuration files into definitions, or says everything that is wrong with them.
public enum Compiler {
    /// Checks the whole organisation together. Pure: the same files give the same result.
    ///
    /// - Parameter version: the content address of the files, which the configuration then carries.
    public static func compile(_ bundle: ConfigurationBundle, version: ConfigurationVersion) -> Compilation {
        let findings = Findings()
        let configuration = BundleCompiler(findings: findings).compile(bundle, version: version)
        let diagnostics = findings.sorted
        let isWhole = diagnostics.allSatisfy { $0.severity != .error || !DiagnosticCode.hidesMeaning($0.code) }
        return Compilation(runnable: isWhole ? configuration : nil, diagnostics: diagnostics)
    }
}
