import ArgumentParser

/// `bureaud database`.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Runs the private PostgreSQL alone until interrupted, and prints how to reach it.")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let (settings, logger) = try options.load()
        guard settings.database == nil else {
            throw Refusal(.settings, "The setting database names a server of your own, which this does not run.")
        }
        try await Interruption.handling(logger: logger) {
            try await DatabaseAccess(settings: settings, logger: logger).using(mayJoin: false) { target in
                Console.print(target.administrator?.connectionString(as: .admin) ?? "")
                while true { try await Task.sleep(for: .seconds(3600)) }
            }
        }
    }
}
