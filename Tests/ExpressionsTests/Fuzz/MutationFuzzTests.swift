import Expressions
import Foundation
import Testing

/// Damages expressions that are right in every way it knows, and lets every stage have a go at them.
@Suite struct MutationFuzzTests {
    @Test("Damaged expressions give issues or values, never a crash or an endless run")
    func expressions() throws {
        var generator = Fuzzing.generator("Damaged expressions")
        var mutation = Mutation(
            try CorpusTests.files.flatMap { try CorpusLine.all(in: CorpusTests.text(of: $0)) }
                .map(\.expression))
        let activation = try Onboarding.activation()
        var declarations = try Onboarding.declarations()
        var (refused, sound) = (0, 0)
        for round in 0..<Fuzzing.rounds(3000) {
            let source = mutation.next(&generator)
            declarations.allowsDynamic = round % 2 == 0
            do {
                let parsed = try Expressions.Expression.parse(source)
                #expect(try parsed == Expressions.Expression.parse(source))
                _ = try? parsed.evaluateUnchecked(in: activation)  // only that it returns counts
                let checked = try parsed.checked(in: declarations)
                sound += 1
                _ = checked.cost()
                _ = try checked.evaluate(in: activation)
            } catch let error as ExpressionIssues {
                refused += 1
                examine(error, source)
            } catch let error as EvaluationError {
                examine(error, source)
            }
        }
        #expect(refused > 0 && sound > 0)
    }

    @Test("Damaged texts give issues or text, never a crash or an endless run")
    func templates() throws {
        var generator = Fuzzing.generator("Damaged texts")
        var mutation = Mutation([
            "Hello {{ name }}!", "{{ start + 1 day }}: {{ salary }}", "{{ {'a': 1}['a'] }}", "{{ \"}}\" + '{{' }}",
            "Grüße, {{ nickname.otherwise(\"du\") }}", "{{ people }} {{ now }} { }", "{{ items[0].what.upperAscii() }}",
        ])
        let activation = try Onboarding.activation()
        let declarations = try Onboarding.declarations()
        var (refused, shown) = (0, 0)
        for _ in 0..<Fuzzing.rounds(1000) {
            let source = mutation.next(&generator)
            do {
                let checked = try TextTemplate.parse(source).checked(in: declarations)
                _ = checked.costIssues(limit: 100)
                _ = try checked.evaluate(in: activation, naming: { $0 })
                shown += 1
            } catch let error as ExpressionIssues {
                refused += 1
                examine(error, source)
            } catch let error as EvaluationError {
                #expect(error.code.hasPrefix("evaluation."))
            }
        }
        #expect(refused > 0 && shown > 0)
    }

    @Test(
        "What nests or repeats without end is refused or bounded",
        arguments: [
            ("(", "1", ")"), ("[", "1", "]"), ("{1: ", "1", "}"), ("!", "true", ""), ("not ", "true", ""),
            ("-", "1", ""),
            ("- ", "count", ""), ("", "count", ".x"), ("", "count", "[0]"), ("", "count", ".f()"),
            ("size(", "name", ")"),
            ("true ? ", "1", " : 2"), ("true ? 1 : ", "1", ""), ("1 + ", "1", ""), ("", "true", " and true"),
            ("", "true", " || false"), ("", "1", " < 1"), ("has(", "name", ")"), ("[1].map(x, ", "x", ")"),
            ("cel.bind(x, 1, ", "x", ")"), ("a{b: ", "1", "}"), ("", "name", ".?x"), ("\"", "", "\""), ("/", "", "/"),
            ("optional.of(", "1", ")"), ("start at ", "09:00", ""), ("", "start", " at 09:00"), ("{{ ", "name", " }}"),
            ("math.greatest(1, 2, ", "1", ")"), ("[?", "nickname", "]"), ("(a|b)*", "", ""), ("`", "a", "`"),
        ])
    func nesting(_ before: String, _ inside: String, _ after: String) throws {
        let activation = try Onboarding.activation()
        let declarations = try Onboarding.declarations()
        for depth in [3, 99, 100, 101, 400, 3000] {
            let source =
                String(repeating: before, count: depth) + inside + String(repeating: after, count: depth)
            do {
                let parsed = try Expressions.Expression.parse(source)
                _ = try? parsed.evaluateUnchecked(in: activation)  // only that it returns counts
                let checked = try parsed.checked(in: declarations)
                #expect(checked.cost().least > 0)
                _ = try checked.evaluate(in: activation)
            } catch let error as ExpressionIssues {
                examine(error, source)
            } catch let error as EvaluationError {
                examine(error, source)
            }
            do {
                _ = try TextTemplate.parse(source).checked(in: declarations)
            } catch {
                examine(error, source)
            }
        }
    }

