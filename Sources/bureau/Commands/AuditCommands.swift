import ArgumentParser
import ServiceDesk
import WorkflowCore

/// For auditors.
struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What was done to the platform, and whether that record is whole.",
        subcommands: [AuditVerify.self])
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
