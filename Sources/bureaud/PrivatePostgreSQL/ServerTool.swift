import Subprocess
import SystemPackage

/// Runs PostgreSQL's own programs to their end.
struct ServerTool: Sendable {
    /// A program of `PostgresBinaries`, with its path.
    let path: String
    /// Whom it runs as; nil: as the daemon.
    let account: OSAccount?

    /// Runs the program and waits for it.
    ///
    /// - Parameter environment: variables beside the few that it always gets; nothing is inherited, since the daemon's
    ///   environment may hold connection strings.
    /// - Throws: a refusal with the end of what the program said, when it fails.
    func run(_ arguments: [String], environment: [Environment.Key: String] = [:], failing code: Refusal.Code)
        async throws
    {
        var variables: [Environment.Key: String] = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"]
        variables.merge(environment) { $1 }
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(5))]
        let invocation = Invocation(path, arguments, as: account)
        let result = try await Subprocess.run(
            invocation.executable, arguments: invocation.arguments, environment: .custom(variables),
            // Any directory that every account may enter; the daemon's own may be closed to the server's account.
            workingDirectory: "/", platformOptions: options,
            output: .discarded, error: .string(limit: 256 * 1024))
        guard result.terminationStatus.isSuccess else {
            let program = FilePath(path).lastComponent?.string ?? path
            let said = result.standardError.split(separator: "\n").suffix(5).joined(separator: "\n")
            throw Refusal(code, "\(program) failed (\(result.terminationStatus)):\n\(said)")
        }
    }
}

/// A program and its arguments, perhaps run as another account.
///
/// Changing the account is left to `setpriv`, which does so in a process of its own. swift-subprocess's own options do
/// it between `clone` and `exec`, where glibc's `setuid` waits for threads that the copy of a process does not have: in
/// a process with other threads at work, for ever.
struct Invocation: Sendable {
    let executable: Executable
    let arguments: Arguments

    /// Part of util-linux, which Debian cannot be without.
    static let setpriv = "/usr/bin/setpriv"

    /// - Parameter account: whom to run as; nil: as this process. Only root may name another.
    init(_ path: String, _ arguments: [String], as account: OSAccount?) {
        guard let account else {
            executable = .path(FilePath(path))
            self.arguments = Arguments(arguments)
            return
        }
        executable = .path(FilePath(Self.setpriv))
        self.arguments = Arguments(
            ["--reuid=\(account.user)", "--regid=\(account.group)", "--clear-groups", "--", path] + arguments)
    }
}
