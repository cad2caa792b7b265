import ArgumentParser
import PostgresStorage
import ServiceDesk
import WorkflowCore

/// `bureaud config`.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Works with the configuration that is stored.", subcommands: [Apply.self])

    /// `bureaud config apply`.
    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a configuration folder and lets new requests start on it.")

        @Argument(help: "The folder, as Config.")
        var directory: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            // Checked before anything is started.
            let checked = try ConfigurationFolder.check(Files.absolute(directory))
            for warning in checked.warnings { DaemonLogHandler.writeToStandardError(warning + "\n") }
            let isNew = try await Administration.run(options) { assembly in
                try await assembly.apply(checked, by: AuditRecord.operator)
            }
            Console.print(
                isNew
                    ? "Applied configuration \(checked.version)."
                    : "Configuration \(checked.version) is applied already.")
        }
    }
}

extension DeskAssembly {
    /// Applies the folder that is applied at every start, unless it is what the operator applied last: what owners have applied since
    /// then stays in use.
    ///
    /// - Returns: whether it was applied.
    func applyAtStart(_ checked: ConfigurationFolder.Checked) async throws -> Bool {
        let last = try await storage.applications(by: AuditRecord.operator, limit: 1).first
        guard last?.version != checked.version else { return false }
        // Also when it is current by somebody else's doing, so that it is known at the next start.
        _ = try await desk.applyConfiguration(files: checked.files, by: AuditRecord.operator)
        return true
    }

    /// Stores a configuration and makes it current, unless it is.
    ///
    /// - Parameter principal: who applies it, for the audit.
    /// - Returns: whether it was another one than the current.
    func apply(_ checked: ConfigurationFolder.Checked, by principal: String) async throws -> Bool {
        let current = try await storage.currentVersion()
        guard current != checked.version else { return false }
        _ = try await desk.applyConfiguration(files: checked.files, by: principal)
        return true
    }
}
