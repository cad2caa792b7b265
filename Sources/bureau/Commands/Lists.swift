import ArgumentParser
import Expressions
import WorkflowCore

struct Requests: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Requests that you may see, the newest first.")

    @Option(help: "open, ending or closed.")
    var phase: String?

    @Option(help: "Only requests of that type.")
    var type: String?

    @Option(help: "Only requests of that department.")
    var department: String?

    @Flag(help: "Only those that you raised or that are for you.")
    var mine = false

    @OptionGroup var page: PageOptions

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().get(
            "/api/v1/requests",
            query: [
                ("phase", phase), ("type", type), ("department", department), ("mine", mine ? "true" : nil),
            ] + page.query)
        try connection.show(answer) { Self.list($0, Style()) }
    }

    static func list(_ answer: JSONValue, _ style: Style) -> [String] {
        var table = Table(["NUMBER", "TITLE", "FOR", "STATE", "CHANGED"], flexible: 1)
        table.rows = (answer["items"]?.elements ?? []).map { request in
            let outcome = request["outcome"]
            let isBad = outcome != nil && outcome?["good"]?.isTrue != true
            return [
                Table.Cell(request["number"]?.text) { $0.bold($1) }, Table.Cell(request["title"]?.text),
                Table.Cell(request["beneficiary"]?["name"]?.text),
                Table.Cell(outcome?["title"]?.text ?? outcome?["id"]?.text ?? request["phase"]?.text) {
                    isBad ? $0.red($1) : $1
                },
                Table.Cell(Moment.short(request["changed_at"]?.text)),
            ]
        }
        guard !table.rows.isEmpty else { return [style.dim("There are no such requests that you may see.")] }
        return table.lines(style: style) + PageOptions.more(answer, style)
    }
}

struct Search: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Requests that you may see, by the words in them, the newest first.",
        discussion: "All words must be there; the last one may be the beginning of a word.")

    @Argument(help: "A number, or words of the title, of what was entered or of comments.")
    var words: [String]

    @OptionGroup var page: PageOptions
    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().get(
            "/api/v1/requests/search", query: [("q", words.joined(separator: " "))] + page.query)
        try connection.show(answer) { Requests.list($0, Style()) }
    }
}

struct Counts: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "How much there is for you.")

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        try connection.show(try connection.client().get("/api/v1/counts")) { Self.lines($0, Style()) }
    }

    static func lines(_ counts: JSONValue, _ style: Style) -> [String] {
        var table = Table(["WHAT", "HOW MANY"], flexible: 0)
        func add(_ what: String, _ count: JSONValue?) {
            if case .number(let number)? = count { table.rows.append([Table.Cell(what), Table.Cell(number)]) }
        }
        add("your open requests", counts["mine"])
        for (kind, what) in [("task", "tasks"), ("approval", "approvals"), ("decision", "decisions")] {
            add("\(what) that wait for you", counts["waiting"]?[kind])
        }
        for row in counts["open"]?.elements ?? [] {
            add("open requests of \(row["department"]?.text ?? "")", row["count"])
        }
        return table.lines(style: style)
    }
}

struct Inbox: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What waits for you and your teams.")

    @Option(help: "task, approval or decision.")
    var kind: String?

    @Option(help: "Only work of that department.")
    var department: String?

    @Flag(help: "Only what is yours in person.")
    var mine = false

    @OptionGroup var page: PageOptions

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().get(
            "/api/v1/inbox",
            query: [("kind", kind), ("department", department), ("mine", mine ? "true" : nil)] + page.query)
        try connection.show(answer) { Self.list($0, Style(), now: Moment.now().description) }
    }

    static func list(_ answer: JSONValue, _ style: Style, now: String) -> [String] {
        var table = Table(["NUMBER", "STEP", "WHAT", "FOR", "DUE", "WITH"], flexible: 2)
        table.rows = (answer["items"]?.elements ?? []).map { item in
            let due = item["due"]?.text
            let isOverdue = due.map { $0 < now } ?? false
            let offered = (item["offered_to"]?.elements ?? []).compactMap { $0["name"]?.text }
            return [
                Table.Cell(item["request"]?["number"]?.text) { $0.bold($1) }, Table.Cell(item["instance"]?.text),
                Table.Cell(
                    [item["title"]?.text, item["request"]?["title"]?.text].compactMap(\.self).joined(separator: " · ")),
                Table.Cell(item["request"]?["beneficiary"]?["name"]?.text),
                Table.Cell(Moment.short(due)) { isOverdue ? $0.red($1) : $1 },
                Table.Cell(item["assignee"]?["name"]?.text ?? offered.joined(separator: ", ")),
            ]
        }
        guard !table.rows.isEmpty else { return [style.dim("Nothing waits for you.")] }
        return table.lines(style: style) + PageOptions.more(answer, style)
    }
}

struct Timeline: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What happened to a request.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @OptionGroup var page: PageOptions

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().get(
            "/api/v1/requests/\(try segment(id, "request"))/timeline",
            query: page.query)
        try connection.show(answer) { Self.list($0, Style()) }
    }

    static func list(_ answer: JSONValue, _ style: Style) -> [String] {
        var lines: [String] = []
        for entry in answer["items"]?.elements ?? [] {
            lines.append("\(style.dim(Moment.full(entry["at"]?.text)))  \(Output.safe(entry["text"]?.text ?? ""))")
            if let comment = entry["comment"]?.text {
                for line in Output.safe(comment, keepsLines: true).split(separator: "\n") {
                    lines.append("    \(line)")
                }
            }
        }
        return lines + PageOptions.more(answer, style)
    }
}

struct Me: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Who you are to the server.")

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        try connection.show(try connection.client().get("/api/v1/me")) { Self.lines($0, Style()) }
    }

    static func lines(_ profile: JSONValue, _ style: Style) -> [String] {
        func names(_ key: String) -> String {
            (profile[key]?.elements ?? []).compactMap { $0["name"]?.text }.joined(separator: ", ")
        }
        let departments = (profile["agent_of"]?.elements ?? []).compactMap(\.text).joined(separator: ", ")
        let handle = profile["person"]?["handle"]?.text ?? ""
        let facts = [
            ("email", profile["email"]?.text ?? ""), ("manager", profile["manager"]?["name"]?.text ?? ""),
            ("groups", names("groups")), ("teams", names("teams")), ("roles", names("roles")),
            ("agent of", departments),
        ]
        return ["\(style.bold(Output.safe(profile["person"]?["name"]?.text ?? "")))  \(Output.safe(handle))"]
            + facts.filter { !$0.1.isEmpty }.map { "\(style.dim($0.0)): \(Output.safe($0.1))" }
    }
}
