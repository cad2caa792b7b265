import Expressions

/// A loop in which nobody is waited for runs all its rounds in one command, so there are few; a type that starts itself comes to an
/// end.
struct LoopChecks {
    let type: RequestType
    let flow: ProcessFlow

    /// The most rounds of a loop without a wait.
    static let maximumRounds = 100

    func check(_ findings: inout CheckFindings) {
        for position in flow.steps.indices {
            guard case .repeat(let loop) = flow.steps[position].kind, loop.maximum > Self.maximumRounds,
                !(position...flow.lasts[position]).contains(where: { flow.steps[$0].waits })
            else { continue }
            let step = flow.steps[position]
            findings.error(
                .loopWithoutWait,
                "`\(step.id)` may run \(loop.maximum) rounds at once, because nothing in it waits.",
                hint: "Let it wait, for instance `for: 1 hour`, or lower `max` to \(Self.maximumRounds).",
                at: step.place("max"))
        }
        for (position, step) in flow.steps.enumerated() {
            guard case .request(let child) = step.kind, child.type == type.id, !child.inputs.contains(where: shrinks),
                !isHeldUp(position)
            else { continue }
            findings.error(
                .requestRecursive, "`\(type.id)` starts itself, and nothing says that this comes to an end.",
                hint:
                    "Let a task, an approval or a wait come first, or pass a whole number that gets smaller, with `min` and `max`: `with: {depth: depth - 1}`.",
                at: step.place("type"))
        }
    }

    /// Whether somebody surely acts, or a wait passes, before a step starts: then it repeats no faster than people and time do.
    private func isHeldUp(_ position: Int) -> Bool {
        let scopes = [position] + flow.ancestors(of: position)
        if scopes.contains(where: { flow.parents[$0].map { flow.steps[$0].isAdhoc } ?? false }) { return true }
        return flow.steps.indices.contains { other in
            flow.isBefore(other, position) && flow.steps[other].takesTime
                && flow.ancestors(of: other).allSatisfy { scopes.contains($0) || !flow.mayBeCutShort($0) }
        }
    }

    /// Whether a child gets a smaller number than its parent had, in a field with bounds that does not change meanwhile.
    private func shrinks(_ input: ChildInput) -> Bool {
        guard case .expression(let value) = input.value, let decrease = value.decrease,
            decrease.name == input.field.text, decrease.amount > 0,
            case .integer(.some, .some)? = type.form[input.field]?.kind
        else { return false }
        let writers = flow.steps.contains { step in
            switch step.kind {
            case .set(let assignments): assignments.contains { $0.field == input.field }
            case .task(let task): task.edit.contains(input.field)
            default: false
            }
        }
        return !writers && !type.amendments.contains { $0.field == input.field }
    }
}

extension Step {
    /// Whether somebody acts or time passes before it has settled, whatever the request is like.
    fileprivate var takesTime: Bool {
        guard when == nil else { return false }
        let passesOver = if case .continue? = onFailure { true } else { false }
        switch kind {
        case .wait: return true
        case .approval: return !passesOver
        // One that finds nobody to do it fails at once.
        case .task(let task): return !passesOver || !task.fallback.isEmpty || !task.assign.allSatisfy(\.isComputed)
        default: return false
        }
    }

    /// Whether it lasts: until somebody or something outside acts, or until some time.
    var waits: Bool {
        switch kind {
        case .task, .approval, .request, .call, .wait: true
        case .notify, .set, .block, .choose, .repeat, .each, .race, .adhoc, .end: false
        }
    }
}
