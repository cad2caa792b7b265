import Expressions
import Testing

@testable import WorkflowCore

@Suite("Rules at run time")
struct RuleAssertionTests {
    private func ruled(_ rule: Rule, _ steps: [Step], department: RequestTypeID = "hr.leave") -> RequestType {
        with(requestType(department, steps)) { $0.rules = [rule] }
    }

    private static let decide = step("decide", approval(people("manager_of(requester)")), onFailure: .continue)

    @Test("A step that a rule forbids does not start: the department's agents are asked, whatever its handler says")
    func step_() throws {
        let type = ruled(
            rule(never: .step("account"), unless: "decide.outcome == \"approved\""),
            [Self.decide, step("account", child("it.account"), after: ["decide"], onFailure: .continue)])
        var good = try Story(type, raisedWith: [:])
        #expect(
            try good.give(.approve("decide", comment: nil), by: Person.mila).last == "started account as it.account")
        var bad = try Story(type, raisedWith: [:])
        #expect(
            try bad.give(.reject("decide", comment: nil), by: Person.mila).suffix(2) == [
                "failed account rule -> asked team:hr", "told account team:hr rule_violated",
            ])
        #expect(bad.ledger.raised.isEmpty)
        #expect(
            try bad.give(.retry("account"), by: Person.hans).contains("failed account rule -> asked team:hr"),
            "asking again does not help")
        try bad.give(.giveUp("account", outcome: "rejected"), by: Person.hans)
        #expect(bad.outcome == "rejected")
    }

    @Test("A condition that cannot be worked out does not hold")
    func absent() throws {
        let type = ruled(
            rule(never: .type("it.account"), unless: "decide.outcome == \"approved\""),
            [step("account", child("it.account"), onFailure: .continue)])
        let story = try Story(type, raisedWith: [:])
        #expect(story.status("account") == "asking")
    }

    @Test("Every element and every undo is asked too")
    func instances() throws {
        let each = EachStep(
            variable: "app", of: expression("[\"sap\", \"crm\"]"), key: nil, need: .all, rest: .continue, add: nil,
            steps: [step("grant", child("it.access"), onFailure: .continue)])
        let story = try Story(
            ruled(
                rule(never: .type("it.access"), unless: "app == \"crm\""), [step("access", .each(each))]),
            raisedWith: [:])
        #expect(story.status(of: "grant[sap]") == "asking")
        #expect(story.status(of: "grant[crm]") == "request")

        let account = step("account", child("it.account"))
            .with { $0.undo = .request(ChildStep(type: "it.disable", inputs: [], wait: .ended)) }
        var undone = try Story(
            ruled(
                rule(never: .type("it.disable"), unless: "false"),
                [
                    account, step("stop", task(.team("hr")), after: ["account"]),
                    step("bad", .end("rejected"), after: ["stop"]),
                ]),
            raisedWith: [:])
        try undone.report("account", .submitted(number: "IT-1"))
        try undone.report("account", .closed(.done, outputs: [:]))
        #expect(
            try undone.give(.complete("stop", entries: [:]), by: Person.hans).contains(
                "failed account!undo rule -> asked team:hr"))
    }

    @Test("Without agents the request ends badly instead of going on")
    func nobody() throws {
        let story = try Story(
            ruled(
                rule(never: .step("work"), unless: "false"), [step("work", task(.team("it")))], department: "xx.leave"),
            raisedWith: [:])
        #expect(story.outcome == "rejected")
    }
}
