/// The reference page of all diagnostics, in Markdown.
public enum DiagnosticsPage {
    /// The whole page, ending with a line feed.
    public static var text: String {
        var text = """
            # What the checker finds

            Every finding has a code that does not change. `bureau explain choose.gap` prints one of these in the terminal. Examples that
            show steps or fields alone stand in a request type of the department `hr` whose form asks for `name`, `site`, `n`, `m`, `urgent`,
            `start`, `names` and the sensitive `salary`.

            """
        for explanation in CodeExplanation.all { text += "\n" + section(explanation) }
        return text
    }

    /// The code, what it means, and the examples.
    private static func section(_ explanation: CodeExplanation) -> String {
        var text = "## \(explanation.code)\n\(explanation.summary)\n"
        if !explanation.details.isEmpty { text += explanation.details + "\n" }
        if let wrong = explanation.wrong { text += "\nWrong:\n" + block(wrong) }
        if let right = explanation.right { text += "\nRight:\n" + block(right) }
        return text
    }

    private static func block(_ example: CodeExplanation.Example) -> String {
        let parts = example.parts.map { part in
            if case .file(let path) = part.place { "# \(path)\n\(part.text)" } else { part.text }
        }
        return "```yaml\n" + parts.joined() + "```\n"
    }
}

extension CodeExplanation {
    /// For the terminal: the code, what it means, and the examples, indented.
    public var text: String {
        var lines = [code, summary]
        if !details.isEmpty { lines.append(details) }
        for (title, example) in [("Wrong:", wrong), ("Right:", right)] {
            guard let example else { continue }
            lines += ["", title]
            for part in example.parts {
                if case .file(let path) = part.place { lines.append("    # \(path)") }
                for line in part.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                    lines.append(line.isEmpty ? "" : "    \(line)")
                }
            }
        }
        return lines.joined(separator: "\n")
    }
}
