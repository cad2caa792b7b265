import WorkflowCore

/// Those who wait for one event expect the same of it: one that came early is read before it is known who takes it.
struct EventChecks {
    let findings: Findings

    func check(_ type: RequestType) {
        var first: [String: (step: Step, wait: EventWait)] = [:]
        for step in type.index.all {
            guard case .wait(.event(let wait)) = step.kind else { continue }
            guard let other = first[wait.event] else {
                first[wait.event] = (step, wait)
                continue
            }
            if (wait.key == nil) != (other.wait.key == nil) {
                let (with, without) = wait.key == nil ? (other.step.id, step.id) : (step.id, other.step.id)
                complain(
                    "`\(with)` waits for a `\(wait.event)` with a `key`, `\(without)` for one without.", at: step, "key"
                )
            }
            if !Self.isSame(wait.form, other.wait.form) {
                complain(
                    "`\(other.step.id)` and `\(step.id)` wait for the same event `\(wait.event)`, and expect other values with it.",
                    at: step, "gives")
            }
        }
    }

    private func complain(_ message: String, at step: Step, _ key: String) {
        findings.error(
            .eventDiffers, message, hint: "Say the same in both, or give the events names of their own.",
            at: step.places.first(of: key, "event") ?? step.source)
    }

    private static func isSame(_ one: Form, _ other: Form) -> Bool {
        one.fields.count == other.fields.count
            && one.fields.allSatisfy { field in
                other[field.id].map { $0.kind == field.kind && $0.isOptional == field.isOptional } ?? false
            }
    }
}
