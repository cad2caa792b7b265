/// Writes a process as a Mermaid flowchart: containers are subgraphs.
struct MermaidWriter {
    let words: PictureWords
    private static let start = "start_", stop = "stop_"

    func text() -> String {
        var lines = ["flowchart LR", "  \(Self.start)((\" \"))", "  \(Self.stop)(((\" \")))"]
        lines += nodes(words.type.steps, depth: 1)
        lines += links(words.type.steps)
        let waited = Set(words.type.steps.flatMap(\.after))
        for step in words.type.steps {
            if step.after.isEmpty { lines.append("  \(Self.start) --> \(name(step))") }
            if !waited.contains(step.id), !isEnd(step) { lines.append("  \(name(step)) --> \(Self.stop)") }
        }
        lines.append("  classDef exception font-style:italic")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Whether nothing can come after it: an end that may be skipped is no such.
    private func isEnd(_ step: Step) -> Bool {
        if case .end = step.kind { step.when == nil } else { false }
    }

    /// Mermaid takes some identifiers for its own words (`end`), so none is a step's alone.
    private func name(_ step: Step) -> String { "s_\(step.id.text)" }

    private func nodes(_ steps: [Step], depth: Int) -> [String] {
        let indent = String(repeating: "  ", count: depth)
        return steps.flatMap { step -> [String] in
            let label = label(of: step)
            if case .choose(let choose) = step.kind {
                return ["\(indent)subgraph \(name(step))[\"\(label)\"]"]
                    + choose.cases.enumerated().flatMap { index, choice in
                        ["\(indent)  subgraph \(name(step))_\(index)[\"\(escaped(words.caption(of: choice)))\"]"]
                            + (choice.steps.isEmpty
                                ? ["\(indent)    \(name(step))_\(index)_n[\"\(escaped(result(choice, of: choose)))\"]"]
                                : nodes(choice.steps, depth: depth + 2))
                            + ["\(indent)  end"]
                    } + ["\(indent)end"]
            }
            if !step.kind.inner.isEmpty {
                return ["\(indent)subgraph \(name(step))[\"\(label)\"]"] + nodes(step.kind.inner, depth: depth + 1)
                    + ["\(indent)end"]
            }
            let (open, close) =
                switch step.kind {
                case .approval: ("{{", "}}")
                case .request: ("[[", "]]")
                case .end: ("([", "])")
                case .wait, .call, .notify, .set: ("(", ")")
                default: ("[", "]")
                }
            return ["\(indent)\(name(step))\(open)\"\(label)\"\(close)"]
        }
    }

    /// What stands in a case without steps.
    private func result(_ choice: ChooseCase, of choose: ChooseStep) -> String {
        choice.gives.isEmpty
            ? words.nothing() : choice.gives.map { words.given($0, by: choose) }.joined(separator: ", ")
    }

    private func label(of step: Step) -> String {
        ([words.title(of: step)] + words.details(of: step) + words.exceptions(of: step)).map(escaped)
            .joined(separator: "<br/>")
    }

    private func links(_ steps: [Step]) -> [String] {
        steps.flatMap { step in
            step.after.compactMap { words.type.index[$0] }.map { "  \(name($0)) --> \(name(step))" }
                + links(step.kind.inner)
        }
    }

    /// As Mermaid wants it inside quotes: its entity codes.
    private func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\"": result += "#quot;"
            case "#": result += "#35;"
            case "<": result += "#lt;"
            case ">": result += "#gt;"
            case "\n", "\r": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
