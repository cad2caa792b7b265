import Expressions
import Foundation
import Testing

@Suite struct ParserTests {
    private func parse(_ source: String) throws -> Expressions.Expression { try Expressions.Expression.parse(source) }

    private func code(_ source: String) -> String? {
        do {
            _ = try parse(source)
            return nil
        } catch let error as ExpressionIssues {
            return error.issues.first?.code
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "Expressions are equal in structure, however they are written",
        arguments: [
            ("a and not b", "a&&!b"), ("a or b or c", "a || b // or\n || c"), ("(a)", "a"), ("'x'", "\"x\""),
            ("x == 0x10", "x == 16"), ("2 days", "2 day"), ("a.b", "a . b"),
        ])
    func structure(_ left: String, _ right: String) throws {
        #expect(try parse(left) == parse(right))
        #expect(try parse(left).hashValue == parse(right).hashValue)
        #expect(try parse(left) != parse(left + " == 1"))
    }

    @Test("Issues point at the bytes in question, in multi-byte text too")
    func positions() throws {
        func ranges(_ source: String) -> [Range<Int>] {
            do {
                _ = try parse(source)
                return []
            } catch let error as ExpressionIssues {
                return error.issues.map(\.range)
            } catch {
                return []
            }
        }
        #expect(ranges("'äöü' + §") == [11..<13])
        #expect(ranges("'🐱' 1") == [7..<8])
        #expect(ranges("a ==") == [4..<4])
        #expect(ranges("'é\\q' + 'é\\q'") == [3..<5, 12..<14])
        let declarations = Declarations(variables: ["größe": VariableDeclaration(type: .int)])
        let issues = #expect(throws: ExpressionIssues.self) {
            try parse("'größe' == nme").checked(in: declarations)
        }
        #expect(issues?.issues.map(\.range) == [13..<16])
    }

    @Test("Nesting beyond the bound is an issue, whatever nests")
    func depth() throws {
        func nested(_ open: String, _ inner: String, _ close: String, _ count: Int) -> String {
            String(repeating: open, count: count) + inner + String(repeating: close, count: count)
        }
        for (open, close) in [
            ("(", ")"), ("[", "]"), ("!", ""), ("-", ""), ("not ", ""), ("f(", ")"), ("{1:", "}"), ("a[", "]"),
            ("a ? b : ", ""), ("x.map(y, ", ")"), ("not (", ")"), ("x.f(", ")"),
        ] {
            #expect(code(nested(open, "x", close, 40)) == nil, "\(open)")
            #expect(code(nested(open, "x", close, 900)) == "expression.too_deep", "\(open)")
        }
        for link in [".a", "[0]", " + 1", " * 2", " at x", " == 1", ".f()", ".?a"] {
            #expect(code("x" + String(repeating: link, count: 90)) == nil, "\(link)")
            #expect(code("x" + String(repeating: link, count: 1200)) == "expression.too_deep", "\(link)")
        }
        #expect(code("x" + String(repeating: " and x", count: 1500)) == nil)
        #expect(code(String(repeating: "x", count: 10_001)) == "expression.too_long")
    }

    @Test("What is as deep as allowed is parsed, checked and evaluated on a stack of two megabytes")
    func deepest() async throws {
        func nested(_ open: String, _ inner: String, _ close: String, _ count: Int = 97) -> String {
            String(repeating: open, count: count) + inner + String(repeating: close, count: count)
        }
        let sources = [
            "x" + String(repeating: " + 1", count: 97), nested("[1].map(y, ", "x", ")"),
            nested("x == 2 ? 0 : ", "x", ""),
            nested("[", "x", "]"), nested("{1: ", "x", "}"), nested("optional.of(", "x", ")"), nested("(", "x", ")"),
            nested("not (", "x == 1", ")", 47), nested("has(x) and (x == 1 or ", "true", ")", 47), nested("-", "x", ""),
            nested("cel.bind(y, ", "x", ", y)"), nested("cel.bind(y, 1, ", "x", ")"),
        ]
        for source in sources {
            let outcome = await withCheckedContinuation { continuation in
                let thread = Thread {
                    let activation = TestActivation(variables: ["x": .int(1)])
                    let declarations = Declarations(variables: ["x": VariableDeclaration(type: .dyn)])
                    let result = Result {
                        let checked = try Expressions.Expression.parse(source).checked(in: declarations)
                        #expect(checked.cost().least > 0)
                        return try checked.evaluate(in: activation)
                    }
                    continuation.resume(returning: result)
                }
                thread.stackSize = 1 << 21
                thread.start()
            }
            #expect(throws: Never.self, "\(source)") { try outcome.get() }
        }
    }

    @Test("Random words never crash the parser, the checker or the evaluator")
    func random() throws {
        var generator = Fuzzing.generator("Random expressions")
        let words = [
            "name", "start", "site", "account", "nickname", "apps", "count", "salary", ".", ".", "login", "(", ")", "[",
            "]", "{",
            "}", ",", ":", "?", "+", "-", "*", "/", "%", "==", "!=", "<", "in", "and", "or", "not", "at", "09:00",
            "2 days",
            "3 working hours", "1", "2.5", "\"berlin\"", "'a'", "b'x'", "has(", ".map(x,", ".exists(x,", "x", ".?",
            "[?",
            "otherwise(", "null", "true", "optional.of(", "-9223372036854775808", "\\", "\"", "ä", "&&", "||", "!",
            "size(",
        ]
        let declarations = try Onboarding.declarations()
        let activation = try Onboarding.activation()
        var (parsed, checked, evaluated) = (0, 0, 0)
        for _ in 0..<Fuzzing.rounds(20_000) {
            let count = Int.random(in: 1...12, using: &generator)
            let source = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            guard let expression = try? parse(source) else { continue }  // most are no expressions
            parsed += 1
            _ = try? expression.evaluateUnchecked(in: activation)  // only that it returns counts
            guard let sound = try? expression.checked(in: declarations) else { continue }  // few are sound
            checked += 1
            do {
                _ = try sound.evaluate(in: activation)
                evaluated += 1
            } catch {
                // Sound expressions fail only for reasons that their types do not show.
                let isExpected = [
                    "overflow", "division", "absent", "currency", "conversion", "duplicate_key", "pattern",
                ].contains { error.code == "evaluation.\($0)" }
                let isDynamic = source.contains("null") || source.contains("[") || source.contains("{")
                #expect(isExpected || isDynamic, "\(source): \(error)")
            }
        }
        #expect(parsed > evaluated && checked >= evaluated && evaluated > 0)
    }

    @Test("Random characters never crash the lexer, the template parser or the pattern compiler")
    func randomCharacters() {
        var generator = Fuzzing.generator("Random characters")
        let alphabet = Array("ab1.9e-+'\"\\`(){}[]|*?^$,:;/ruxUé🐱\u{301}\n\0 &=!<>{}".unicodeScalars)
        var sound = 0
        for _ in 0..<Fuzzing.rounds(20_000) {
            var text = ""
            for _ in 0..<Int.random(in: 0...16, using: &generator) {
                text.unicodeScalars.append(alphabet.randomElement(using: &generator) ?? "a")
            }
            if code(text) == nil { sound += 1 }
            if (try? TextTemplate.parse(text)) != nil { sound += 1 }  // only that it returns counts
            let activation = TestActivation(variables: ["p": .string(text), "t": .string("ab1\n🐱")])
            let matched = try? parse("t.matches(p)").evaluateUnchecked(in: activation)  // only that it returns counts
            if matched != nil { sound += 1 }
        }
        #expect(sound > 0)
    }
}
