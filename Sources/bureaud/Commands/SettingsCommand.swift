import ArgumentParser

/// `bureaud settings`.
struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Prints every setting, its value and where that comes from.")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let sources = try options.sources()
        print(SettingsReport(sources))
        // After the report, which helps to find what this complains about.
        _ = try Settings(sources)
    }
}
