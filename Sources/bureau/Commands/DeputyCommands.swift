import ArgumentParser
import WorkflowCore

struct Deputy: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Who stands in for you, and for whom you do.",
        subcommands: [List.self, Appoint.self, Withdraw.self], defaultSubcommand: List.self)

    static let path = "/api/v1/me/deputies"

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who stands in for whom.")

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let answer = try connection.client().get(Deputy.path)
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
            abstract: "Lets somebody stand in for you.")

        @Argument(help: "The handle of who stands in.")
        var deputy: String

        @Option(help: "For that department's requests alone.")
        var department: String?

        @Option(help: "The first day, such as 2026-12-01.")
        var from: String?

        @Option(help: "The last day.")
        var until: String?

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            var body: [String: JSONValue] = ["deputy": .string(deputy)]
            body["from"] = from.map { .string($0) }
            body["until"] = until.map { .string($0) }
            body["department"] = department.map { .string($0) }
            try connection.show(try connection.client().post(Deputy.path, .object(body))) { answer in
                let (deputy, person) = (answer["deputy"]?["name"]?.text ?? "", answer["person"]?["name"]?.text ?? "")
                return [Output.safe("\(deputy) stands in for \(person).")]
            }
        }
    }

    struct Withdraw: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends an appointment.")

        @Argument(help: "Its identifier, as the list shows it.")
        var id: String

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            try connection.client().delete("\(Deputy.path)/\(try segment(id, "deputy"))")
            Output.line("It has ended.")
        }
    }
}
