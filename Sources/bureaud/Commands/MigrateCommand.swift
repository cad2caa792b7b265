import ArgumentParser

/// `bureaud migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Brings the database to what this release knows. (serve does so itself when it may.)")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let (settings, logger) = try options.load()
        try await Interruption.handling(logger: logger) {
            try await DatabaseAccess(settings: settings, logger: logger).using(mayJoin: true) { target in
                let applied = try await DatabaseMigration(target: target, logger: logger).run()
                Console.print(
                    applied.isEmpty
                        ? "Nothing to migrate."
                        : "Applied migration \(applied.map(String.init).joined(separator: ", ")).")
            }
        }
    }
}
