import ArgumentParser
import WorkflowCore

struct ConfirmInvitation: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm-invitation",
        abstract: "Confirm that somebody of your department gets a code to set a password.",
        discussion: "Ask them first whether they want it: whoever made the code could use it as well.")

    @Argument(help: "The person's handle.")
    var handle: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        _ = try connection.client().post(
            "/api/v1/accounts/\(try segment(handle, "person"))/invitation/confirmation", .object([:]))
        Output.line("The code is good now.")
    }
}
