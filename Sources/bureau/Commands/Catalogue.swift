import ArgumentParser
import WorkflowCore

struct Catalogue: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What you may raise; with a type, its form.")

    @Argument(help: "A request type: hr.leave.")
    var type: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let client = try connection.client()
        guard let type else {
            try connection.show(try client.get("/api/v1/catalogue")) { Self.list($0, Style()) }
            return
        }
        try connection.show(try client.get("/api/v1/catalogue/\(try segment(type, "request type"))")) {
            Self.entry($0, Style())
        }
    }

    static func list(_ answer: JSONValue, _ style: Style) -> [String] {
        var table = Table(["TYPE", "TITLE", "DEPARTMENT"], flexible: 1)
        table.rows = (answer["items"]?.elements ?? []).map { entry in
            [
                Table.Cell(entry["type"]?.text) { $0.bold($1) }, Table.Cell(entry["title"]?.text),
                Table.Cell(entry["department_title"]?.text),
            ]
        }
        guard !table.rows.isEmpty else { return [style.dim("There is nothing that you may raise.")] }
        return table.lines(style: style)
    }

    static func entry(_ entry: JSONValue, _ style: Style) -> [String] {
        var lines = [
            style.bold(Output.safe(entry["title"]?.text ?? "")) + "  "
                + Output.safe(entry["department_title"]?.text ?? "")
        ]
        if let summary = entry["summary"]?.text { lines.append(Output.safe(summary)) }
        var table = Table(["FIELD", "LABEL", "TYPE", "CHOICES"], flexible: 1)
        let fields = (entry["form"]?.elements ?? []).flatMap { field in
            [("", field)] + (field["columns"]?.elements ?? []).map { ("  ", $0) }
        }
        table.rows = fields.map { indent, field in
            var type = field["type"]?.text ?? ""
            if let element = field["element_type"]?.text { type += " of \(element)" }
            if field["optional"]?.isTrue == true { type += ", optional" }
            if let condition = field["ask_when"]?.text { type += ", when \(condition)" }
            if let source = field["computed"]?.text { type += ", computed: \(source)" }
            let choices = (field["choices"]?.elements ?? []).compactMap { $0["value"]?.text }
            return [
                Table.Cell(field["id"]?.text.map { indent + $0 }) { $0.bold($1) }, Table.Cell(field["label"]?.text),
                Table.Cell(type),
                Table.Cell(choices.joined(separator: ", ")),
            ]
        }
        return lines + (table.rows.isEmpty ? [] : [""] + table.lines(style: style))
    }
}

extension ConnectionOptions {
    /// Prints an answer: as it is with `--json`, else as people read it.
    func show(_ answer: JSONValue, _ lines: (JSONValue) -> [String]) throws {
        if json {
            Output.line(String(decoding: answer.bytes, as: UTF8.self))
        } else {
            for line in lines(answer) { Output.line(line) }
        }
    }
}
