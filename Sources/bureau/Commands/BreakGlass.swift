import ArgumentParser
import WorkflowCore

struct BreakGlass: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "break-glass",
        abstract: "Open a request for reading by exception, as an administrator of the platform.",
        discussion: "Its department is told who it was and why. It ends by itself; --end ends it before.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Option(help: "Why; its department reads it.")
    var reason: String?

    @Flag(help: "End it.")
    var end = false

    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        if end == (reason != nil) { throw ValidationError("Say why with --reason, or end it with --end.") }
    }

    func run() throws {
        let path = "/api/v1/requests/\(try segment(id, "request"))/break-glass"
        guard let reason else {
            try connection.client().delete(path)
            return Output.line("It is closed again.")
        }
        let answer = try connection.client().post(path, .object(["reason": .string(reason)]))
        try connection.show(answer) { answer in
            [
                "\(Output.safe(answer["number"]?.text ?? id)) is open to you for reading until "
                    + "\(Moment.full(answer["until"]?.text)). Its department knows."
            ]
        }
    }
}
