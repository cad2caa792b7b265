import ArgumentParser
import WorkflowCore

struct AccessOf: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Why somebody may see a request and do something with it, or what would let them.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Option(help: "Somebody's handle; you, unless said otherwise.")
    var person: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().get(
            "/api/v1/requests/\(try segment(id, "request"))/access", query: [("person", person)])
        try connection.show(answer) { Self.list($0, Style()) }
    }

    static func list(_ answer: JSONValue, _ style: Style) -> [String] {
        var lines = [
            style.bold(Output.safe(answer["person"]?["name"]?.text ?? "")) + ": the request: "
                + verdict(answer["request"])
        ]
        for (title, members) in [("Fields", "fields"), ("Steps", "steps"), ("Commands", "commands")] {
            let subjects = answer[members]?.elements ?? []
            guard !subjects.isEmpty else { continue }
            lines += ["", style.bold(title)]
            lines += subjects.map { subject in
                let names = ["command", "instance", "field"].compactMap { subject[$0]?.text }
                return "  " + Output.safe(names.joined(separator: " ")) + ": " + verdict(subject)
            }
        }
        return lines
    }

    /// `yes, as …` or `no, only …`.
    private static func verdict(_ verdict: JSONValue?) -> String {
        let rules = (verdict?["rules"]?.elements ?? []).compactMap { $0["text"]?.text }
        let text = Output.safe(rules.joined(separator: ", or "))
        if verdict?["allowed"]?.isTrue == true { return "yes, as \(text)" }
        return rules.isEmpty ? "no" : "no, only \(text)"
    }
}
