/// A loop in which nobody is waited for runs all its rounds in one command, so there are few.
struct LoopChecks {
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
    }
}

extension Step {
    /// Whether it lasts: until somebody or something outside acts, or until some time.
    var waits: Bool {
        switch kind {
        case .task, .approval, .request, .call, .wait: true
        case .notify, .set, .block, .choose, .repeat, .each, .race, .adhoc, .end: false
        }
    }
}
