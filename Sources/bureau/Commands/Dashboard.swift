import ArgumentParser
import WorkflowCore

struct Dashboard: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How the requests of a department that you lead stand, in numbers.")

    @Argument(help: "The department, such as hr.")
    var department: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let path = "/api/v1/departments/\(try segment(department, "department"))/dashboard"
        try connection.show(try connection.client().get(path)) { Self.lines($0, Style()) }
    }

    static func lines(_ answer: JSONValue, _ style: Style) -> [String] {
        func number(_ value: JSONValue?) -> String? { if case .number(let text)? = value { text } else { nil } }
        var ages = Table(["OPEN SINCE", "REQUESTS"], flexible: 0)
        ages.rows = (answer["open_by_age"]?.elements ?? []).map { age in
            let span = number(age["younger_than_days"]).map { "less than \($0) d" } ?? "longer"
            return [Table.Cell(span), Table.Cell(number(age["count"]))]
        }
        var work = Table(["WAITING", "OPEN", "OVERDUE"], flexible: 0)
        work.rows = (answer["work"]?.elements ?? []).map { row in
            [Table.Cell(row["kind"]?.text), Table.Cell(number(row["open"])), Table.Cell(number(row["overdue"]))]
        }
        var load = Table(["PERSON", "TASKS", "OVERDUE"], flexible: 0)
        load.rows = (answer["load"]?.elements ?? []).map { row in
            [
                Table.Cell(row["person"]?["name"]?.text ?? "nobody yet"), Table.Cell(number(row["open"])),
                Table.Cell(number(row["overdue"])),
            ]
        }
        var flow = Table(["TYPE", "ENDED", "HALF WITHIN", "9 OF 10 WITHIN"], flexible: 0)
        flow.rows = (answer["flow"]?.elements ?? []).map { row in
            [
                Table.Cell(row["title"]?.text), Table.Cell(number(row["ended"])),
                Table.Cell(span(number(row["median_seconds"]))), Table.Cell(span(number(row["ninetieth_seconds"]))),
            ]
        }
        return [ages, work, load, flow].filter { !$0.rows.isEmpty }.map { $0.lines(style: style) }
            .reduce(into: []) { lines, table in lines += (lines.isEmpty ? [] : [""]) + table }
    }

    /// Hours, or days from two on.
    private static func span(_ seconds: String?) -> String? {
        seconds.flatMap { Int($0) }.map { $0 < 172_800 ? "\($0 / 3600) h" : "\($0 / 86_400) d" }
    }
}
