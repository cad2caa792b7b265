import ArgumentParser
import WorkflowCore

struct Restrict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let only a team of its department see a request.",
        discussion: "Whoever asked, whom it is for and who has work in it now see it besides.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Argument(help: "The team, such as hr-confidential.")
    var team: String

    @Option(help: "Why; for those who work on the request.")
    var reason: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        _ = try connection.client().post(
            "/api/v1/requests/\(try segment(id, "request"))/restriction",
            .object(["team": .string(team), "reason": .string(reason)]))
        Output.line("It is restricted.")
    }
}

struct Unrestrict: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "End the restriction of a request.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Option(help: "Why; for those who work on the request.")
    var reason: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        _ = try connection.client().post(
            "/api/v1/requests/\(try segment(id, "request"))/restriction/end", .object(["reason": .string(reason)]))
        Output.line("It is no longer restricted.")
    }
}
