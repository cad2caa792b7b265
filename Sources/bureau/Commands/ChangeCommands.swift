import ArgumentParser
import WorkflowCore

struct Amend: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Change what may still change of a request.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Option(help: ArgumentHelp("A new entry; an empty one clears the field.", valueName: "name=value"))
    var field: [String] = []

    @Option(help: ArgumentHelp("A file with entries as a JSON object, - for standard input.", valueName: "file"))
    var jsonForm: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let client = try connection.client()
        let path = "/api/v1/requests/\(try segment(id, "request"))"
        let form = (try client.get(path)["amendable"]?.elements ?? []).map(FormField.init)
        var entries = try FormInput(fields: field, jsonForm: jsonForm).entries(for: form)
        for (name, entry) in entries where entry == .string("") { entries[name] = .null }
        guard !entries.isEmpty else {
            let names = form.map(\.id).joined(separator: ", ")
            throw ClientError.usage(
                names.isEmpty
                    ? "You cannot change anything of \(id) now." : "Say what: --field name=value; of \(names).")
        }
        let answer = try client.post("\(path)/amendments", .object(["form": .object(entries)]))
        try connection.show(answer) { RequestText.lines($0, Style()) }
    }
}

struct Tell: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event", abstract: "Tell requests that something has happened outside.",
        discussion: "Without --request it goes to all that wait for it by its key, now or in the next days.")

    @Argument(help: "The event: parcel_arrived.")
    var event: String

    @Option(help: "What it is about.")
    var key: String?

    @Option(help: ArgumentHelp("Only to this request.", valueName: "id"))
    var request: String?

    @Option(help: ArgumentHelp("What it brings.", valueName: "name=value"))
    var field: [String] = []

    @Option(help: ArgumentHelp("A file with its data as a JSON object, - for standard input.", valueName: "file"))
    var jsonForm: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let client = try connection.client()
        var body: [String: JSONValue] = [
            "event": .string(event),
            "data": .object(try FormInput(fields: field, jsonForm: jsonForm).entries(for: [])),
        ]
        if let key { body["key"] = .string(key) }
        if let request {
            let answer = try client.post("/api/v1/requests/\(try segment(request, "request"))/events", .object(body))
            return try connection.show(answer) { RequestText.lines($0, Style()) }
        }
        guard key != nil else {
            throw ClientError.usage("Say --key, by which the event finds who waits for it, or --request.")
        }
        let answer = try client.post("/api/v1/events", .object(body))
        try connection.show(answer) { receipt in
            if let until = receipt["kept_until"]?.text {
                return ["Nobody waits for it yet; it is kept until \(until)."]
            }
            return ["Told those who waited for it."]
        }
    }
}

struct Rate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say how a request of yours went.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Argument(help: "1 (badly) to 5 (very well).")
    var score: Int

    @Option(help: "What to say about it.")
    var comment: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        var body: [String: JSONValue] = ["score": .number(String(score))]
        if let comment { body["comment"] = .string(comment) }
        let answer = try connection.client().post(
            "/api/v1/requests/\(try segment(id, "request"))/rating", .object(body))
        try connection.show(answer) { RequestText.lines($0, Style()) }
    }
}

struct Reopen: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Continue a request that has ended in a new one.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Option(help: ArgumentHelp("An entry that is to be another one.", valueName: "name=value"))
    var field: [String] = []

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let client = try connection.client()
        let path = "/api/v1/requests/\(try segment(id, "request"))"
        let entries = try FormInput(fields: field, jsonForm: nil).entries(for: [])
        let answer = try client.post("\(path)/reopening", .object(["form": .object(entries)]))
        try connection.show(answer) { RequestText.lines($0, Style()) }
    }
}
