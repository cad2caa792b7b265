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

    @Option(name: .customLong("file"), help: "A file to attach; may be said up to ten times.", completion: .file())
    var files: [String] = []

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let client = try connection.client()
        var attachments: [JSONValue] = []
        for path in files {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            attachments.append(try client.upload(try BinaryFile.contents(of: path), name: name)["id"] ?? .null)
        }
        var body: [String: JSONValue] = ["text": .string(text), "audience": .string(to)]
        if !attachments.isEmpty { body["attachments"] = .array(attachments) }
        let answer = try client.post("/api/v1/requests/\(try segment(id, "request"))/comments", .object(body))
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
