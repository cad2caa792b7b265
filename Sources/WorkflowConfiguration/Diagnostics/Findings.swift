import Expressions
import WorkflowCore

/// Collects what one compilation has to say. Everything is said, nothing stops at the first.
final class Findings {
    private var found: Set<Diagnostic> = []

    /// How many errors there are so far.
    private(set) var errorCount = 0
    /// The files whose processes cannot be told from what they say.
    private var brokenFiles: Set<String> = []

    /// In the order of files, lines and columns.
    var sorted: [Diagnostic] {
        found.sorted { left, right in
            if left.location < right.location { return true }
            if right.location < left.location { return false }
            return (left.code, left.message) < (right.code, right.message)
        }
    }

    func error(_ code: DiagnosticCode, _ message: String, hint: String? = nil, at location: SourceLocation) {
        error(code, message, hint: hint, at: location, leavesProcessWhole: code.leavesProcessWhole)
    }

    /// The same where the place tells whether the process can be told nevertheless.
    func error(
        _ code: DiagnosticCode, _ message: String, hint: String?, at location: SourceLocation, leavesProcessWhole: Bool
    ) {
        add(
            Diagnostic(code: code.rawValue, message: message, hint: hint, location: location),
            leavesProcessWhole: leavesProcessWhole)
    }

    func warning(_ code: DiagnosticCode, _ message: String, hint: String? = nil, at location: SourceLocation) {
        add(Diagnostic(code: code.rawValue, severity: .warning, message: message, hint: hint, location: location))
    }

    /// Adds an issue of an expression or template at its place in the file. One of a text that people read leaves the process whole.
    func error(_ issue: ExpressionIssue, in scalar: YAMLScalar, leavesProcessWhole: Bool = false) {
        let code = issue.code
        let location = scalar.source.location(scalar.range(of: issue.range))
        // What was cut off is missing at the end.
        let isAtEnd = issue.range.upperBound >= scalar.text.utf8.count
        let isCut = code == "expression.syntax" && scalar.style == .plain && isAtEnd
        var hint = (isCut ? Self.cause(of: scalar) : nil) ?? issue.hint
        if code == "expression.cost" {
            hint = (hint.map { $0 + " " } ?? "") + "In a form, `max` limits a list and its rows, `max_length` a text."
        }
        add(
            Diagnostic(code: code, message: issue.message, hint: hint, location: location),
            leavesProcessWhole: leavesProcessWhole)
    }

    /// Adds a finding that brings a code of its own, such as those of the analyses of definitions.
    func add(_ diagnostic: Diagnostic, leavesProcessWhole: Bool = false) {
        guard found.insert(diagnostic).inserted, diagnostic.severity == .error else { return }
        errorCount += 1
        if !leavesProcessWhole { brokenFiles.insert(diagnostic.location.file) }
    }

    /// What has been found in a file leaves open what the process is, although another place of the same code would not.
    func leaveProcessOpen(in file: String) { brokenFiles.insert(file) }

    /// Whether something has been found wrong in a file so far that leaves open what the process is.
    func isBroken(_ file: String) -> Bool { brokenFiles.contains(file) }

    /// What YAML did to a plain scalar that does not read as an expression: it may have cut it off.
    private static func cause(of scalar: YAMLScalar) -> String? {
        let scalars = scalar.source.scalars
        var next = min(scalar.range.upperBound, scalars.count)
        let end = next
        while next < scalars.count, scalars[next] == " " || scalars[next] == "\t" { next += 1 }
        guard next < scalars.count else { return nil }
        if scalars[next] == "#", next > end {
            return "YAML takes ` #` for the beginning of a comment; put the expression in quotes."
        }
        if scalar.isInFlow, scalars[next] == "," {
            return "A comma inside `[]` or `{}` ends the entry; put the expression in quotes."
        }
        return nil
    }
}
