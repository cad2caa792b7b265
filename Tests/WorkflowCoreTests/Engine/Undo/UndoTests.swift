import Expressions
import Testing

@testable import WorkflowCore

@Suite("Taking back")
struct UndoTests {
    private let work = task(.team("hr"))

    private func account(_ id: StepID = "account", onFailure: FailureHandler? = .continue, after: [StepID] = []) -> Step
    {
        step(id, child("it.account"), after: after, onFailure: onFailure).with {
            $0.undo = undo(by: "it.disable_account", with: [("login", "\(id).login")])
        }
    }

    private let cancellation = Cancellation(by: [people("requester")], until: nil, outcome: "withdrawn")

    private func raised(_ steps: [Step]) throws -> Story {
        try Story(requestType(cancel: cancellation, steps), raisedWith: [:])
    }

    private func deliver(_ story: inout Story, _ name: InstanceName, login: String = "mm") throws -> [String] {
        try story.report(name, .submitted(number: "IT-1"))
        return try story.report(name, .closed(.done, outputs: ["login": .string(login)]))
    }

    @Test("A cancelled request takes back what was done, last first, one after the other, and closes then")
    func lastFirst() throws {
        var story = try raised([account("a"), account("b"), account("c"), step("wait", work)])
        #expect(try deliver(&story, "b", login: "b1") == ["child_closed b done", "undo_prepared b"])
        _ = try deliver(&story, "a", login: "a1")
        try story.report("c", .submitted(number: "IT-3"))
        #expect(
            try story.give(.cancel(reason: nil), by: Person.rosa) == [
                "cancel_requested", "child_cancel_requested c", "cancelled wait", "undo_due a", "undo_due b",
                "ending withdrawn",
            ])
        // The child is waited for first.
        #expect(
            try story.report("c", .closed(.withdrawn, outputs: [:])) == [
                "child_closed c withdrawn", "cancelled c", "started a!undo as it.disable_account",
            ])
        let order = try #require(story.ledger.children["a!undo"].flatMap { story.ledger.raised[$0] })
        #expect(order.inputs == ["login": .string("a1")])
        #expect(story.state?.phase == .ending(.withdrawn))
        #expect(
            try deliver(&story, "a!undo") == ["child_closed a!undo done", "started b!undo as it.disable_account"])
        #expect(try deliver(&story, "b!undo") == ["child_closed b!undo done", "closed withdrawn", "told rosa closed"])
    }

    @Test("A child that would not be stopped and has done its work is taken back")
    func refusesToStop() throws {
        var story = try raised([account(), step("wait", work)])
        try story.report("account", .submitted(number: "IT-1"))
        try story.give(.cancel(reason: nil), by: Person.rosa)
        #expect(
            try story.report("account", .closed(.done, outputs: ["login": .string("mm")])) == [
                "child_closed account done", "undo_prepared account", "undo_due account",
                "started account!undo as it.disable_account",
            ])
        let order = try #require(story.ledger.children["account!undo"].flatMap { story.ledger.raised[$0] })
        #expect(order.inputs == ["login": .string("mm")])
        _ = try deliver(&story, "account!undo")
        #expect(story.outcome == "withdrawn")
    }

    @Test("What an undo will be given can be kept apart from the state")
    func apart() throws {
        var story = try raised([account(), step("wait", work)])
        _ = try deliver(&story, "account", login: "mm")
        let state = try #require(story.state)
        let (bare, removed) = state.removing(["account!undo.login", "account.login", "account!undo.none"])
        #expect(removed == ["account!undo.login": .string("mm"), "account.login": .string("mm")])
        #expect(bare.steps["account"]?.undo?.inputs == [:])
        #expect(bare.restoring(removed) == state)
    }

    @Test("A good end takes nothing back", arguments: [true, false])
    func goodEnd(_ isExplicit: Bool) throws {
        var story = try raised(
            [account("a")] + (isExplicit ? [step("stop", .end("done"), after: ["a"]), step("w", work)] : []))
        _ = try deliver(&story, "a")
        #expect(story.outcome == "done")
    }

    @Test("Inputs are frozen when the step was done, in each round and element")
    func frozen() throws {
        let grants = each("app", of: "[\"sap\", \"crm\"]", [account("grant")])
        var story = try raised([
            step("rounds", loop(until: "false", max: 2, [account("a"), step("ok", work, after: ["a"])])),
            step("access", grants), step("wait", work),
        ])
        _ = try deliver(&story, "a", login: "first")
        _ = try deliver(&story, "grant[crm]", login: "crm")
        try story.give(.complete("ok", entries: [:]), by: Person.hans)
        _ = try deliver(&story, "a#2", login: "second")
        _ = try deliver(&story, "grant[sap]", login: "sap")
        try story.give(.cancel(reason: nil), by: Person.rosa)
        for (name, login) in [("grant[sap]", "sap"), ("a#2", "second"), ("grant[crm]", "crm"), ("a", "first")] {
            let undo = try #require(InstanceName(name + "!undo"))
            let order = try #require(story.ledger.children[undo].flatMap { story.ledger.raised[$0] })
            #expect(order.inputs == ["login": .string(login)])
            _ = try deliver(&story, undo)
        }
        #expect(story.outcome == "withdrawn")
    }

    @Test("A failed block that is passed over is taken back while the request goes on, and the end waits for it")
    func passedOver() throws {
        var story = try raised([
            step(
                "block", .block([account(), step("decide", approval(.team("hr")), after: ["account"])]),
                onFailure: .continue),
            step("next", work, after: ["block"]),
        ])
        _ = try deliver(&story, "account")
        #expect(
            try story.give(.reject("decide", comment: nil), by: Person.hans).dropFirst() == [
                "failed decide rejected -> outward", "failed block inner -> continued", "undo_due account",
                "started next for team:hr", "started account!undo as it.disable_account",
            ])
        try story.give(.complete("next", entries: [:]), by: Person.hans)
        #expect(story.outcome == nil)
        #expect(
            try deliver(&story, "account!undo") == [
                "child_closed account!undo done", "closed done", "told rosa closed",
            ])
    }

    @Test("A block that is retried starts only when what it did has been taken back")
    func retried() throws {
        var story = try raised([
            step(
                "block", .block([account(), step("decide", approval(.team("hr")), after: ["account"])]),
                onFailure: .retry(1))
        ])
        _ = try deliver(&story, "account", login: "one")
        try story.give(.reject("decide", comment: nil), by: Person.hans)
        #expect(story.status("account") == "done" && story.status(of: "account!undo") == "request")
        #expect(
            try deliver(&story, "account!undo") == [
                "child_closed account!undo done", "reset account", "reset account!undo", "reset decide",
                "started block",
                "started account as it.account",
            ])
        _ = try deliver(&story, "account", login: "two")
        try story.give(.reject("decide", comment: nil), by: Person.hans)
        #expect(story.state?.phase == .ending(.rejected))
        let order = try #require(story.ledger.children["account!undo"].flatMap { story.ledger.raised[$0] })
        #expect(order.inputs == ["login": .string("two")])
        _ = try deliver(&story, "account!undo")
        #expect(story.outcome == "rejected")
    }

    @Test("What losers of a race have done is taken back, what the winner did is not")
    func losers() throws {
        var story = try raised([
            step(
                "race",
                race(
                    .finish,
                    [
                        step("a", .block([account("one"), step("x", work, after: ["one"])])),
                        step("b", .block([account("two"), step("y", work, after: ["two"])])),
                    ])), step("next", work, after: ["race"]),
        ])
        _ = try deliver(&story, "one")
        _ = try deliver(&story, "two")
        #expect(
            try story.give(.complete("x", entries: [:]), by: Person.hans).dropFirst() == [
                "done a", "won race by a", "cancelled b", "cancelled y", "undo_due two", "done race",
                "started next for team:hr", "started two!undo as it.disable_account",
            ])
        #expect(story.status(of: "one!undo") == "waiting")
    }

    @Test("What a left block has done is taken back, and so are cancelled elements")
    func leftAndCancelled() throws {
        var story = try raised([
            step(
                "block",
                .block([
                    account("one"), step("decide", approval(.team("hr")), after: ["one"], onFailure: .leave("block")),
                ])),
            step(
                "some",
                each(
                    "e", of: "[\"a\", \"b\"]", need: .count(1),
                    [account("two"), step("ok", work, after: ["two"])])), step("last", work),
        ])
        _ = try deliver(&story, "one")
        _ = try deliver(&story, "two[a]")
        _ = try deliver(&story, "two[b]")
        try story.give(.complete("ok[b]", entries: [:]), by: Person.hans)
        #expect(story.status(of: "two[a]!undo") == "request")
        #expect(story.state?.steps["two[b]"]?.undo?.isDue == false)
        try story.give(.reject("decide", comment: nil), by: Person.hans)
        #expect(story.status(of: "one!undo") == "waiting")
        _ = try deliver(&story, "two[a]!undo")
        #expect(story.status(of: "one!undo") == "request" && story.status("block") == "done")
    }

    @Test(
        "A failed undo goes to the department's agents, who try it again or accept it; it cannot be given up or cancelled"
    )
    func failedUndo() throws {
        var story = try raised([account(), step("wait", work)])
        _ = try deliver(&story, "account")
        try story.give(.cancel(reason: nil), by: Person.rosa)
        #expect(
            try story.report("account!undo", .refused(reason: "no")) == [
                "child_refused account!undo", "failed account!undo child -> asked team:hr",
            ])
        #expect(story.ledger.work["account!undo"]?.kind == .decision)
        #expect(
            story.code(.giveUp("account!undo", outcome: "rejected"), by: Person.hans) == "request.undo.not_given_up")
        #expect(story.code(.accept("account!undo"), by: Person.rosa) == "request.step.not_asked")
        #expect(story.code(.cancel(reason: nil), by: Person.rosa) == "request.ending")
        #expect(
            try story.give(.retry("account!undo"), by: Person.hans) == [
                "retried account!undo for attempt 2", "started account!undo as it.disable_account",
            ])
        try story.report("account!undo", .submitted(number: "IT-2"))
        try story.report("account!undo", .closed(.rejected, outputs: [:]))
        #expect(
            try story.give(.accept("account!undo"), by: Person.hans) == [
                "failed account!undo child -> continued", "closed withdrawn", "told rosa closed",
            ])
    }

    @Test("Only an undo that failed can be accepted")
    func accepting() throws {
        var story = try raised([step("decide", approval(.team("hr")), onFailure: .ask([.team("hr")]))])
        try story.give(.reject("decide", comment: nil), by: Person.hans)
        #expect(story.code(.accept("decide"), by: Person.hans) == "request.step.not_accepted")
    }

    @Test("A request that is itself an undo cannot be cancelled")
    func undoIsNotCancelled() throws {
        var story = Story(requestType(offeredTo: .everyone, cancel: cancellation, [step("a", work)]))
        try story.raise(parent: Parent(request: Story.id, instance: "account!undo"))
        #expect(story.code(.cancel(reason: nil), as: .system(.parent)) == "request.cancel.not_allowed")
        #expect(story.code(.cancel(reason: nil), by: Person.rosa) == "request.cancel.not_allowed")
    }
}
