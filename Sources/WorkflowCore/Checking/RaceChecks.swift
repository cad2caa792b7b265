import Expressions

/// A race finds as many winners as it needs, or says what follows when too few of its branches run.
struct RaceChecks {
    let facts: ProcessFacts
    let type: RequestType

    private var flow: ProcessFlow { facts.flow }

    /// More conditions than these are not combined: nobody writes such a race, and the combinations would be many.
    private static let maximumConditions = 8

    /// Whether anything in a branch runs.
    private enum Running {
        case surely
        /// When that holds.
        case given(Formula)
        case perhaps
    }

    func check(_ findings: inout CheckFindings) {
        for position in flow.steps.indices {
            guard case .race(let race) = flow.steps[position].kind, !isHandled(position) else { continue }
            var missing = race.need
            var conditions: [Formula] = []
            for branch in flow.children[position] {
                switch running(branch) {
                case .surely: missing -= 1
                case .given(let condition): conditions.append(condition)
                case .perhaps: break
                }
            }
            guard missing > 0, !holds(missing, of: conditions, knowing: facts.start(of: position)) else { continue }
            let step = flow.steps[position]
            findings.error(
                .raceUnmet,
                """
                Of the branches of `\(step.id)` \(race.need == 1 ? "none" : "fewer than \(race.need)") may run, \
                and nothing says what follows.
                """,
                hint: "Add `on_failed: continue` or such to `\(step.id)`, or a branch that always runs.",
                at: step.source)
        }
    }

    /// As for other steps that can fail: here or around it something follows that is not just another attempt.
    private func isHandled(_ position: Int) -> Bool {
        ([position] + flow.ancestors(of: position)).contains { scope in
            switch flow.steps[scope].onFailure {
            case .continue?, .end?, .leave?, .ask?: true
            case .retry?, nil: false
            }
        }
    }

    /// Whether so many of some conditions always hold: they never fail together in such numbers that too few are left.
    private func holds(_ count: Int, of conditions: [Formula], knowing known: [Formula]) -> Bool {
        guard count <= conditions.count, conditions.count <= Self.maximumConditions else { return false }
        let known = ProcessFacts.relevant(known, to: conditions)
        let failing = conditions.count - count + 1
        return (0..<(1 << conditions.count)).allSatisfy { chosen in
            guard chosen.nonzeroBitCount == failing else { return true }
            let failed = conditions.indices.filter { chosen >> $0 & 1 == 1 }.map { Formula.not(conditions[$0]) }
            if case .never = facts.solve(known + failed) { return true }
            return false
        }
    }

    private func running(_ position: Int) -> Running {
        let step = flow.steps[position]
        guard !mayBePassedOver(position) else { return .perhaps }
        let inside = runningInside(position)
        guard let when = step.when else { return inside }
        // What is asked later, or once more, may be answered otherwise then.
        if step.startsAgain || step.hold != nil { return .perhaps }
        return switch inside {
        case .surely: .given(when.formula)
        case .given(let condition): .given(.all([when.formula, condition]))
        case .perhaps: .perhaps
        }
    }

    /// Whether something in a step runs once it starts; it does itself if it is no container.
    private func runningInside(_ position: Int) -> Running {
        let children = flow.children[position]
        switch flow.steps[position].kind {
        case .adhoc: return .perhaps
        case .block, .repeat: return any(of: children, in: position)
        case .choose(let choose):
            let isSure = choose.cases.indices.allSatisfy { number in
                isSurely(any(of: children.filter { flow.cases[$0] == number }, in: position))
            }
            return isSure ? .surely : .perhaps
        case .each(let each):
            return type.hasElements(each) && isSurely(any(of: children, in: position)) ? .surely : .perhaps
        // It says itself when too few in it run.
        case .race, .task, .approval, .request, .call, .notify, .set, .wait, .end: return .surely
        }
    }

    private func isSurely(_ running: Running) -> Bool {
        if case .surely = running { true } else { false }
    }

    /// Whether one of some steps of a scope runs: one that always does, or several whose conditions leave no way out.
    private func any(of children: [Int], in scope: Int) -> Running {
        var conditions: [Formula] = []
        for child in children {
            switch running(child) {
            case .surely: return .surely
            case .given(let condition) where isAskedAtOnce(child, in: scope) || isLasting(condition):
                conditions.append(condition)
            case .given, .perhaps: break
            }
        }
        if conditions.isEmpty { return .perhaps }
        return holds(1, of: conditions, knowing: facts.start(of: scope)) ? .surely : .given(.any(conditions))
    }

    /// Whether its `when` is asked in the moment in which what is around it starts.
    private func isAskedAtOnce(_ child: Int, in scope: Int) -> Bool {
        flow.steps[child].after.isEmpty && !flow.takesTurns(scope)
    }

    /// Whether it says the same later.
    private func isLasting(_ condition: Formula) -> Bool {
        condition.weakened { !facts.domains.isLasting($0) } == condition
    }

    /// Whether a branch may fail and keeps that to itself, so that it does not win.
    private func mayBePassedOver(_ branch: Int) -> Bool {
        switch flow.steps[branch].onFailure {
        case .continue?: break
        case .leave(let scope)? where scope == flow.steps[branch].id: break
        default: return false
        }
        return (branch...flow.lasts[branch]).contains { position in
            let step = flow.steps[position]
            guard step.mayFail else { return false }
            switch step.onFailure {
            case .retry?, nil: return true
            case .continue?, .end?, .leave?, .ask?: return position == branch
            }
        }
    }
}
