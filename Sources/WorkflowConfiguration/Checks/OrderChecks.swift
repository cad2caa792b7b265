import Expressions
import WorkflowCore

/// `after` names steps, in no circle; nothing stands behind the end.
struct OrderChecks {
    let findings: Findings

    func check(_ graph: ProcessGraph) {
        var scoped: Set<SourceLocation> = []
        for (position, step) in graph.steps.enumerated() where !step.after.isEmpty {
            let around = graph.ancestors(of: position)
            for name in step.after {
                guard let other = graph.position(of: name.value) else {
                    findings.error(
                        .stepAfterUnknown, "There is no step `\(name.value)`.",
                        hint: NearestName.hint(for: name.value, among: graph.names), at: name.location)
                    continue
                }
                if around.contains(other) || graph.descendants(of: position).contains(other) {
                    scoped.insert(name.location)
                    findings.error(
                        .stepAfterScope,
                        around.contains(other)
                            ? "`\(step.id.value)` stands inside `\(name.value)` and cannot wait for it."
                            : "`\(name.value)` stands inside `\(step.id.value)`, which would wait for itself.",
                        at: name.location)
                } else if let border = border(between: position, and: other, named: name.value, graph) {
                    scoped.insert(name.location)
                    findings.error(
                        .stepAfterScope, "`after` does not cross the border of `\(border.container)`.",
                        hint: border.hint, at: name.location)
                } else if let block = restarting(around: other, notAround: around, graph) {
                    findings.error(
                        .stepAfterScope, "`\(name.value)` may start again with `\(block)`, after this has started.",
                        hint: "Name `\(block)`: what comes after waits for the whole of it.", at: name.location)
                }
            }
        }
        for circle in graph.circles() where !scoped.contains(circle.entry.location) {
            let names = circle.steps.map { "`\($0)`" }.joined(separator: ", ")
            findings.error(
                .stepAfterCycle, "These steps wait for each other: \(names).", hint: "Take one `after` out.",
                at: circle.entry.location)
        }
        EndChecks(findings: findings).check(graph)
        checkRaces(graph)
    }

    /// What closed step `after` would lead into or out of, and what to write instead. Two cases of a choose, branches of a race and
    /// steps that are added have a border as well.
    private func border(
        between position: Int, and other: Int, named name: String, _ graph: ProcessGraph
    ) -> (container: String, hint: String)? {
        // Nearly all waiting is between neighbours, for whom no lists are made.
        if graph.parent(of: position) == graph.parent(of: other), !graph.dividesInner(graph.parent(of: position)) {
            return nil
        }
        let around = [position] + graph.ancestors(of: position)
        let otherAround = [other] + graph.ancestors(of: other)
        func closed(_ inner: [Int], not outer: [Int]) -> String? {
            inner.dropFirst().last { graph.steps[$0].kind.isClosed && !outer.contains($0) }
                .map { graph.steps[$0].id.value }
        }
        if let container = closed(otherAround, not: around) {
            return (container, "Name `\(container)`: what comes after waits for the whole of it.")
        }
        if let container = closed(around, not: otherAround) {
            return (container, "Write `after: \(name)` at `\(container)`.")
        }
        guard let common = around.first(where: otherAround.contains),
            let own = around.first(where: { graph.parent(of: $0) == common }),
            let others = otherAround.first(where: { graph.parent(of: $0) == common })
        else { return nil }
        let container = graph.steps[common].id.value
        switch graph.steps[common].kind {
        case .choose where graph.caseIndex(of: own) != graph.caseIndex(of: others):
            return (container, "Only one of its cases is taken; put both steps into it.")
        case .race where own != others: return (container, "Its branches run against each other.")
        case .adhoc where own != others: return (container, "Each of its steps is added by itself.")
        default: return nil
        }
    }

    /// The outermost block around a step that may start again, and the step with it.
    private func restarting(around position: Int, notAround outer: [Int], _ graph: ProcessGraph) -> String? {
        graph.ancestors(of: position).last { block in
            guard !outer.contains(block) else { return false }
            if graph.steps[block].onChange.contains(where: { $0.reaction == .restart }) { return true }
            switch graph.steps[block].onFailure?.action {
            case .retry, .ask: return true
            case .continue, .end, .leave, nil: return false
            }
        }.map { graph.steps[$0].id.value }
    }

    /// Branches of a race that are over at once, so that the others lose as soon as they start.
    private func checkRaces(_ graph: ProcessGraph) {
        for step in graph.steps {
            guard case .race(let race) = step.kind, race.need == 1, race.rest == .cancel, race.branches.count > 1
            else { continue }
            for branch in race.branches {
                guard let quick = quick(branch, race.win) else { continue }
                let isBranch = quick.id.value == branch.id.value
                findings.error(
                    .stepDead,
                    """
                    `\(quick.id.value)` is over at once, so no \(isBranch ? "other branch" : "branch other than `\(branch.id.value)`") \
                    of `\(step.id.value)` can win.
                    """,
                    hint: race.win == .firstStep && !isBranch
                        ? "Let something come before it that takes time, or write `win: finish`."
                        : "Put it before the race or behind it.", at: quick.id.location)
            }
        }
    }

    /// The step by which a branch wins in the moment in which the race starts; nil when it takes time, or need not run.
    private func quick(_ step: DraftStep, _ win: RaceStep.Win) -> DraftStep? {
        guard !step.isConditional, step.hold == nil, step.onlyWhile == nil else { return nil }
        switch step.kind {
        case .notify, .set: return step
        case .block(let inner):
            let steps = inner.map { quick($0, win) }
            switch win {
            case .finish: return steps.allSatisfy { $0 != nil } ? step : nil
            case .firstStep:
                // Whose turn comes first is what counts where one thing is done at a time.
                let first = step.isOneAtATime ? 0..<min(1, inner.count) : inner.indices
                return first.lazy.compactMap { inner[$0].after.isEmpty ? steps[$0] : nil }.first
            }
        case .repeat(let loop) where win == .firstStep:
            return loop.steps.lazy.compactMap { $0.after.isEmpty ? quick($0, win) : nil }.first
        default: return nil
        }
    }
}
