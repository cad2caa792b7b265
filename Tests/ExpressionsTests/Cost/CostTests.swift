import Expressions
import Foundation
import Testing

@Suite struct CostTests {
    private func cost(_ source: String, _ sizes: [String: SizeBound] = [:]) throws -> CostBound {
        try Expressions.Expression.parse(source).checked(in: Onboarding.declarations()).cost(sizes)
    }

    @Test(
        "What has a bound says it",
        arguments: [
            ("true", 2, 2), ("count + 1", 4, 4), ("site == \"berlin\"", 4, 5), ("privileged ? 1 : count + 1", 4, 6),
            ("privileged and site == \"berlin\"", 3, 7), ("[1, 2].map(x, x + 1)", 5, 15),
            ("start + 5 working days", 4, 4), ("start + 32 working days", 4, 6), ("start + 32 days", 4, 4),
        ])
    func bounded(_ source: String, _ least: Int, _ most: Int) throws {
        let cost = try cost(source)
        #expect(cost.least == least)
        #expect(cost.most == most)
    }

    @Test("Sizes bound what lists and texts cost")
    func sizes() throws {
        #expect(try cost("apps.all(a, a != \"sap\")").most == nil)
        let declared = ["apps": SizeBound.list(30), "name": .text(100)]
        #expect(try cost("apps.all(a, a != \"sap\")", declared).most == 30 * 5 + 3)
        #expect(try cost("apps.all(a, apps.all(b, a != b))", declared).most == 30 * (1 + 2 + 30 * 5) + 3)
        #expect(try cost("name + name", declared).most == 4 + 800 / 32)
        let pattern = try #require(try cost("name.matches(\"^[a-z]+$\")", declared).most)
        let longer = try #require(try cost("name.matches(\"^[a-z]{50}[0-9]{50}$\")", declared).most)
        #expect(longer > 10 * pattern, "a matching costs the text's length times the pattern's")
    }

    @Test("A declaration carries its size, a function that of its result")
    func declared() throws {
        let row = RecordType(
            name: "rows", fields: ["what": VariableDeclaration(type: .string, size: .text(10))])
        let declarations = Declarations(
            variables: ["rows": VariableDeclaration(type: .list(.record(row)), size: .list(20))],
            functions: [
                FunctionDeclaration("colleagues", [], .list(.person), size: .list(50)),
                FunctionDeclaration("everybody", [], .list(.person)),
            ])
        func most(_ source: String) throws -> Int? {
            try Expressions.Expression.parse(source).checked(in: declarations).cost().most
        }
        #expect(try most("rows.map(r, r.what + \"!\")") == 2 + 20 * (1 + 4 + 41 / 32) + 21)
        #expect(try most("colleagues().map(c, c)") == 2 + 50 * 2 + 51)
        #expect(try most("everybody().map(c, c)") == nil)
    }

    @Test("An expression above a limit is refused, with the place and what to do")
    func limit() throws {
        func issue(_ source: String, _ sizes: [String: SizeBound] = [:]) throws -> ExpressionIssue? {
            try Expressions.Expression.parse(source).checked(in: Onboarding.declarations())
                .costIssue(limit: 100_000, sizes)
        }
        #expect(try issue("count > 1") == nil)
        let endless = try #require(try issue("count > 1 and people.exists(p, p == manager)"))
        #expect(endless.code == "expression.cost")
        #expect(endless.message == "Nothing limits how many steps this takes; 100000 are allowed.")
        #expect(endless.hint == "Give the list it goes over a greatest length.")
        #expect(endless.range == 14..<44)
        let nested = "apps.all(a, apps.all(b, apps.all(c, a != b or b != c)))"
        let dear = try #require(try issue(nested, ["apps": .list(50)]))
        #expect(dear.message == "This may take 1257653 steps; 100000 are allowed.")
        #expect(dear.hint == "Go over a shorter list, or not over one within another.")
        #expect(dear.range == 24..<53)
        #expect(try issue(nested, ["apps": .list(10)]) == nil)
    }

    @Test("In a text the place is counted from the text's start")
    func template() throws {
        let template = try TextTemplate.parse("Über {{ name }} und {{ people.exists(p, p == manager) }}")
            .checked(in: Onboarding.declarations())
        let issues = template.costIssues(limit: 1000, ["name": .text(50)])
        #expect(issues.map(\.range) == [24..<54])
    }

    @Test("No line of the corpus takes more steps than its bound", arguments: CorpusTests.files)
    func corpus(_ file: String) throws {
        let activation = try Onboarding.activation()
        let declarations = try Onboarding.declarations().sized(by: activation.variables)
        var (evaluated, bounded) = (0, 0)
        for line in try CorpusLine.all(in: CorpusTests.text(of: file)) {
            guard let parsed = try? Expressions.Expression.parse(line.expression),
                let checked = try? parsed.checked(in: declarations, expecting: line.type, assuming: line.assumptions)
            else { continue }  // lines that are wrong are the corpus test's
            evaluated += 1
            bounded += check(checked, activation) ? 1 : 0
        }
        #expect(evaluated == 0 || bounded * 10 > evaluated * 5, "half have a bound: \(bounded) of \(evaluated)")
    }

    @Test("No random expression takes more steps than its bound")
    func random() throws {
        var expressions = SoundExpressions(Fuzzing.generator("Random costs"))
        var activation = try Onboarding.activation()
        let text = String(repeating: "ab1é ", count: Int.random(in: 0...8, using: &expressions.generator))
        activation.variables["name"] = .string(text)
        let declarations = try Onboarding.declarations().sized(by: activation.variables)
        var (evaluated, bounded) = (0, 0)
        let rounds = Fuzzing.rounds(600)
        for round in 0..<rounds {
            let source = expressions.next(depth: 1 + round % 5)
            guard let parsed = try? Expressions.Expression.parse(source) else { continue }  // a few grow too long
            let checked: CheckedExpression
            do {
                checked = try parsed.checked(in: declarations)
            } catch {
                Issue.record("\(source): \(error)")
                continue
            }
            guard checked.cost().most.map({ $0 < 1_000_000 }) ?? true else { continue }
            evaluated += 1
            bounded += check(checked, activation) ? 1 : 0
        }
        #expect(evaluated * 2 > rounds)
        #expect(bounded * 10 > evaluated * 9, "\(bounded) of \(evaluated)")
    }

    /// Compares the steps taken with the bounds; gives whether there is an upper one.
    private func check(_ checked: CheckedExpression, _ activation: TestActivation) -> Bool {
        let cost = checked.cost()
        let (outcome, steps) = checked.measured(in: activation)
        if case .success = outcome { #expect(steps >= cost.least, "\(checked.source)") }
        guard let most = cost.most else { return false }
        #expect(steps <= most, "\(checked.source)")
        return true
    }
}
