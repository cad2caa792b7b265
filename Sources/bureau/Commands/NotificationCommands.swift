import ArgumentParser
import WorkflowCore

struct Notifications: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What you were told, the newest first.")

    @Flag(help: "Only what you have not read.")
    var unread = false

    @Flag(help: "Notes that you have read all of it.")
    var read = false

    @OptionGroup var page: PageOptions

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let client = try connection.client()
        let answer = try client.get(
            "/api/v1/notifications",
            query: [("unread", unread ? "true" : nil)] + page.query)
        try connection.show(answer) { Self.list($0, Style()) }
        if read { _ = try client.post("/api/v1/notifications/read", .object([:])) }
    }

    static func list(_ answer: JSONValue, _ style: Style) -> [String] {
        let items = answer["items"]?.elements ?? []
        guard !items.isEmpty else { return [style.dim("You were told nothing.")] }
        let lines = items.map { item in
            let text = Output.safe(item["text"]?.text ?? "")
            return "\(style.dim(Moment.full(item["at"]?.text)))  \(item["read_at"] == nil ? style.bold(text) : text)"
        }
        return lines + PageOptions.more(answer, style)
    }
}
