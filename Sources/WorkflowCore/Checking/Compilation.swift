/// What compiling configuration files gives.
public struct Compilation: Sendable {
    /// What may be applied; nil when there is an error among the diagnostics.
    public var configuration: Configuration? { errors.isEmpty ? runnable : nil }
    /// What the files mean, also where the checker objects to it; nil when that cannot be told. A release whose checker finds more
    /// than the one before runs on this what is applied already: requests that started on it have to go on.
    public let runnable: Configuration?
    /// All of them, in the order of files, lines and columns.
    public let diagnostics: [Diagnostic]

    /// Takes the parts as they are.
    public init(runnable: Configuration?, diagnostics: [Diagnostic]) {
        self.runnable = runnable
        self.diagnostics = diagnostics
    }

    /// Why nothing may be applied.
    public var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}
