import ArgumentParser
import Expressions
import ServiceDesk

/// `bureaud audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Works with the record of what was done to the platform.",
        subcommands: [Export.self])

    /// `bureaud audit export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the audit as JSON Lines, for `bureau audit verify`.",
            discussion: "Exporting is recorded itself.")

        @Option(help: "administration, sign_in, reads or exports; all, unless said.")
        var log: String?

        @Option(help: "The first day, in UTC: 2026-11-22.")
        var from: String?

        @Option(help: "The last day, in UTC.")
        var to: String?

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let logs = try log.map { name in
                guard let log = AuditLog(rawValue: name) else {
                    let names = AuditLog.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--log takes one of: \(names).")
                }
                return [log]
            }
            let (from, to) = (try day(from, "--from"), try day(to, "--to"))
            try await Administration.run(options) { assembly in
                let export = try await assembly.desk.auditExport(
                    of: logs, from: from, to: to, by: AuditRecord.operator)
                try await export.write { line in Console.print(String(line.dropLast())) }
            }
        }

        private func day(_ text: String?, _ option: String) throws -> CivilDate? {
            guard let text else { return nil }
            guard let date = CivilDate(iso8601: text) else {
                throw ValidationError("\(option) takes a day such as 2026-11-22.")
            }
            return date
        }
    }
}
