import ArgumentParser
import Glibc

/// The daemon and what an operator does around it.
@main
struct Bureaud: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bureaud", abstract: "Bureau's daemon: one service desk for every department.",
        subcommands: [
            ServeCommand.self, ConfigCommand.self, PeopleCommand.self, AccountCommand.self, TokenCommand.self,
            AuditCommand.self,
            MigrateCommand.self, BackupCommand.self, RestoreCommand.self, DatabaseCommand.self, SettingsCommand.self,
        ])

    /// Refusals are answers for people: their text to standard error, without a prefix, and exit code 1; 130 when a
    /// signal ended the command before its time. Whatever it was, the process then ends at once: what libraries do at an exit is not meant
    /// for threads that still run, and connections have theirs.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let refusal as Refusal {
            DaemonLogHandler.writeToStandardError("\(refusal)\n")
            end(refusal.code == .interrupted ? 130 : 1)
        } catch is CancellationError {
            end(130)
        } catch {
            exit(withError: error)
        }
        end(0)
    }

    private static func end(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }
}
