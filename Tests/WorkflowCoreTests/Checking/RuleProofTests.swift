import Expressions
import Testing

@testable import WorkflowCore

@Suite("Proving rules")
struct RuleProofTests {
    private static let outcome = ChoiceType(name: "outcomes", members: ["approved", "rejected"])

    private static let declared: [String: VariableDeclaration] = [
        "decide": VariableDeclaration(
            type: .record(
                RecordType(name: "decide", fields: ["outcome": VariableDeclaration(type: .choice(outcome))])),
            presence: .sometimes),
        "site": VariableDeclaration(type: .string), "privileged": VariableDeclaration(type: .bool),
        "cost": VariableDeclaration(type: .int),
    ]

    private static let fields = [
        field("privileged", .yesNo), field("cost", .integer(minimum: 0, maximum: nil)), field("site"),
    ]

    private static func checked(_ source: String) -> CheckedExpression { expression(source, declared: declared) }

    /// What the checker says about `never: grant` unless `decide` approved it.
    private static func verdict(_ steps: [Step], unless: String = "decide.outcome == \"approved\"") -> [String] {
        var type = requestType(form: fields, steps)
        let nowhere = SourceLocation(file: "test.yaml", line: 1, column: 1)
        type.rules = [Rule(never: .step("grant"), unless: checked(unless), source: nowhere)]
        let configuration = Configuration(
            version: "0",
            organisation: Organisation(
                title: LocalizedText(["en": "Acme"]), languages: ["en"], timeZone: "Europe/Berlin",
                workingHours: WorkingHours(weekdays: [1], from: .midnight, to: .midnight), currency: "EUR"),
            groups: [:], roles: [:], lists: [:], departments: [:], teams: [:], requestTypes: [type.id: type])
        return ProcessChecks.findings(for: type, in: configuration).map { "\($0.code): \($0.message)" }
    }

    private static func grant(_ when: String? = nil, after: [StepID] = ["decide"]) -> Step {
        step("grant", task(.team("it")), after: after).with { $0.when = when.map(checked) }
    }

    private static func decide(_ onFailure: FailureHandler? = .end("rejected"), when: String? = nil) -> Step {
        step("decide", approval(.group("leads")), onFailure: onFailure).with { $0.when = when.map(checked) }
    }

    @Test("An approval that ends the request when it is rejected proves the rule")
    func approvalBefore() {
        #expect(Self.verdict([Self.decide(), Self.grant()]) == [])
    }

    @Test("A condition that repeats the rule proves it")
    func repeated() {
        let steps = [Self.decide(.continue), Self.grant("decide.outcome == \"approved\"")]
        #expect(Self.verdict(steps) == [])
    }

    @Test("A step beside the approval breaks the rule at once")
    func beside() {
        let found = Self.verdict([Self.decide(), Self.grant(after: [])])
        #expect(
            found == [
                "rule.violated: `grant` can start although `decide.outcome == \"approved\"` does not hold: at once."
            ])
    }

    @Test("A rejection that is passed over breaks the rule, with the way there")
    func passedOver() {
        let found = Self.verdict([Self.decide(.continue), Self.grant()])
        #expect(
            found == [
                "rule.violated: `grant` can start although `decide.outcome == \"approved\"` does not hold: `decide` is rejected."
            ])
    }

    @Test(
        "A block that is late lets what follows start without the approval in it",
        arguments: [(OverdueAction.leave("check"), FailureHandler?.none), (.fail, .continue)])
    func late(_ onOverdue: OverdueAction, _ onFailure: FailureHandler?) {
        let block = step(
            "check", .block([Self.decide()]), due: "2 days", onOverdue: onOverdue, onFailure: onFailure)
        #expect(
            Self.verdict([block, Self.grant(after: ["check"])]) == [
                "rule.violated: `grant` can start although `decide.outcome == \"approved\"` does not hold: `check` is late."
            ])
    }

    @Test("An approval that may be skipped breaks the rule, with the values")
    func skipped() {
        let found = Self.verdict([Self.decide(when: "privileged"), Self.grant()])
        #expect(
            found == [
                """
                rule.violated: `grant` can start although `decide.outcome == "approved"` does not hold: at once, \
                when privileged is no.
                """
            ])
    }

    @Test("The rule may make an exception of what skips the approval")
    func exception() {
        let found = Self.verdict(
            [Self.decide(when: "privileged"), Self.grant()], unless: "decide.outcome == \"approved\" or not privileged")
        #expect(found == [])
    }

    @Test("Where a condition on two fields would have to turn out badly, the rule is not proven")
    func free() {
        let found = Self.verdict([Self.decide(when: "cost > size(site)"), Self.grant()])
        #expect(
            found == [
                """
                rule.not_proven: That `grant` never starts unless `decide.outcome == "approved"` cannot be proven: \
                at once, when `cost > size(site)` does not hold.
                """
            ])
    }

    @Test("A loop until approved proves the rule after it, and leaving it does not")
    func loop() {
        func loop(_ onExhausted: FailureHandler) -> Step {
            step(
                "intake",
                .repeat(
                    RepeatStep(
                        steps: [Self.decide(.continue)], until: Self.checked("decide.outcome == \"approved\""),
                        maximum: 3, onExhausted: onExhausted)))
        }
        #expect(Self.verdict([loop(.end("rejected")), Self.grant(after: ["intake"])]) == [])
        let found = Self.verdict([loop(.continue), Self.grant(after: ["intake"])])
        #expect(found.count == 1)
        let way = "`decide` is rejected, then `decide` is rejected, then `decide` is rejected."
        #expect(found.first?.hasSuffix(way) == true, "\(found)")
    }

    @Test("Inside the loop the approval of the same round counts")
    func inLoop() {
        let loop = step(
            "intake",
            .repeat(
                RepeatStep(
                    steps: [Self.decide(.continue), Self.grant("decide.outcome == \"approved\"")],
                    until: Self.checked("decide.outcome == \"approved\""), maximum: 3, onExhausted: .end("rejected"))))
        #expect(Self.verdict([loop]) == [])
    }

    @Test("A race that the approval may lose breaks the rule")
    func race() {
        let race = step(
            "answer",
            .race(
                RaceStep(
                    branches: [Self.decide(), step("deadline", .wait(.span(expression("2 days"))))],
                    win: .firstStep, need: 1, rest: .cancel)))
        let found = Self.verdict([race, Self.grant(after: ["answer"])])
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix("`deadline` is over.") == true, "\(found)")
    }

    @Test("Only the case with the approval leads on when the rule says so in a choose")
    func choose() {
        let choose = step(
            "way",
            .choose(
                ChooseStep(cases: [
                    ChooseCase(
                        when: Self.checked("privileged"), gives: [], steps: [Self.decide()],
                        source: SourceLocation(file: "test.yaml", line: 1, column: 1)),
                    ChooseCase(
                        when: nil, gives: [], steps: [], source: SourceLocation(file: "test.yaml", line: 1, column: 1)),
                ])))
        let found = Self.verdict([choose, Self.grant(after: ["way"])])
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix("at once, when privileged is no.") == true, "\(found)")
        #expect(Self.verdict([choose, Self.grant("privileged", after: ["way"])]) == [])
    }

    @Test("What people may add at any time is asked for too")
    func adhoc() {
        let extras = step("extras", .adhoc(AdhocStep(by: [.role("hr")], templates: [Self.grant(after: [])])))
        let found = Self.verdict([Self.decide(), extras])
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix("somebody adds `grant`.") == true, "\(found)")
    }
}
