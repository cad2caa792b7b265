import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("How large outputs are")
struct OutputSizeTests {
    private func codes(max: Int) -> [String] {
        Fixtures.compile([
            "departments/it/requests/labels.yaml": """
            title: Labels
            offered_to: [hr]
            outcomes: {done: good, no: bad}
            form:
              labels: {label: L, type: list, of: {type: text, max_length: 1000}, max: \(max)}
            outputs: {labels: labels}
            steps:
              - task: print
                assign: team:it
                forever: true
            """,
            "departments/hr/requests/case.yaml": """
            title: Case
            audience: role:employee
            outcomes: {done: good, no: bad}
            form:
              labels: {label: L, type: list, of: {type: text}, max: 5}
            steps:
              - request: print
                type: it.labels
                with: {labels: labels}
                on_failed: {end: no}
              - notify: tell
                after: print
                to: team:hr
                message: "{{ print.labels.join(', ') }}"
            """,
        ]).diagnostics.map(\.code)
    }

    @Test("A list that a child gives is as long as the child's form lets it be")
    func children() {
        #expect(codes(max: 20) == [])
        #expect(codes(max: 900) == ["expression.cost"])
    }
}
