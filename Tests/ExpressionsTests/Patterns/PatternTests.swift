import Expressions
import Testing

@Suite struct PatternTests {
    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        let expression = try Expressions.Expression.parse("text.matches(pattern)")
        let activation = TestActivation(variables: ["text": .string(text), "pattern": .string(pattern)])
        return try expression.evaluateUnchecked(in: activation) == .bool(true)
    }

    @Test(
        "A pattern matches a part of the text",
        arguments: [
            ("ubb", "hubba", true), ("", "cows", true), ("^$", "", true), ("^a", "ba", false), ("a$", "ba", true),
            ("^(HR|IT)-[0-9]{1,4}$", "HR-1042", true), ("^(HR|IT)-[0-9]{1,4}$", "HR-10425", false),
            ("^[^a-c]+$", "def", true), ("^[^a-c]+$", "dbf", false), ("^[]a]+$", "]a", true), ("^[a-]+$", "a-", true),
            ("^\\d{3}$", "123", true), ("^\\d$", "٣", false), ("^\\w+\\s\\w+$", "a b", true),
            ("^[\\D]+$", "ab1", false),
            ("\\bcat\\b", "a cat.", true), ("\\bcat\\b", "concat", false), ("\\Bcat", "concat", true),
            ("^.$", "🐱", true), ("^.$", "\n", false), ("^a{2}$", "aa", true), ("^a{2,}$", "aaaa", true),
            ("^a{0,1}$", "aa", false), ("^a{,2}$", "a{,2}", true), ("a{", "a{", true), ("^(?:a|b)*?$", "abba", true),
            ("^(|a)+$", "aaa", true), ("^(a*)*$", "aaa", true), ("^(a|b|)c$", "c", true),
            ("\\x41\\x{1F600}", "A😀", true),
            ("^[\\x41-\\x43]$", "B", true), ("a\\.b", "axb", false), ("^\\s$", "\u{a0}", false),
            ("é", "e\u{301}", false),
        ])
    func table(_ pattern: String, _ text: String, _ expected: Bool) throws {
        #expect(try matches(pattern, text) == expected)
    }

    @Test(
        "A wrong pattern says what is wrong",
        arguments: [
            "(", ")", "a)", "[", "[a", "*", "a**", "a+*", "\\", "\\q", "[b-a]", "a{2,1}", "a{1001}", "(?i)a",
            "(?P<n>a)",
            "[[:alpha:]]", "\\x4", "\\x{D800}", "((a{100}){100}){100}", "((((){1000}){1000}){1000}){1000}",
            "(a|b){1000}",
        ])
    func refused(_ pattern: String) {
        #expect { try matches(pattern, "a") } throws: { ($0 as? EvaluationError)?.code == "evaluation.pattern" }
    }

    @Test("Groups nest to a bound")
    func nesting() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
        }
        #expect(try matches(nested(50), "a"))
        #expect(throws: EvaluationError.self) { try matches(nested(5000), "a") }
    }

    @Test(
        "Patterns that make backtracking explode take linear time",
        arguments: ["(a*)*b", "(a|a)*b", "(a|aa)+$b", "(.*)*(.*)*b"])
    func linear(_ pattern: String) throws {
        let text = String(repeating: "a", count: 5000)
        var isMatch = true
        let elapsed = try ContinuousClock().measure { isMatch = try matches(pattern, text) }
        #expect(!isMatch)
        #expect(elapsed < .seconds(5), "backtracking would need longer than the universe has existed")
    }
}
