import Expressions
import WorkflowCore

/// Outcomes that are named exist, and are bad where only a bad one makes sense.
struct OutcomeChecks {
    let findings: Findings

    func check(_ type: DraftRequestType, _ graph: ProcessGraph) {
        for step in graph.steps {
            if case .end(let outcome?) = step.kind { check(outcome, in: type) }
            if case .repeat(let loop) = step.kind, case .end(let outcome) = loop.onExhausted?.action {
                check(outcome, in: type)
            }
            if case .end(let outcome) = step.onOverdue?.action {
                check(outcome, in: type)
                if case .approval = step.kind, type.outcome(outcome.value)?.isGood == true {
                    findings.warning(
                        .outcomeExpectedBad, "A request that nobody decided ends well with `\(outcome.value)`.",
                        hint: "Write `reject`, or take a bad outcome.", at: outcome.location)
                }
            }
            if case .end(let outcome) = step.onFailure?.action {
                check(outcome, in: type)
                if case .approval = step.kind, type.outcome(outcome.value)?.isGood == true {
                    findings.warning(
                        .outcomeExpectedBad, "A rejected request ends well with `\(outcome.value)`.",
                        hint: "Take a bad outcome, or say in its name that this is meant.", at: outcome.location)
                }
            }
        }
        if let cancellation = type.cancellation { check(cancellation, in: type, graph) }
        checkReach(type)
    }

    private func check(_ outcome: Located<String>, in type: DraftRequestType) {
        guard type.outcome(outcome.value) == nil else { return }
        let names = type.outcomes.map(\.id.text)
        // Where none could be read, that has been said.
        guard !names.isEmpty else { return }
        findings.error(
            .unknownOutcome, "There is no outcome `\(outcome.value)`.",
            hint: NearestName.hint(for: outcome.value, among: names) ?? "They are \(names.joined(separator: ", ")).",
            at: outcome.location)
    }

    private func check(_ cancellation: DraftCancellation, in type: DraftRequestType, _ graph: ProcessGraph) {
        if let until = cancellation.until, graph.position(of: until.value) == nil {
            findings.error(
                .unknownStep, "There is no step `\(until.value)`.",
                hint: NearestName.hint(for: until.value, among: graph.names),
                at: until.location)
        }
        guard let outcome = cancellation.outcome else { return }
        check(outcome, in: type)
        if type.outcome(outcome.value)?.isGood == true {
            findings.error(
                .outcomeExpectedBad, "A cancelled request does not end well.", hint: "Take a bad outcome.",
                at: outcome.location)
        }
    }

    private func checkReach(_ type: DraftRequestType) {
        guard type.audience.isEmpty, type.offeredTo == .nobody || type.offeredTo == .departments([]) else { return }
        findings.warning(
            .requestUnreachable, "Nobody can raise `\(type.id)`, and no department may start it.",
            hint: "Add `audience` or `offered_to`.", at: type.location)
    }
}
