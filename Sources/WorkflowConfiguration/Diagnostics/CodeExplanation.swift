import Expressions

/// What a code of a diagnostic means, with something wrong and the same done right.
public struct CodeExplanation: Sendable {
    /// A configuration that an example is about: files, or parts of one.
    public struct Example: Sendable {
        /// What a part of an example is.
        public enum Place: Hashable, Sendable {
            /// Steps of a request type.
            case steps
            /// Fields of a request type's form.
            case form
            /// A whole request type.
            case type
            /// A file of the configuration.
            case file(String)
        }
        /// In the order of reading.
        public let parts: [(place: Place, text: String)]
    }

    /// `choose.gap`
    public let code: String
    /// One sentence.
    public let summary: String
    /// Why, and what to do; empty when the summary says it.
    public let details: String
    /// Gives a finding of this code; nil where only a very large or an older configuration would.
    public let wrong: Example?
    /// Gives no finding; there whenever the wrong one is.
    public let right: Example?
    /// Codes that the wrong example gives besides.
    public let others: Set<String>
}

extension CodeExplanation {
    /// Of every code that checking a configuration can give, in the order of the reference.
    public static let all: [CodeExplanation] =
        [FileExplanations.text, TypeExplanations.text, StepExplanations.text, ProofExplanations.text].flatMap(read)

    /// Of one code; nil when there is none of that name.
    public static func of(_ code: String) -> CodeExplanation? { all.first { $0.code == code } }

    /// The code nearest to one that does not exist.
    public static func hint(for code: String) -> String? { NearestName.hint(for: code, among: all.map(\.code)) }

    private static func read(_ text: String) -> [CodeExplanation] {
        var entries: [[Substring]] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("== ") {
                entries.append([line.dropFirst(3)])
            } else {
                entries[entries.count - 1].append(line)
            }
        }
        return entries.map(entry)
    }

    private static func entry(_ lines: [Substring]) -> CodeExplanation {
        var details: [Substring] = []
        var others: Set<String> = []
        var examples: [String: [(place: Example.Place, text: String)]] = [:]
        var example: String?
        for line in lines.dropFirst(2) {
            if line == "wrong" || line == "right" {
                example = String(line)
                examples[String(line)] = []
            } else if line.hasPrefix("also ") {
                others.insert(String(line.dropFirst(5)))
            } else if let example {
                if line.hasPrefix("--- "), let place = place(line.dropFirst(4)) {
                    examples[example]?.append((place, ""))
                } else if let last = examples[example]?.indices.last {
                    examples[example]?[last].text += line + "\n"
                }
            } else {
                details.append(line)
            }
        }
        func finished(_ name: String) -> Example? {
            examples[name].map { parts in
                Example(parts: parts.map { ($0.place, $0.text.trimmingLineFeeds + "\n") })
            }
        }
        return CodeExplanation(
            code: String(lines[0]), summary: String(lines[1]),
            details: details.filter { !$0.isEmpty }.joined(separator: " "), wrong: finished("wrong"),
            right: finished("right"), others: others)
    }

    /// Nil for a line of YAML that happens to begin so.
    private static func place(_ word: Substring) -> Example.Place? {
        switch word {
        case "steps": .steps
        case "form": .form
        case "type": .type
        default: word.hasPrefix("file ") ? .file(String(word.dropFirst(5))) : nil
        }
    }
}

extension String {
    fileprivate var trimmingLineFeeds: String {
        var text = Substring(self)
        while text.last == "\n" { text.removeLast() }
        return String(text)
    }
}
