import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Large configurations")
struct LimitTests {
    private static let head =
        "title: Case\naudience: role:employee\noffered_to: everyone\noutcomes: {done: good, no: bad}\n"

    private static func chain(_ count: Int) -> String {
        var text = head + "steps:\n"
        for step in 0..<count {
            text += "  - task: s\(step)\n    assign: team:hr\n    forever: true\n"
            if step > 0 { text += "    after: s\(step - 1)\n" }
        }
        return text
    }

    @Test("A long chain of steps is checked without recursion, and with an end that leads to its beginning too")
    func longChain() {
        #expect(Fixtures.compile(requestType: Self.chain(500)).diagnostics == [])
        let circle = Self.chain(500).replacing("  - task: s0\n", with: "  - task: s0\n    after: s499\n")
        #expect(Fixtures.compile(requestType: circle).diagnostics.map(\.code) == ["step.after_cycle"])
    }

    @Test("More steps or fields than any process needs are refused")
    func tooMany() {
        #expect(Fixtures.compile(requestType: Self.chain(501)).diagnostics.map(\.code) == ["config.too_many"])
        let fields = (0...200).map { "  f\($0): {label: F, type: text}\n" }.joined()
        let form = Self.head + "form:\n" + fields + "steps:\n  - task: a\n    assign: team:hr\n    forever: true\n"
        #expect(
            Fixtures.compile(requestType: form).diagnostics.map { "\($0.code)@\($0.location.line)" } == [
                "config.too_many@206"
            ])
    }

    @Test("Request types may start each other in a long chain")
    func longChainOfTypes() {
        var files: [String: String] = [:]
        for type in 0..<400 {
            files["departments/hr/requests/t\(type).yaml"] =
                Self.head
                + (type == 399
                    ? "steps:\n  - task: a\n    assign: team:hr\n    forever: true\n"
                    : "steps:\n  - request: a\n    type: hr.t\(type + 1)\n    on_failed: {end: no}\n    undo: none\n")
        }
        #expect(Fixtures.compile(files).diagnostics == [])
    }

    @Test("Choices that build on one another are worked out in their order, not in that of the file")
    func longChainOfChoices() {
        var text = Self.head + "form:\n  cost: {label: Cost, type: integer}\nsteps:\n"
        for step in (0..<300).reversed() {
            let value = step == 0 ? "cost" : "s\(step - 1).level + 1"
            text += "  - choose: s\(step)\n    cases: [{when: cost > 5, gives: {level: \(value)}}]\n"
            text += "    else: {gives: {level: 0}}\n"
            if step > 0 { text += "    after: s\(step - 1)\n" }
        }
        #expect(Fixtures.compile(requestType: text).diagnostics == [])
        let circle = text.replacing("  - choose: s0\n", with: "  - choose: s0\n    after: s299\n")
        #expect(Fixtures.compile(requestType: circle).diagnostics.contains { $0.code == "step.after_cycle" })
    }
}
