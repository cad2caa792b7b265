import ArgumentParser
import WorkflowCore

struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "One request.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().get("/api/v1/requests/\(try segment(id, "request"))")
        try connection.show(answer) { RequestText.lines($0, Style()) }
    }
}

struct Comment: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Comment a request.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Argument(help: "What to say.")
    var text: String

    @Option(help: "Who reads it: public, internal (those who work on it), or a team of those, such as team:hr.")
    var to = "public"

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().post(
            "/api/v1/requests/\(try segment(id, "request"))/comments",
            .object(["text": .string(text), "audience": .string(to)]))
        try connection.show(answer) { RequestText.lines($0, Style()) }
    }
}

struct Cancel: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Cancel a request.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Option(help: "Why.")
    var reason: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().post(
            "/api/v1/requests/\(try segment(id, "request"))/cancellation",
            .object(reason.map { ["reason": .string($0)] } ?? [:]))
        try connection.show(answer) { RequestText.lines($0, Style()) }
    }
}
