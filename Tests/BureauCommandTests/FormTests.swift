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

    @Test(
        "Rows are written as JSON, all at once or one each time",
        arguments: [
            (["[{\"a\":1},{\"a\":2}]"], .array([.object(["a": .number("1")]), .object(["a": .number("2")])])),
            (["{\"a\":1}", "{\"a\":2}"], .array([.object(["a": .number("1")]), .object(["a": .number("2")])])),
            (["two chairs"], .string("two chairs")), (["[]"], .array([])),
        ] as [([String], JSONValue)])
    func rows(texts: [String], expected: JSONValue) {
        #expect(field("rows").entry(texts) == expected)
    }

    @Test("A question knows its columns, its bounds and whether it is computed")
    func columns() {
        let form = FormField(
            .object([
                "id": .string("items"), "type": .string("rows"), "minimum": .string("1"), "maximum": .string("20"),
                "columns": .array([
                    .object(["id": .string("n"), "type": .string("integer"), "computed": .null]),
                    .object(["id": .string("cost"), "type": .string("money"), "computed": .string("price * n")]),
                ]),
            ]))
        #expect(form.columns.map(\.id) == ["n", "cost"] && form.minimum == 1 && form.maximum == 20)
        #expect(form.columns.map(\.isComputed) == [false, true] && form.isAskedAtOnce)
        #expect(FormPlace("items[2].cost")?.field(in: [form])?.id == "cost")
        #expect(FormPlace("items[2].wat")?.field(in: [form]) == nil)
    }

    @Test("A cell is mended in its row")
    func cells() throws {
        var entries: [String: JSONValue] = [
            "items": .array([.object(["n": .number("0"), "x": .bool(true)])]), "a": .null,
        ]
        let cell = try #require(FormPlace("items[0].n"))
        #expect(cell.row == 0 && cell.column == "n" && cell.set(.number("3"), in: &entries))
        #expect(try #require(FormPlace("items[0].x")).set(nil, in: &entries))
        #expect(entries["items"] == .array([.object(["n": .number("3")])]))
        #expect(try #require(FormPlace("items[1].n")).set(.number("1"), in: &entries) == false)
        #expect(try #require(FormPlace("b")).set(nil, in: &entries) == false)
        #expect(try #require(FormPlace("b")).set(.bool(true), in: &entries) && entries["b"] == .bool(true))
        #expect(FormPlace("items[x].n") == nil && FormPlace("a.b") == nil && FormPlace("items[0") == nil)
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
