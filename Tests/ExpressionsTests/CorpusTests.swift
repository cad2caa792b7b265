import Expressions
import Foundation
import Testing

/// Expressions with what becomes of them, over the variables of `Onboarding`; `CorpusLine` says how the files read.
@Suite struct CorpusTests {
    static let files = [
        "additions", "amounts", "choices", "dynamic", "language", "libraries", "people", "presence", "rows", "syntax",
        "time", "types",
    ]

    static func text(of file: String) throws -> String {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus/\(file).txt")
        return try String(contentsOf: url, encoding: .utf8)
    }

    @Test("Each line of the corpus does what it says", arguments: files)
    func lines(_ file: String) throws {
        let declarations = try Onboarding.declarations()
        let activation = try Onboarding.activation()
        var count = 0
        for line in try CorpusLine.all(in: Self.text(of: file)) {
            count += 1
            let outcome = line.outcome(declarations, activation)
            if outcome != line.expected {
                Issue.record(
                    "\(file).txt:\(line.number): `\(line.expression)`\n  gives    \(outcome)\n  expected \(line.expected)"
                )
            }
        }
        #expect(count > 5)
    }
}

/// `expression => type => value in JSON`, or `expression => ! code "the text it points at"` for an issue (several in
/// order), or `expression => type => ! code` for an evaluation that fails, with or without the
/// text. After a text may stand `@` and the UTF-8 offset at which it starts. `assuming: …`, `expecting: …` and
/// `without dyn` hold until the next empty line; a line that starts with `#` is a comment.
struct CorpusLine {
    let number: Int
    let expression: String
    let expected: String
    let assumptions: [Expressions.Expression]
    let type: ExpressionType?
    let allowsDynamic: Bool

    static func all(in text: String) throws -> [CorpusLine] {
        var lines: [CorpusLine] = []
        var assumptions: [Expressions.Expression] = []
        var type: ExpressionType?
        var allowsDynamic = true
        for (index, line) in text.components(separatedBy: "\n").enumerated() where !line.hasPrefix("#") {
            if line.isEmpty {
                (assumptions, type, allowsDynamic) = ([], nil, true)
            } else if line == "without dyn" {
                allowsDynamic = false
            } else if line.hasPrefix("assuming: ") {
                assumptions.append(try Expressions.Expression.parse(String(line.dropFirst(10))))
            } else if line.hasPrefix("expecting: ") {
                type = types[String(line.dropFirst(11))] ?? .dyn
            } else {
                let parts = line.components(separatedBy: " => ")
                lines.append(
                    CorpusLine(
                        number: index + 1, expression: parts[0], expected: parts.dropFirst().joined(separator: " => "),
                        assumptions: assumptions, type: type, allowsDynamic: allowsDynamic))
            }
        }
        return lines
    }

    private static let types: [String: ExpressionType] = [
        "bool": .bool, "double": .double, "string": .string, "site": Onboarding.sites, "sites": .list(Onboarding.sites),
        "date": .date, "timestamp": .timestamp, "optional text": .optional(.string), "numbers": .list(.double),
    ]

    /// What becomes of it, in as much detail as the line says.
    func outcome(_ declarations: Declarations, _ activation: TestActivation) -> String {
        var declarations = declarations
        declarations.allowsDynamic = allowsDynamic
        do {
            let checked = try Expressions.Expression.parse(expression).checked(
                in: declarations, expecting: type, assuming: assumptions)
            do {
                let value = try checked.evaluate(in: activation)
                let encoder = JSONEncoder()
                encoder.outputFormatting = .withoutEscapingSlashes
                return "\(checked.type) => \(String(decoding: try encoder.encode(value), as: UTF8.self))"
            } catch let error as EvaluationError {
                let place = expected.hasSuffix(error.code) ? "" : place(error.range)
                return "\(checked.type) => ! \(error.code)\(place)"
            }
        } catch let error as ExpressionIssues {
            return error.issues.map { "! \($0.code)\(place($0.range))" }.joined(separator: " ")
        } catch {
            return "\(error)"
        }
    }

    private func place(_ range: Range<Int>?) -> String {
        guard let range else { return " nowhere" }
        let text = String(decoding: Array(expression.utf8)[range], as: UTF8.self)
        return " \"\(text)\"" + (expected.contains("\" @") ? " @\(range.lowerBound)" : "")
    }
}
