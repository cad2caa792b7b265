public import WorkflowCore

/// Shows diagnostics to people as compilers do, with the line and a caret below it.
public struct DiagnosticRenderer: Sendable {
    private let bundle: ConfigurationBundle

    /// Takes the files that the diagnostics are about.
    public init(_ bundle: ConfigurationBundle) {
        self.bundle = bundle
    }

    /// Several lines without a line feed at the end: place and message, the source line and a caret when the file is
    /// there, the hint when there is one. Cost: linear in the file.
    public func text(_ diagnostic: Diagnostic) -> String {
        let location = diagnostic.location
        var lines = ["\(location): \(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code)]"]
        if let file = bundle.files[location.file],
            let line = SourceText(path: location.file, text: file).line(location.line)
        {
            let number = String(location.line)
            let gutter = String(repeating: " ", count: number.count)
            let lead = String(
                String.UnicodeScalarView(
                    line.unicodeScalars.prefix(location.column - 1).map { $0 == "\t" ? "\t" : " " }))
            lines.append(" \(number) | \(line)")
            lines.append(" \(gutter) | \(lead)\(String(repeating: "^", count: location.length))")
        }
        if let hint = diagnostic.hint { lines.append("  hint: \(hint)") }
        return lines.joined(separator: "\n")
    }
}
