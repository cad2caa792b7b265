import ArgumentParser
import ServiceDesk
import WorkflowCore

/// For auditors.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What was done to the platform, and whether that record is whole.",
        subcommands: [AuditList.self, AuditExportCommand.self, AuditVerify.self])
}

struct AuditList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Entries of one log, the newest first.")

    @Argument(help: "administration, sign_in, reads or exports.")
    var log = "administration"

    @Option(help: "The first day, in UTC: 2026-11-22.")
    var from: String?

    @Option(help: "The last day, in UTC.")
    var to: String?

    @Option(help: "Only entries of that kind: people.imported.")
    var kind: String?

    @Option(help: "Only what that principal did: operator, person:…")
    var principal: String?

    @OptionGroup var page: PageOptions

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let answer = try connection.client().get(
            "/api/v1/audit",
            query: [
                ("log", log), ("from", from), ("to", to), ("kind", kind), ("principal", principal),
            ] + page.query)
        try connection.show(answer) { Self.list($0, Style()) }
    }

    static func list(_ answer: JSONValue, _ style: Style) -> [String] {
        var table = Table(["WHEN", "WHO", "WHAT", "OF", "DETAILS"], flexible: 4)
        table.rows = (answer["items"]?.elements ?? []).map { entry in
            [
                Table.Cell(Moment.full(entry["at"]?.text)),
                Table.Cell(entry["person"]?["handle"]?.text ?? entry["principal"]?.text),
                Table.Cell(entry["kind"]?.text) { $0.bold($1) }, Table.Cell(entry["subject"]?.text),
                Table.Cell(facts(entry["words"]) + facts(entry["details"])),
            ]
        }
        guard !table.rows.isEmpty else { return [style.dim("There are no such entries.")] }
        return table.lines(style: style) + PageOptions.more(answer, style)
    }

    private static func facts(_ value: JSONValue?) -> String {
        guard case .object(let members)? = value else { return "" }
        return members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text ?? "") " }.joined()
    }
}

struct AuditExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the audit as JSON Lines, for `bureau audit verify`.",
        discussion: "Exporting is recorded itself. Without a log, all are exported.")

    @Option(help: "administration, sign_in, reads or exports.")
    var log: String?

    @Option(help: "The first day, in UTC: 2026-11-22.")
    var from: String?

    @Option(help: "The last day, in UTC.")
    var to: String?

    @Option(name: .shortAndLong, help: "The file; the standard output, unless said.")
    var output: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let lines = try connection.client().lines(
            "/api/v1/audit/export", query: [("log", log), ("from", from), ("to", to)])
        try Exported.write(lines, to: output)
    }
}

struct Journal: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the journal of a request as JSON Lines, for `bureau audit verify`.",
        discussion: "What you may not read is in it as hashes and digests.")

    @Argument(help: "Its number or identifier.")
    var id: String

    @Option(name: .shortAndLong, help: "The file; the standard output, unless said.")
    var output: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let lines = try connection.client().lines("/api/v1/requests/\(try segment(id, "request"))/journal")
        try Exported.write(lines, to: output)
    }
}

/// Needs no server.
struct AuditVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check an export: nothing in it was changed, left out, added or moved.",
        discussion: """
            Exits with 1 when something is wrong, and names the lines. Whoever can write a whole export anew can also compute its \
            hashes: compare the heads with those of an export that was kept elsewhere.
            """)

    @Argument(help: "The file, as `bureau audit export` or `bureau journal` wrote it; - is the standard input.")
    var file: String

    func run() throws {
        var verifier = ExportVerifier()
        try TextFile.lines(of: file) { verifier.read($0) }
        let report = verifier.finish()
        for chain in report.chains {
            Output.line("\(Output.safe(chain.name))  \(chain.entries) entries  head \(chain.head)")
        }
        if report.erased > 0 { Output.line("\(report.erased) texts or values were erased; their digests are whole.") }
        if report.withheld > 0 {
            Output.line(
                "\(report.withheld) entries or values were withheld from whoever exported, and are not checked.")
        }
        for fault in report.faults { Output.error("\(file): \(Output.safe(fault.description))") }
        guard report.faults.isEmpty else { throw ExitCode(1) }
        Output.line("The export is whole.")
    }
}

/// Where exports go.
enum Exported {
    static func write(_ lines: [UInt8], to file: String?) throws {
        let text = String(decoding: lines, as: UTF8.self)
        guard let file else {
            Output.text(text)
            return
        }
        try TextFile.write(text, to: file)
    }
}
