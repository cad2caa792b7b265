import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("What calls become on the wire, and what their answers mean")
struct CallRulesTests {
    private static let service = Service(
        id: "directory", title: LocalizedText(["en": "Directory"]), url: "https://d.example.org/api", secret: nil,
        offeredTo: .everyone)

    private func order(_ method: CallMethod, _ path: String, _ inputs: [String: Value] = [:]) -> CallOrder {
        let id = UniqueID.version7(milliseconds: 1, random: 2, 3)
        return CallOrder(
            request: RequestID(id), instance: InstanceName("call"), attempt: 1,
            call: FrozenCall(
                id: CallID(id), service: "directory", method: method, path: path, inputs: inputs, timeout: 20,
                retries: 2, firstPause: 10))
    }

    @Test("What a get asks stands in the query, by name and encoded")
    func query() throws {
        let inputs: [String: Value] = [
            "name": .string("Ä & B"), "ids": .list([.int(1), .int(2)]), "nothing": .null, "on": .bool(true),
        ]
        let request = try #require(
            CallPlan.request(for: order(.get, "/people?x=1", inputs), to: Self.service))
        #expect(request.url == "https://d.example.org/api/people?x=1&ids=1&ids=2&name=%C3%84%20%26%20B&on=true")
        #expect(request.body == nil)
        let plain = try #require(CallPlan.request(for: order(.delete, "people"), to: Self.service))
        #expect(plain.url == "https://d.example.org/api/people")
    }

    @Test(
        "A path that could lead elsewhere is none",
        arguments: ["", "/a/../b", "/a/%2e%2E/b", "/./a", "/a b", "/a#b", "/ä", "/a\\..\\b", "/a\r\nX: y"])
    func paths(path: String) {
        #expect(CallPlan.request(for: order(.post, path), to: Self.service) == nil)
    }

    @Test(
        "What may pass is repeated as often as the step allows",
        arguments: [
            (CallAttempt.answered(status: 408, nil, retryAfter: nil), true),
            (.answered(status: 425, nil, retryAfter: nil), true), (.answered(status: 429, nil, retryAfter: nil), true),
            (.answered(status: 500, nil, retryAfter: nil), true), (.answered(status: 503, nil, retryAfter: nil), true),
            (.failed(.unreachable), true), (.failed(.timedOut), true), (.failed(.missingSecret), true),
            (.answered(status: 200, .object([:]), retryAfter: nil), false),
            (.answered(status: 301, nil, retryAfter: nil), false),
            (.answered(status: 404, nil, retryAfter: nil), false),
            (.failed(.untrusted), false), (.failed(.tooLarge), false), (.failed(.insecure), false),
        ])
    func repetition(attempt: CallAttempt, isRepeated: Bool) {
        func verdict(_ attempts: Int) -> CallVerdict {
            CallVerdict(attempt, attempts: attempts, retries: 2, firstPause: .seconds(10), jitter: 1)
        }
        #expect((verdict(1) == .again(after: .seconds(10))) == isRepeated)
        #expect((verdict(2) == .again(after: .seconds(20))) == isRepeated)
        guard case .report = verdict(3) else {
            Issue.record("The third attempt is the last.")
            return
        }
    }

    @Test("Pauses double up to an hour, and a service may ask for a longer one up to that")
    func pauses() {
        func pause(_ attempts: Int, _ wish: Duration? = nil) -> CallVerdict {
            CallVerdict(
                .answered(status: 503, nil, retryAfter: wish), attempts: attempts, retries: 99,
                firstPause: .seconds(10), jitter: 1)
        }
        #expect(pause(4) == .again(after: .seconds(80)))
        #expect(pause(60) == .again(after: .seconds(3600)))
        #expect(pause(1, .seconds(300)) == .again(after: .seconds(300)))
        #expect(pause(1, .seconds(3)) == .again(after: .seconds(10)))
        #expect(pause(1, .seconds(999_999)) == .again(after: .seconds(3600)))
    }

    @Test("What nobody knows is reported to nobody")
    func interrupted() {
        #expect(
            CallVerdict(.failed(.interrupted), attempts: 9, retries: 0, firstPause: .seconds(1), jitter: 1)
                == .unknown)
    }
}
