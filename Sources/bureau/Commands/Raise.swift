import ArgumentParser
import WorkflowCore

struct Raise: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Raise a request.", discussion: "On a terminal, what is missing is asked.")

    @Argument(help: "A request type: hr.leave.")
    var type: String

    @Option(help: ArgumentHelp("An entry of the form; again for further values of a list.", valueName: "name=value"))
    var field: [String] = []

    @Option(name: .customLong("for"), help: ArgumentHelp("Whom it is for; you, unless said.", valueName: "handle"))
    var beneficiary: String?

    @Option(help: ArgumentHelp("A file with the form as a JSON object, - for standard input.", valueName: "file"))
    var jsonForm: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let client = try connection.client()
        let input = try FormInput(fields: field, jsonForm: jsonForm)
        let entry = try client.get("/api/v1/catalogue/\(try segment(type, "request type"))")
        let form = (entry["form"]?.elements ?? []).map(FormField.init)
        let asks = FormDialog.isPossible && !connection.json
        let request = try FormSubmission(form: form, asks: asks).submit(input.entries(for: form)) {
            (entries) throws(ClientError) in
            var body: [String: JSONValue] = ["type": .string(type), "form": .object(entries)]
            if let beneficiary { body["for"] = .string(beneficiary) }
            return try client.post("/api/v1/requests", .object(body))
        }
        try connection.show(request) { RequestText.lines($0, Style()) }
    }
}

/// Sends a form, and on a terminal asks until it is accepted or nothing is answered.
struct FormSubmission {
    let form: [FormField]
    let asks: Bool

    func submit(
        _ entries: [String: JSONValue], send: ([String: JSONValue]) throws(ClientError) -> JSONValue
    ) throws(ClientError) -> JSONValue {
        guard asks else { return try send(entries) }
        let dialog = FormDialog(form: form)
        var entries = try dialog.completed(entries)
        while true {
            do {
                return try send(entries)
            } catch {
                guard case .refused(let problem) = error, let corrected = try dialog.corrected(entries, problem) else {
                    throw error
                }
                entries = corrected
            }
        }
    }
}
