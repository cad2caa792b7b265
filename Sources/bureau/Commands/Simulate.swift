import ArgumentParser
import Expressions
import Glibc
import WorkflowConfiguration
import WorkflowCore

/// Needs no server: plays a request type in the terminal, children and timers included.
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Play a request type, as any person, moving the clock.",
        discussion: """
            Commands come from the terminal or a pipe, one a line; `help` lists them.
            Example: echo 'raise kind=vacation from=2027-02-01 until=2027-02-05' | bureau simulate hr.leave
            """)

    @Argument(help: "The request type, such as hr.onboarding.")
    var type: String

    @Option(help: "The folder with shared/ and departments/.")
    var config = "Config"

    @Option(help: "A file of people; demo/people.csv of the configuration unless said.")
    var people: String?

    @Option(help: "When it begins, on the organisation's clocks; a Monday in 2027 unless said.")
    var clock: String?

    @Option(
        help: "The language of titles and answers, such as de; that of LANG, or the organisation's first, unless said.")
    var language: String?

    func run() throws {
        let configuration = try CheckedConfiguration.load(config)
        let type = try CheckedConfiguration.requestType(type, in: configuration)
        let time = try CheckedConfiguration.time(of: configuration)
        let scenarioClock = ScenarioClock(configuration.organisation, time)
        var now = scenarioClock.usual
        if let clock {
            guard let moment = scenarioClock.moment(clock, bareDate: .opening) else {
                throw ClientError.usage("`\(clock)` is no moment, such as 2027-01-04T09:00.")
            }
            now = moment
        }
        let desk = Simulation(
            configuration: configuration, directory: try directory(configuration), time: time, now: now)
        play(SimulationSession(type, desk: desk, style: Style(), language: try spoken(configuration.organisation)))
    }

    /// A language of the organisation.
    private func spoken(_ organisation: Organisation) throws -> String {
        let languages = organisation.languages
        if let language {
            guard languages.contains(language) else {
                throw ClientError.usage(
                    "The organisation speaks \(languages.joined(separator: ", ")), not `\(language)`.")
            }
            return language
        }
        // `de_DE.UTF-8`
        let spoken = environment("LANG") ?? ""
        let wanted = spoken.prefix { $0 != "_" && $0 != "." }
        return languages.first { $0 == wanted } ?? languages.first ?? "en"
    }

    private func play(_ session: SimulationSession) {
        var session = session
        let isTerminal = isatty(STDIN_FILENO) == 1
        for line in session.greeting { Output.line(line) }
        while !session.hasEnded {
            if isTerminal { Output.prompt("> ") }
            guard let line = readLine() else { return }
            // A script's output reads like what people see who type it.
            if !isTerminal { Output.line("> \(Output.safe(line))") }
            for answer in session.take(line) { Output.line(answer) }
        }
    }

    private func directory(_ configuration: Configuration) throws -> Directory {
        let path = people ?? "\(config)/demo/people.csv"
        guard let text = TextFile.contents(of: path) else {
            throw ClientError.usage("\(path) cannot be read; --people names a file of people.")
        }
        do {
            return try ScenarioFiles.directory(of: text, configuration: configuration)
        } catch {
            throw ClientError.usage("\(path): \(error)")
        }
    }
}
