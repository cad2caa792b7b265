import ArgumentParser
import WorkflowCore

/// Which part of a long list.
struct PageOptions: ParsableArguments {
    @Option(help: "How many at most.")
    var limit = 50

    @Option(help: "Where the page before ended.")
    var cursor: String?

    var query: [(name: String, value: String?)] { [("limit", String(limit)), ("cursor", cursor)] }

    /// How to go on, when there is more.
    static func more(_ answer: JSONValue, _ style: Style) -> [String] {
        answer["next"]?.text.map { [style.dim("There is more: --cursor \(Output.safe($0))")] } ?? []
    }
}
