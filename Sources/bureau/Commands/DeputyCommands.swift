import ArgumentParser
import WorkflowCore

struct Deputy: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who stands in for you, and for whom you do.",
        subcommands: [List.self, Appoint.self, Withdraw.self], defaultSubcommand: List.self)

    /// One's own appointments, or those for a department's requests, which its administrators make.
    static func path(of department: String?) throws(ClientError) -> String {
        guard let department else { return "/api/v1/me/deputies" }
        return "/api/v1/departments/\(try segment(department, "department"))/deputies"
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who stands in for whom.")

        @Option(help: "Those of a department's requests; for its administrators.")
        var department: String?

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let answer = try connection.client().get(try Deputy.path(of: department))
            try connection.show(answer) { Self.lines($0, Style()) }
        }

        static func lines(_ answer: JSONValue, _ style: Style) -> [String] {
            var table = Table(["FOR", "DEPUTY", "DEPARTMENT", "FROM", "UNTIL", "ID"], flexible: 1)
            let rows = (answer["deputies"]?.elements ?? []) + (answer["stands_in_for"]?.elements ?? [])
            table.rows = rows.map { row in
                [
                    Table.Cell(row["person"]?["name"]?.text), Table.Cell(row["deputy"]?["name"]?.text),
                    Table.Cell(row["department"]?.text ?? "all"), Table.Cell(row["from"]?.text),
                    Table.Cell(row["until"]?.text), Table.Cell(row["id"]?.text),
                ]
            }
            return table.rows.isEmpty ? [style.dim("Nobody stands in.")] : table.lines(style: style)
        }
    }

    struct Appoint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Lets somebody stand in for you, or for somebody in the requests of a department that you administer.")

        @Argument(help: "The handle of who stands in.")
        var deputy: String

        @Option(help: "For that department's requests alone.")
        var department: String?

        @Option(
            name: .customLong("for"), help: "The handle of who is stood in for, when it is not you; with --department.")
        var person: String?

        @Option(help: "The first day, such as 2026-12-01.")
        var from: String?

        @Option(help: "The last day.")
        var until: String?

        @OptionGroup var connection: ConnectionOptions

        func validate() throws {
            if person != nil && department == nil {
                throw ValidationError("--for wants --department: whose requests it is for.")
            }
        }

        func run() throws {
            var body: [String: JSONValue] = ["deputy": .string(deputy)]
            body["from"] = from.map { .string($0) }
            body["until"] = until.map { .string($0) }
            if let person {
                body["person"] = .string(person)
            } else {
                body["department"] = department.map { .string($0) }
            }
            let path = try Deputy.path(of: person == nil ? nil : department)
            try connection.show(try connection.client().post(path, .object(body))) { answer in
                let (deputy, person) = (answer["deputy"]?["name"]?.text ?? "", answer["person"]?["name"]?.text ?? "")
                return [Output.safe("\(deputy) stands in for \(person).")]
            }
        }
    }

    struct Withdraw: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends an appointment.")

        @Argument(help: "Its identifier, as the list shows it.")
        var id: String

        @Option(help: "When it is for a department's requests and you administer that.")
        var department: String?

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            try connection.client().delete("\(try Deputy.path(of: department))/\(try segment(id, "deputy"))")
            Output.line("It has ended.")
        }
    }
}
