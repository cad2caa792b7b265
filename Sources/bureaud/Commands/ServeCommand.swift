import ArgumentParser
import Logging

/// `bureaud serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves the API until SIGTERM or SIGINT.")

    @Option(help: "The port alone; the address stays as the setting `listen` has it. 0 takes a free one.")
    var port: UInt16?

    @Option(help: ArgumentHelp("For tests: a file with the seconds that the clock is ahead.", visibility: .private))
    var testClock: String?

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let (settings, logger) = try options.load(port: port)
        // Checked before anything is started: a broken configuration stops the start.
        var checked: ConfigurationFolder.Checked?
        if let directory = settings.configDirectory { checked = try ConfigurationFolder.check(directory) }
        for warning in checked?.warnings ?? [] { DaemonLogHandler.writeToStandardError(warning + "\n") }
        let clock = try testClock.map { path throws(Refusal) in
            try TestClock(path: Files.absolute(path), environment: SettingOptions.environment(), logger: logger)
        }
        let stop = StopRequest()
        let daemon = Daemon(
            settings: settings, configuration: checked, testClock: clock, stop: stop, logger: logger)
        try await Interruption.handling(logger: logger, finish: { stop.request() }) { try await daemon.run() }
    }
}
