/// An approval comes before what it allows: a vote that nothing waits for forbids nothing.
struct GuardChecks {
    let type: RequestType
    let flow: ProcessFlow

    func check(_ findings: inout CheckFindings) {
        let approvals = flow.steps.indices.filter { flow.steps[$0].isApproval && !flow.isOffered($0) }
        guard !approvals.isEmpty else { return }
        let read = Set(type.selections.compactMap(\.first))
        for position in approvals where !read.contains(flow.steps[position].id.text) {
            let others = flow.steps.indices.filter { !flow.isOffered($0) && flow.steps[$0].children.isEmpty }
            guard !others.contains(where: { flow.isBefore(position, $0) }),
                // Branches of a race run against each other: that is what they are for.
                flow.innermost(around: position, where: \.isRace) == nil,
                let work = others.first(where: { flow.steps[$0].kind.isWork && flow.areUnordered(position, $0) })
            else { continue }
            let (approval, meanwhile) = (flow.steps[position], flow.steps[work].id)
            findings.warning(
                .approvalUnawaited,
                "Nothing waits for `\(approval.id)`: `\(meanwhile)` may be done before anybody has decided.",
                hint: "Add `after: \(approval.id)` to what only an approval allows.", at: approval.source)
        }
    }
}

extension Step {
    fileprivate var isApproval: Bool { if case .approval = kind { true } else { false } }
    fileprivate var isRace: Bool { if case .race = kind { true } else { false } }
    fileprivate var children: [Step] { kind.inner }
}

extension StepKind {
    /// Whether somebody or something has to do something first.
    var takesTime: Bool {
        switch self {
        case .task, .approval, .request, .call, .wait: true
        case .notify, .set, .block, .choose, .repeat, .each, .race, .adhoc, .end: false
        }
    }

    /// Whether it changes something in the world.
    fileprivate var isWork: Bool {
        switch self {
        case .task, .request, .call: true
        case .approval, .wait, .notify, .set, .block, .choose, .repeat, .each, .race, .adhoc, .end: false
        }
    }
}
