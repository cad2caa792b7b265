import ArgumentParser
import Testing
import WorkflowCore

@testable import bureau

@Suite("Forms on the command line")
struct FormTests {
    private func field(_ type: String, element: String? = nil) -> FormField {
        FormField(
            .object([
                "id": .string("x"), "type": .string(type), "element_type": element.map { .string($0) } ?? .null,
                "choices": .array([.object(["value": .string("berlin"), "label": .string("Berlin (HQ)")])]),
            ]))
    }

    @Test(
        "Text becomes what the field's type wants",
        arguments: [
            ("text", nil, ["1"], .string("1")), ("integer", nil, ["12"], .number("12")),
            ("integer", nil, ["1_2"], .string("1_2")), ("number", nil, ["-1.50e3"], .number("-1.50e3")),
            ("number", nil, ["01"], .string("01")), ("number", nil, ["١"], .string("١")),
            ("yes_no", nil, ["Yes"], .bool(true)), ("yes_no", nil, ["nein"], .bool(false)),
            ("yes_no", nil, ["maybe"], .string("maybe")), ("choice", nil, ["berlin"], .string("berlin")),
            ("choice", nil, ["berlin (hq)"], .string("berlin")), ("choice", nil, ["x"], .string("x")),
            ("choices", nil, ["berlin, x"], .array([.string("berlin"), .string("x")])),
            ("list", "integer", ["1", "2,3"], .array([.number("1"), .number("2"), .number("3")])),
            ("money", nil, ["1250.00"], .string("1250.00")),
        ] as [(String, String?, [String], JSONValue)])
    func entries(type: String, element: String?, texts: [String], expected: JSONValue) {
        #expect(field(type, element: element).entry(texts) == expected)
    }

    @Test("A --field without = is wrong use")
    func malformedField() {
        #expect(throws: ClientError.self) { try FormInput(fields: ["from"], jsonForm: nil) }
        #expect(throws: ClientError.self) { try FormInput(fields: ["=x"], jsonForm: nil) }
    }

    @Test("A value may hold = and fields may repeat")
    func fields() throws {
        let input = try FormInput(fields: ["x=a=b", "unknown=1"], jsonForm: nil)
        #expect(input.entries(for: [field("text")]) == ["x": .string("a=b"), "unknown": .string("1")])
    }

    private func request(_ actions: [(String, [String])]) -> JSONValue {
        .object([
            "steps": .array(
                actions.map { name, actions in
                    .object(["instance": .string(name), "actions": .array(actions.map { .string($0) })])
                })
        ])
    }

    @Test("The only step with the action is meant, several must be told apart")
    func steps() throws {
        let target = try StepTarget.parse(["HR-1"])
        #expect(try target.find("approve", in: request([("a", ["claim"]), ("b", ["approve", "reject"])])).name == "b")
        #expect(throws: ClientError.usage("Say which step of HR-1: a, b.")) {
            _ = try target.find("claim", in: request([("a", ["claim"]), ("b", ["claim"])]))
        }
        #expect(throws: ClientError.self) { _ = try target.find("claim", in: request([("a", [])])) }
        #expect(try StepTarget.parse(["HR-1", "c#2"]).find("claim", in: request([])).name == "c#2")
    }
}