    /// An issue has a code, a message and a place between two scalars of the source.
    private func examine(_ error: ExpressionIssues, _ source: String) {
        #expect(!error.issues.isEmpty)
        let bytes = Array(source.utf8)
        for issue in error.issues {
            #expect(issue.code.hasPrefix("expression.") && !issue.message.isEmpty, "\(source)")
            let isInside = issue.range.lowerBound >= 0 && issue.range.upperBound <= bytes.count
            let isWhole = [issue.range.lowerBound, issue.range.upperBound].allSatisfy {
                $0 == bytes.count || (bytes.indices.contains($0) && bytes[$0] & 0xC0 != 0x80)
            }
            #expect(isInside && isWhole, "\(issue.range) of \(source)")
        }
    }

    private func examine(_ error: EvaluationError, _ source: String) {
        #expect(error.code.hasPrefix("evaluation.") && !error.message.isEmpty, "\(source)")
        if let range = error.range { #expect(range.upperBound <= source.utf8.count, "\(source)") }
    }
}

/// Damages texts: cuts, repeats, swaps and joins them, and puts odd things in.
struct Mutation {
    private let sources: [[Unicode.Scalar]]

    private static let odd: [String] = [
        "(", ")", "[", "]", "{", "}", "{{", "}}", "\"", "'", "`", "\\", "\\u{", "'''", "r\"", "b'", ".", ".?", "[?",
        ",",
        ":", "?", "!", "-", "- ", "+", "*", "/", "%", "==", "in", " and ", " or ", " not ", " at ", "09:00", "2 days",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615u", "1e308",
        "1e-324",
        "0x", "1u", "99999999999999999999999999999999", "9223372036854775807 working days", "null", "true", "\u{0}",
        "\u{301}", "\u{202E}", "\u{FEFF}", "\u{10FFFF}", "🐱", "é", "ß", "\n", "\r", "\t", "\u{2028}", "//",
        ".map(x, x)",
        ".all(x, true)", "has(", "dyn(", "optional.of(", ".value()", "sum(", ".format(", ".split(\"\")",
        ".replace(\"\", ",
        ".matches(\"(a*)*\")", "a{1000}", "cel.bind(x, ", "math.greatest(", "items", "name", "anything", "more_items",
    ]

    init(_ sources: [String]) {
        self.sources = sources.map { Array($0.unicodeScalars) }
    }

    mutating func next(_ generator: inout SplitMix) -> String {
        var text = sources.randomElement(using: &generator) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &generator) { damage(&text, &generator) }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: text.prefix(4000))
        return String(result)
    }

    private func damage(_ text: inout [Unicode.Scalar], _ generator: inout SplitMix) {
        let place = Int.random(in: 0...text.count, using: &generator)
        let end = min(text.count, place + Int.random(in: 0...12, using: &generator))
        let odd = Array((Self.odd.randomElement(using: &generator) ?? "").unicodeScalars)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: text.removeSubrange(place..<end)
        case 1, 2: text.insert(contentsOf: odd, at: place)
        case 3: text.replaceSubrange(place..<end, with: odd)
        case 4:
            let times = [1, 2, 30, 200].randomElement(using: &generator) ?? 1
            text.insert(contentsOf: repeatElement(text[place..<end], count: times).joined(), at: place)
        case 5:
            let other = sources.randomElement(using: &generator) ?? []
            text.replaceSubrange(place..<end, with: other)
        case 6: text.reverse()
        default: text = Array(text[..<place])
        }
    }
}
