import ArgumentParser
import Expressions
import WorkflowCore

/// Lists with their filters, under names that their owner gave them.
struct View: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The lists that you saved with their filters.",
        discussion: "A view is meant by its name or its identifier; of two with one name --list says which.",
        subcommands: [List.self, Show.self, Save.self, Rename.self, Delete.self], defaultSubcommand: List.self)

    static let path = "/api/v1/me/views"

    /// Which view is meant.
    struct Choice: ParsableArguments {
        @Argument(help: "Its name or its identifier.")
        var view: String

        @Option(name: .customLong("list"), help: "inbox or requests, when you have saved that name for both.")
        var list: String?

        /// The one view that it is.
        func find(_ client: APIClient) throws(ClientError) -> JSONValue {
            let views = try client.get(View.path)["views"]?.elements ?? []
            let found = views.filter { row in
                (row["id"]?.text == view || row["name"]?.text == view) && (list == nil || row["list"]?.text == list)
            }
            guard let first = found.first else { throw .impossible("You have saved no view “\(view)”.") }
            guard found.count == 1 else {
                throw .usage("You have saved “\(view)” of two lists: say --list inbox or --list requests.")
            }
            return first
        }

        static func address(_ view: JSONValue) throws(ClientError) -> String {
            "\(View.path)/\(try segment(view["id"]?.text ?? "", "view"))"
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What you saved.")

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            try connection.show(try connection.client().get(View.path)) { Self.lines($0, Style()) }
        }

        static func lines(_ answer: JSONValue, _ style: Style) -> [String] {
            var table = Table(["NAME", "LIST", "FILTERS", "ID"], flexible: 0)
            table.rows = (answer["views"]?.elements ?? []).map { view in
                [
                    Table.Cell(view["name"]?.text) { $0.bold($1) }, Table.Cell(view["list"]?.text),
                    Table.Cell(filters(of: view).map { "\($0)=\($1)" }.joined(separator: " ")),
                    Table.Cell(view["id"]?.text),
                ]
            }
            return table.rows.isEmpty ? [style.dim("You have saved no views.")] : table.lines(style: style)
        }
    }

    /// By name.
    static func filters(of view: JSONValue) -> [(name: String, value: String)] {
        guard case .object(let members)? = view["filters"] else { return [] }
        return members.compactMap { name, value in value.text.map { (name, $0) } }.sorted { $0.0 < $1.0 }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The list as it is now, through its filters.")

        @OptionGroup var choice: Choice

        @OptionGroup var page: PageOptions

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let client = try connection.client()
            let view = try choice.find(client)
            let filters = View.filters(of: view).map { (name: $0.name, value: Optional($0.value)) } + page.query
            if view["list"]?.text == "requests" {
                // As on its page, one's own.
                let answer = try client.get("/api/v1/requests", query: filters + [("mine", "true")])
                try connection.show(answer) { Requests.list($0, Style()) }
            } else {
                let answer = try client.get("/api/v1/inbox", query: filters)
                try connection.show(answer) { Inbox.list($0, Style(), now: Moment.now().description) }
            }
        }
    }

    struct Save: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Saves a list with its filters, in the place of one of the same list and name.")

        @Argument(help: "What you call it.")
        var name: String

        @Option(help: "inbox or requests.")
        var list = "inbox"

        @Option(help: "Of the inbox: task, approval or decision.")
        var kind: String?

        @Option(help: "Of the inbox: only work of that department.")
        var department: String?

        @Flag(help: "Of the inbox: only what is yours in person.")
        var mine = false

        @Option(help: "Of your requests: open, ending or closed.")
        var phase: String?

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let filters = [
                "kind": kind, "department": department, "mine": mine ? "true" : nil, "phase": phase,
            ].compactMapValues { $0.map { JSONValue.string($0) } }
            let body = JSONValue.object(["list": .string(list), "name": .string(name), "filters": .object(filters)])
            try connection.show(try connection.client().post(View.path, body)) { view in
                [Output.safe("“\(view["name"]?.text ?? "")” is saved.")]
            }
        }
    }

    struct Rename: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a view another name.")

        @OptionGroup var choice: Choice

        @Argument(help: "The new name.")
        var name: String

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let client = try connection.client()
            let address = try Choice.address(try choice.find(client))
            let answer = try client.put("\(address)/name", .object(["name": .string(name)]))
            try connection.show(answer) { view in
                [Output.safe("It is called “\(view["name"]?.text ?? "")” now.")]
            }
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forgets a view. The list itself stays.")

        @OptionGroup var choice: Choice

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let client = try connection.client()
            try client.delete(try Choice.address(try choice.find(client)))
            Output.line("It is forgotten.")
        }
    }
}
