import Expressions
import Testing

@testable import WorkflowCore

@Suite("Calls")
struct CallTests {
    private let account = call(
        .put, "/people/{{ login }}/mailbox", with: [("quota", "5"), ("start", "start")], perhaps: ["start"],
        answer: [field("address", .email), field("note", optional: true)])

    private func raised(
        _ kind: StepKind? = nil, login: String = "a.b", onFailure: FailureHandler? = nil, _ more: [Step] = []
    ) throws -> Story {
        let type = requestType(
            form: [field("login"), field("start", .date, optional: true)],
            cancel: Cancellation(by: [people("requester")], until: nil, outcome: "withdrawn"),
            [step("mailbox", kind ?? .call(account), onFailure: onFailure)] + more)
        return try Story(type, raisedWith: ["login": .string(login)])
    }

    @Test("What is sent is frozen when the step starts")
    func order() throws {
        let story = try raised()
        let order = try #require(story.ledger.calls["mailbox"])
        #expect(order.call.path == "/people/a.b/mailbox")
        #expect(order.call.inputs == ["quota": .int(5)], "what has no value is absent")
        #expect((order.call.method, order.call.service, order.attempt) == (.put, "directory", 1))
        #expect((order.call.timeout, order.call.retries, order.call.firstPause) == (30, 5, 10))
        #expect(order.request == Story.id)
        #expect(story.status("mailbox") == "call")
    }

    @Test(
        "Values in the path are percent-encoded",
        arguments: [("a/b", "a%2Fb"), ("../x", "..%2Fx"), ("ü?#", "%C3%BC%3F%23"), ("a b", "a%20b"), ("~-._", "~-._")])
    func path(_ login: String, _ encoded: String) throws {
        #expect(try raised(login: login).ledger.calls["mailbox"]?.call.path == "/people/\(encoded)/mailbox")
    }

    @Test("Dots alone do not climb out of the path", arguments: [".", ".."])
    func dots(_ login: String) throws {
        let story = try raised(login: login)
        #expect(story.ledger.calls.isEmpty)
        #expect(story.status("mailbox") == "asking")
    }

    @Test("A good answer is typed and becomes the outputs; what is not asked for is passed over")
    func answered() throws {
        var story = try raised()
        let body = JSONValue.object(["address": .string("a@b.org"), "id": .number("7")])
        #expect(
            try story.answer("mailbox", .answered(status: 201, body)) == [
                "call_answered mailbox 201", "closed done", "told rosa closed",
            ])
        #expect(story.outputs("mailbox") == ["address": .string("a@b.org")])
    }

    @Test(
        "Anything else is a failure that says why, and not what was answered",
        arguments: [
            (CallReport.answered(status: 404, .null), "The service answered with the status 404."),
            (
                .answered(status: 200, .object(["address": .string("secret")])),
                "The service's answer is not as declared: `address` (form.type)."
            ),
            (.answered(status: 200, .null), "The service's answer is not as declared: `address` (form.required)."),
            (.failed(reason: "No connection."), "No connection."),
        ])
    func failed(_ report: CallReport, _ sentence: String) throws {
        var story = try raised(onFailure: .continue)
        #expect(try story.answer("mailbox", report).first == "failed mailbox call -> continued")
        guard case .failed(let failure, _, outcome: _)? = settlement(of: "mailbox", story) else {
            Issue.record("not failed")
            return
        }
        #expect(failure == .call(sentence))
    }

    @Test("Every attempt of the step has its own key, and answers to others are stale")
    func attempts() throws {
        var story = try raised(onFailure: .retry(1))
        let first = try #require(story.ledger.calls["mailbox"])
        try story.answer("mailbox", .failed(reason: "No."))
        let second = try #require(story.ledger.calls["mailbox"])
        #expect(second.attempt == 2)
        #expect(second.call.id != first.call.id)
        let late = Command.callAnswered("mailbox", first.call.id, .failed(reason: "No."))
        #expect(story.code(late, as: .system(.call)) == "request.stale")
    }

    @Test("One that is no longer needed is called off, and its answer is waited for")
    func calledOff() throws {
        var story = try raised()
        #expect(
            try story.give(.cancel(reason: nil), by: Person.rosa) == [
                "cancel_requested", "call_cancel_requested mailbox", "ending withdrawn",
            ])
        #expect(story.ledger.calledOff.count == 1)
        #expect(
            try story.answer("mailbox", .failed(reason: "Called off.")) == [
                "cancelled mailbox", "closed withdrawn", "told rosa closed",
            ])
    }

    @Test("One that had its effect all the same is taken back")
    func takenBack() throws {
        let made = step("mailbox", .call(account))
            .with { $0.undo = .call(call(.delete, "/people/{{ mailbox.address }}")) }
        let type = requestType(
            form: [field("login"), field("start", .date, optional: true)],
            cancel: Cancellation(by: [people("requester")], until: nil, outcome: "withdrawn"), [made])
        var story = try Story(type, raisedWith: ["login": .string("ann")])
        try story.give(.cancel(reason: nil), by: Person.rosa)
        let body = JSONValue.object(["address": .string("a@b.org")])
        let lines = try story.answer("mailbox", .answered(status: 200, body))
        #expect(
            lines == [
                "call_answered mailbox 200", "undo_prepared mailbox", "undo_due mailbox",
                "started mailbox!undo delete /people/a%40b.org",
            ])
        #expect(
            try story.answer("mailbox!undo", .answered(status: 204, .null)) == [
                "call_answered mailbox!undo 204", "closed withdrawn", "told rosa closed",
            ])
    }

    @Test("A call that is overdue is given up")
    func overdue() throws {
        let slow = step("mailbox", .call(account), due: "1 hour", onOverdue: .fail, onFailure: .continue)
        let type = requestType(form: [field("login"), field("start", .date, optional: true)], [slow])
        var story = try Story(type, raisedWith: ["login": .string("ann")])
        #expect(
            try story.ring("mailbox").prefix(3) == [
                "deadline_passed mailbox", "call_cancel_requested mailbox", "failed mailbox overdue -> continued",
            ])
    }

    private func settlement(of step: StepID, _ story: Story) -> Settlement? {
        if case .settled(let settlement)? = story.state?.steps[InstanceName(step)]?.status { settlement } else { nil }
    }
}
