import Expressions
import Testing

@Suite struct EvaluationTests {
    private func evaluate(_ source: String, _ variables: [String: Value] = [:]) throws -> Value {
        try Expressions.Expression.parse(source).evaluateUnchecked(in: TestActivation(variables: variables))
    }

    private func code(_ source: String, _ variables: [String: Value] = [:]) -> String? {
        do {
            _ = try evaluate(source, variables)
            return nil
        } catch {
            return (error as? EvaluationError)?.code
        }
    }

    @Test("What grows without end runs out of steps instead of time or memory")
    func budget() {
        let list = Value.list((0..<200).map { .int($0) })
        let text = Value.string(String(repeating: "a", count: 100_000))
        func doubling(_ times: Int, _ body: String) -> String {
            var source = "x"
            for _ in 0..<times { source = "optional.of(\(source)).optMap(x, \(body)).value()" }
            return source
        }
        #expect(code("l.map(a, l.map(b, l.map(c, a)))", ["l": list]) == "evaluation.budget")
        #expect(code("l.all(a, l.all(b, l.all(c, true)))", ["l": list]) == "evaluation.budget")
        #expect(code(doubling(30, "x + x"), ["x": text]) == "evaluation.budget")
        #expect(code(doubling(30, "[x, x]"), ["x": .int(1)]) == "evaluation.budget")
        let shared = doubling(22, "[x, x]")
        #expect(code("\(shared) == \(shared)", ["x": .int(1)]) == "evaluation.budget")
        #expect(code("t.matches('(a{300}|b)*c')", ["t": text]) == "evaluation.budget")
        #expect(code("l.exists(a, l.exists(b, l.exists(c, false))) || true", ["l": list]) == "evaluation.budget")
    }

    @Test(
        "Numbers too large for the calendar or a clock are an error, not a trap",
        arguments: [
            "d + 9223372036854775807 days", "d - 9223372036854775807 weeks", "d + 9000000 months",
            "t + 9223372036854775807 minutes", "t - 9223372036854775807 working hours",
            "-(-9223372036854775807 days * 2)",
            "9223372036854775807 days + 1 day", "money('92233720368547758.07 EUR') + money('0.01 EUR')",
            "t + duration('300000000000s')", "-9223372036854775808 / -1", "-9223372036854775808 % -1",
        ])
    func overflow(_ source: String) {
        let variables: [String: Value] = [
            "d": .date(CivilDate(daysSinceEpoch: 0)), "t": .timestamp(Instant(seconds: 0)),
        ]
        #expect(code(source, variables) == "evaluation.overflow")
    }

    @Test("Spans and elapsed times compare up to their ends")
    func longSpans() throws {
        #expect(try evaluate("9223372036854775807 minutes > duration('1s')") == .bool(true))
        #expect(try evaluate("duration('1s') > -15372286728091293 hours") == .bool(true))
        #expect(try evaluate("duration('90m') == 90 minutes") == .bool(true))
        #expect(code("9223372036854775807 hours > duration('1s')") == "evaluation.type")
    }

    @Test("Maps are visited in the order of their keys")
    func order() throws {
        let map = Value.map(["d", "a", "c", "b"].reduce(into: [:]) { $0[.string($1)] = .int(0) })
        #expect(try evaluate("m.map(k, k)", ["m": map]) == .list(["a", "b", "c", "d"].map { .string($0) }))
    }

    @Test("An error knows its place")
    func place() {
        let error = #expect(throws: EvaluationError.self) { try evaluate("'ä' == 'ä' && 2 / 0 > 1") }
        #expect(error?.range == 16..<21)
        #expect(error?.code == "evaluation.division")
    }

    @Test("An absent variable fails, but not where another operand decides")
    func absent() throws {
        #expect(code("gone") == "evaluation.absent")
        #expect(try evaluate("gone || true") == .bool(true))
        #expect(try evaluate("false && gone") == .bool(false))
        #expect(try evaluate("has(gone)") == .bool(false))
    }

    @Test("A checked expression tells what it reads")
    func references() throws {
        let checked = try Expressions.Expression.parse(
            "apps.exists(a, a == \"sap\") and account.login == name and has(account.quota) and manager_of(manager) == manager"
        ).checked(in: Onboarding.declarations())
        #expect(checked.references == ["apps", "account", "name", "manager"])
        #expect(
            checked.selections == [["account", "login"], ["account", "quota"], ["apps"], ["manager"], ["name"]])
        #expect(checked.type == .bool)
    }

    @Test("Hints say what to write")
    func hints() throws {
        func hint(_ source: String) throws -> String? {
            let declarations = try Onboarding.declarations()
            let issues = #expect(throws: ExpressionIssues.self) {
                try Expressions.Expression.parse(source).checked(in: declarations)
            }
            return issues?.issues.first?.hint
        }
        #expect(try hint("site == \"berlim\"") == "Did you mean \"berlin\"?")
        #expect(try hint("nmae") == "Did you mean `name`?")
        #expect(try hint("account.lgin == name") == "Did you mean `login`?")
        #expect(try hint("name.startWith(\"a\")") == "Did you mean `startsWith`?")
        #expect(try hint("2 wekks") == "Did you mean `weeks`?")
        #expect(try hint("privileged adn privileged") == "Did you mean `and`?")
        #expect(
            try hint("desk_wishes + \"\"")
                == "It is there when `site != \"remote\"`: repeat that condition, or write `desk_wishes.otherwise(…)`.")
        #expect(
            try hint("nickname + \"\"") == "Ask `has(nickname)` first, or write `nickname.otherwise(…)`.")
        #expect(
            try hint("start + 2 hours") == "Hours and minutes move a moment, not a date: write `… at 09:00 + …`.")
    }

    @Test("All issues are reported, in the order of their places")
    func all() throws {
        let declarations = try Onboarding.declarations()
        let issues = #expect(throws: ExpressionIssues.self) {
            try Expressions.Expression.parse("nmae == 1 and site == \"x\" or cuont > nickname").checked(
                in: declarations)
        }
        #expect(
            issues?.issues.map(\.code) == [
                "expression.unknown_name", "expression.choice", "expression.unknown_name", "expression.maybe_absent",
            ])
    }
}
