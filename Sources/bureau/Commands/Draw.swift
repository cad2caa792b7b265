import ArgumentParser
import WorkflowConfiguration
import WorkflowCore

/// Needs no server: a picture of a process.
struct Draw: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draw the process of a request type.",
        discussion: """
            svg is a picture for people, mermaid goes into Markdown pages, pnml is a Petri net for other tools.
            Example: bureau draw hr.onboarding -o onboarding.svg
            """)

    /// What it is written as.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case svg, mermaid, pnml
    }

    @Argument(help: "The request type, such as hr.onboarding.")
    var type: String

    @Option(help: "The folder with shared/ and departments/.")
    var config = "Config"

    @Option(help: "svg, mermaid or pnml.")
    var format = Format.svg

    @Option(help: "A language of the organisation, such as de; its first one unless said.")
    var language: String?

    @Option(name: .shortAndLong, help: "The file to write; standard output unless said.")
    var output: String?

    func run() throws {
        let configuration = try CheckedConfiguration.load(config)
        let type = try CheckedConfiguration.requestType(type, in: configuration)
        let language = language ?? configuration.organisation.languages[0]
        guard configuration.organisation.languages.contains(language) else {
            throw ClientError.usage(
                "The organisation has no language `\(language)`: \(configuration.organisation.languages.joined(separator: ", "))."
            )
        }
        let text =
            switch format {
            case .svg: Drawing.svg(of: type, in: configuration, language: language)
            case .mermaid: Drawing.mermaid(of: type, in: configuration, language: language)
            case .pnml: Drawing.pnml(of: type)
            }
        guard let output else { return Output.line(String(text.dropLast())) }
        try TextFile.write(text, to: output)
    }
}
