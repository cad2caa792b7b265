import ArgumentParser
import Glibc

@main
enum Main {
    /// 0 done, 1 refused, 2 wrong use, 3 the server cannot be reached.
    static func main() {
        do {
            var command = try Bureau.parseAsRoot()
            try command.run()
        } catch let error as ClientError {
            Output.error(error.text(style: Style(descriptor: STDERR_FILENO)))
            exit(error.exitCode)
        } catch {
            let code = Bureau.exitCode(for: error)
            let message = Bureau.fullMessage(for: error)
            if code == .success {
                if !message.isEmpty { Output.line(message) }
                exit(0)
            }
            if !message.isEmpty { Output.error(message) }
            exit(code == .validationFailure ? 2 : code.rawValue)
        }
    }
}

struct Bureau: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bureau",
        abstract: "One service desk for every department.",
        discussion: """
            The server comes from --server, BUREAU_SERVER or ~/.config/bureau/config (`server = …`), else \
            http://127.0.0.1:8080; the token from --token, BUREAU_TOKEN or the same file (`token = …`).
            Exit codes: 1 refused, 2 wrong use, 3 the server cannot be reached.
            """,
        version: "0.1.0",
        subcommands: [
            Catalogue.self, Raise.self, Requests.self, Search.self, Counts.self, Show.self, Timeline.self,
            AccessOf.self, Inbox.self, Claim.self,
            Release.self,
            Complete.self, Approve.self, Reject.self, Comment.self, Cancel.self, Retry.self, GiveUp.self, Accept.self,
            HandOver.self, Tick.self, AddVoter.self, AddElement.self, AddStep.self, Amend.self, Tell.self, Rate.self,
            Reopen.self, Restrict.self, Unrestrict.self, BreakGlass.self, Me.self, Session.self, Token.self,
            Deputy.self, ConfirmInvitation.self,
            Notifications.self, Preferences.self, View.self, Dashboard.self, Upload.self, Download.self, Journal.self,
            Audit.self,
            Apply.self, ShowConfiguration.self, People.self,
            Check.self, Explain.self, TestScenarios.self, Simulate.self, Draw.self, NewFiles.self,
        ])
}
