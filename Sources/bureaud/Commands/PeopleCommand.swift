import ArgumentParser
import ServiceDesk

/// `bureaud people`.
struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Works with the directory of people.",
        subcommands: [Import.self, Untie.self, Erase.self])

    /// `bureaud people untie`.
    struct Untie: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forgets with which account of the identity provider somebody signed in.",
            discussion: """
                The first account that signs in with somebody's name is theirs, and no other is let in with it. Untie \
                them when they got another account; sessions that they have go on.
                """)

        @Argument(help: "The handle.")
        var handle: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let count = try await Administration.run(options) {
                try await $0.desk.unlinkIdentities(of: handle, by: AuditRecord.operator)
            }
            Console.print(
                count == 0 ? "\(handle) was tied to no account." : "\(handle) is tied to no account any more.")
        }
    }

    /// `bureaud people import`.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes the directory equal to a CSV file.",
            discussion: """
                Columns: handle, name, email, manager, site, language, groups (separated by semicolons). The file is \
                the whole directory: who is missing has left.
                """)

        @Argument(help: "The CSV file, UTF-8.")
        var file: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let text: String?
            do { text = try Files.text(of: file) } catch { throw Refusal(.fileUnusable, error) }
            guard let text else { throw Refusal(.fileUnusable, "There is no file \(file).") }
            let report = try await Administration.run(options) {
                try await $0.desk.importPeople(csv: text, by: AuditRecord.operator)
            }
            Console.print("\(report.joined) joined, \(report.changed) changed, \(report.left) left.")
        }
    }

    /// `bureaud people erase`.
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes a leaver's personal data out of everything that is kept.",
            discussion: """
                Who is still in the directory, or has to do with open requests, is refused. What they entered into closed \
                requests is deleted, and their name becomes a pseudonym; that something happened stays, and journals and the \
                audit can be verified as before. There is no way back but a backup.
                """)

        @Argument(help: "The person's handle.")
        var handle: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            let handle = handle
            let report = try await Administration.run(options) {
                try await $0.desk.erasePerson(handle, by: AuditRecord.operator)
            }
            Console.print(
                "Erased \(handle), now \(report.pseudonym); \(report.requests) requests lost what was entered.")
        }
    }
}
