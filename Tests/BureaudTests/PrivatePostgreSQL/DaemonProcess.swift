import Glibc
import Subprocess
import SystemPackage

@testable import bureaud

/// The built `bureaud`, run as a process of its own, so that it can be killed.
enum DaemonProcess {
    /// Lies beside the test bundle.
    static func executable() throws -> FilePath {
        FilePath(Files.parent(of: try Files.real("/proc/self/exe")) + "/bureaud")
    }

    /// Starts `bureaud database` on a data directory and kills it once its PostgreSQL answers.
    static func startAndKill(dataDirectory: String) async throws {
        _ = try await Subprocess.run(
            .path(executable()), arguments: ["database", "--data-directory", dataDirectory],
            input: .none, output: .sequence, error: .discarded
        ) { execution in
            for try await line in execution.standardOutput.strings() where line.contains("host=") {
                try execution.send(signal: .kill)
                break
            }
        }
    }

    /// Runs `bureaud` to its end; its exit code, and what it said on standard output and standard error.
    static func run(_ arguments: [String]) async throws -> (status: TerminationStatus, output: String, error: String) {
        let result = try await Subprocess.run(
            .path(executable()), arguments: Arguments(arguments), output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20))
        return (result.terminationStatus, result.standardOutput, result.standardError)
    }
}
