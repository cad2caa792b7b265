import Expressions
import Testing

@Suite struct TextTemplateTests {
    private func text(_ template: String) throws -> String {
        try TextTemplate.parse(template).checked(in: Onboarding.declarations())
            .evaluate(in: Onboarding.activation()) { $0 == "grace" ? "Grace Hopper" : "somebody" }
    }

    @Test(
        "Expressions are shown in their place",
        arguments: [
            ("Hello {{ name }}!", "Hello Ada!"), ("", ""), ("no expression { here }", "no expression { here }"),
            ("{{name}}{{count}}", "Ada3"), ("{{ start + 1 day }}: {{ salary }}", "2026-12-02: 1250.00 EUR"),
            ("{{ people }}", "Grace Hopper, somebody"), ("{{ \"}}\" + '{{' }}", "}}{{"), ("{{ {'a': 1}['a'] }}", "1"),
            ("Grüße, {{ nickname.otherwise(\"du\") }}", "Grüße, du"),
            ("{{ score }} {{ privileged }} {{ now }}", "2.5 true 2026-11-21T08:00:00Z"),
            ("}} {", "}} {"),
        ])
    func shown(_ template: String, _ expected: String) throws {
        #expect(try text(template) == expected)
    }

    @Test(
        "Issues are placed in the whole text",
        arguments: [
            ("Grüße, {{ nam }} und {{ cuont }}", ["nam", "cuont"]), ("Grüße {{ 1 + }}", [""]), ("a {{ name", ["{{"]),
            ("{{ nickname }}", ["nickname"]), ("ä {{ labels }}", ["labels"]), ("{{ }}", [""]), ("{{ a } }}", ["}"]),
        ])
    func issues(_ template: String, _ expected: [String]) throws {
        let declarations = try Onboarding.declarations()
        let issues = #expect(throws: ExpressionIssues.self) {
            try TextTemplate.parse(template).checked(in: declarations)
        }
        let bytes = Array(template.utf8)
        #expect(issues?.issues.map { String(decoding: bytes[$0.range], as: UTF8.self) } == expected)
    }

    @Test("A checked template tells what it reads")
    func selections() throws {
        let checked = try TextTemplate.parse("{{ name }} {{ account.login.otherwise(\"\") }} {{ name }}")
            .checked(in: Onboarding.declarations())
        #expect(checked.references == ["name", "account"])
        #expect(checked.selections == [["account", "login"], ["name"]])
    }

    @Test("What is known to hold makes fields present in text")
    func assuming() throws {
        let condition = try Expressions.Expression.parse("decide.outcome == \"approved\"")
        let checked = try TextTemplate.parse("Login: {{ account.login }}")
            .checked(in: Onboarding.declarations(), assuming: [condition])
        #expect(try checked.evaluate(in: Onboarding.activation()) { $0 } == "Login: ada")
    }
}
