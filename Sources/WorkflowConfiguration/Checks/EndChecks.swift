import WorkflowCore

/// Nothing stands behind an `end` that is always reached, nor is cut off by one in the moment in which it starts.
struct EndChecks {
    let findings: Findings

    func check(_ graph: ProcessGraph) {
        let ends = graph.certainEnds
        guard !ends.isEmpty else { return }
        let behind = graph.steps.indices.filter { step in ends.contains(where: graph.settledBefore(step).contains) }
        for position in behind where !(graph.parent(of: position).map(behind.contains) ?? false) {
            let step = graph.steps[position]
            findings.error(
                .stepDead, "`\(step.id.value)` never starts: the request has ended before.",
                hint: "Give the end a `when`, or take the step out.", at: step.id.location)
        }
        for end in ends { checkCutOff(by: end, behind, graph) }
    }

    /// Steps whose turn comes no sooner than that of an `end`: it ends the request before they have done anything.
    private func checkCutOff(by end: Int, _ behind: [Int], _ graph: ProcessGraph) {
        let around = graph.ancestors(of: end)
        // What is put aside, or waits for its turn among others, comes to it later.
        guard case .end = graph.steps[end].kind,
            !([end] + around).contains(where: { graph.steps[$0].onlyWhile != nil || graph.steps[$0].isOneAtATime })
        else { return }
        let needs = ([end] + around).flatMap(graph.waitsFor)
        func isCutOff(_ position: Int) -> Bool {
            guard position != end, !around.contains(position), !behind.contains(position) else { return false }
            let inner = graph.descendants(of: position)
            if !inner.isEmpty { return inner.allSatisfy { !graph.descendants(of: $0).isEmpty || isCutOff($0) } }
            return (position > end || !graph.steps[position].kind.isMomentary)
                && needs.allSatisfy(graph.settledBefore(position).contains)
        }
        let cutOff = graph.steps.indices.filter(isCutOff)
        for position in cutOff where !(graph.parent(of: position).map(cutOff.contains) ?? false) {
            let (step, last) = (graph.steps[position].id, graph.steps[end].id.value)
            findings.error(
                .stepDead, "`\(step.value)` comes to nothing: `\(last)` ends the request in the same moment.",
                hint: "Let `\(last)` wait for it with `after: \(step.value)`, or give `\(last)` a `when`.",
                at: step.location)
        }
    }
}

extension DraftStepKind {
    /// Whether it is over in the moment in which it starts.
    fileprivate var isMomentary: Bool {
        switch self {
        case .notify, .set, .end: true
        default: false
        }
    }
}
