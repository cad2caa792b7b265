import WorkflowCore

/// Nothing stands behind an `end` that is always reached, nor is cut off by one in the moment in which it starts.
struct EndChecks {
    let findings: Findings

    func check(_ graph: ProcessGraph) {
        let ends = graph.certainEnds
        let behind = graph.steps.indices.filter { step in ends.contains(where: graph.settledBefore(step).contains) }
        for position in behind where !(graph.parent(of: position).map(behind.contains) ?? false) {
            let step = graph.steps[position]
            findings.error(
                .stepDead, "`\(step.id.value)` never starts: the request has ended before.",
                hint: "Give the end a `when`, or take the step out.", at: step.id.location)
        }
        for position in graph.steps.indices where graph.endsWithItsTurn(position) {
            checkCutOff(by: position, behind, graph)
        }
    }

    /// Steps whose turn comes no sooner than that of an `end`: it ends the request before they have done anything.
    private func checkCutOff(by end: Int, _ behind: [Int], _ graph: ProcessGraph) {
        let around = graph.ancestors(of: end)
        let needs = ([end] + around).flatMap(graph.waitsFor)
        func isCutOff(_ position: Int) -> Bool {
            guard position != end, !graph.descendants(of: end).contains(position), !around.contains(position),
                !behind.contains(position)
            else { return false }
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

extension ProcessGraph {
    /// Whether a step is an `end`, or a choose all of whose cases begin with one, that has its turn in every request that comes so far.
    fileprivate func endsWithItsTurn(_ position: Int) -> Bool {
        switch steps[position].kind {
        case .end, .choose: break
        default: return false
        }
        return endsAtOnce(position)
            && ancestors(of: position).allSatisfy { scope in
                switch steps[scope].kind {
                case .block, .repeat, .race: hasItsTurn(scope)
                default: false
                }
            }
    }

    private func endsAtOnce(_ position: Int) -> Bool {
        guard hasItsTurn(position) else { return false }
        switch steps[position].kind {
        case .end: return true
        case .choose(let choose):
            guard choose.saysElse, !choose.mayTakeNone else { return false }
            return choose.cases.indices.allSatisfy { number in
                descendants(of: position).contains { inner in
                    parent(of: inner) == position && caseIndex(of: inner) == number && waitsFor(inner).isEmpty
                        && endsAtOnce(inner)
                }
            }
        default: return false
        }
    }

    /// Whether it starts in the moment in which what it waits for has settled, and runs its course: it is not put aside, and nothing else
    /// has its turn first.
    private func hasItsTurn(_ position: Int) -> Bool {
        let step = steps[position]
        return !mayBeCutShort(position) && step.onlyWhile == nil && step.hold == nil && !step.isOneAtATime
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
