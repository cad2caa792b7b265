import ArgumentParser
import WorkflowConfiguration

/// Needs no server: what a code of `bureau check` means.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what a finding of `bureau check` means, with an example.",
        discussion: "Example: bureau explain choose.gap")

    @Argument(help: "The code that stands in brackets behind a finding; without one, all of them are listed.")
    var code: String?

    func run() throws {
        guard let code else {
            for explanation in CodeExplanation.all { Output.line("\(explanation.code): \(explanation.summary)") }
            return
        }
        guard let explanation = CodeExplanation.of(code) else {
            let hint = CodeExplanation.hint(for: code).map { " \($0)" } ?? " `bureau explain` lists them all."
            throw ClientError.usage("There is no code `\(code)`.\(hint)")
        }
        Output.line(explanation.text)
    }
}
