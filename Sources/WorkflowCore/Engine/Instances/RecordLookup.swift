import Expressions

/// What names of steps mean where an expression stands.
///
/// Inside a repeat a step is this round's, and `previous` is the record of the last round's steps; outside it is the last round's.
/// Inside an each a step is this element's, and the element stands under its variable; outside, steps of an each have no value.
struct RecordLookup {
    let steps: [InstanceName: StepState]
    let index: StepIndex
    /// Nil outside all rounds and elements.
    let place: StepInstance?

    /// The element that an each around the place calls by that name; the innermost wins.
    func element(_ name: String) -> Value? {
        guard let place, !place.path.isEmpty else { return nil }
        var around: StepInstance? = place
        while let instance = around {
            defer { around = instance.parent }
            guard instance.isElement, case .each(let each) = instance.step.kind, each.variable == name,
                case .key(let key)? = instance.path.last,
                case .elements(let elements)? = instance.parent.flatMap({ steps[$0.name]?.parts })
            else { continue }
            return elements.first { $0.key == key }?.value
        }
        return nil
    }

    /// The records of the steps in the round before this one, of the innermost repeat; empty in its first round. Nil outside repeats.
    var previous: Value? {
        var around: StepInstance? = place
        while let instance = around {
            defer { around = instance.parent }
            guard let outer = instance.parent, case .repeat = outer.step.kind,
                case .round(let round)? = instance.path.last
            else { continue }
            return round > 1 ? .map(records(in: outer, round: round - 1)) : .map([:])
        }
        return nil
    }

    private func records(in loop: StepInstance, round: Int) -> [Value: Value] {
        var records: [Value: Value] = [:]
        let path = loop.path + [.round(round)]
        func visit(_ node: StepNode) {
            if let instance = instance(of: node, along: path) {
                records[.string(node.step.id.text)] = record(of: instance)
            }
            for inner in index.inner(of: node) { visit(inner) }
        }
        for node in index.inner(of: loop.node) { visit(node) }
        return records
    }

    /// What a step left behind; nil when it was skipped, cancelled, waits or runs.
    func record(of id: StepID) -> Value? {
        guard let node = index.node(id) else { return nil }
        return instance(of: node, along: place?.path ?? []).flatMap { record(of: $0) }
    }

    /// The instance of a step that a place with that path means: the rounds and elements that it shares with the place, then the last rounds.
    private func instance(of node: StepNode, along path: [InstanceName.Scope]) -> StepInstance? {
        if node.around.isEmpty { return StepInstance(node) }
        let shared = zip(surroundings, node.around).prefix { $0 === $1 }.count
        guard shared <= path.count else { return nil }
        var own = Array(path[..<shared])
        for outer in node.around.dropFirst(shared) {
            guard case .rounds(let round)? = steps[StepInstance(outer, path: own).name]?.parts else { return nil }
            own.append(.round(round))
        }
        return StepInstance(node, path: own)
    }

    /// The multiplying steps around the place, outermost first.
    private var surroundings: [StepNode] {
        guard let place else { return [] }
        return place.isElement ? place.node.around + [place.node] : place.node.around
    }

    /// What that instance left behind, as it is read from `place`.
    func record(of instance: StepInstance) -> Value? {
        guard let state = steps[instance.name] else { return nil }
        var record: [Value: Value] = [:]
        switch state.parts {
        case .rounds(let last)?:
            // Inside the loop it is the round of the place.
            let depth = instance.path.count
            if let place, place.isInside(instance), case .round(let round) = place.path[depth] {
                return .map([.string("round"): .int(Int64(round))])
            }
            record[.string("round")] = .int(Int64(last))
        case .elements(let elements)?:
            let settled = elements.map { steps[StepInstance(instance.node, path: instance.path + [.key($0.key)]).name] }
            record[.string("done")] = .int(Int64(settled.count { $0?.isDone == true }))
            record[.string("failed")] = .int(Int64(settled.count { $0?.isFailed == true }))
        case .winners(let winners)?: record[.string("winner")] = winners.first.map { .string($0.text) }
        case .choice(_, let gives)?: for (name, value) in gives { record[.string(name)] = value }
        case .added?, nil: break
        }
        guard case .settled(let settlement) = state.status else { return nil }
        if case .approval = instance.step.kind {
            record[.string(ApprovalOutcome.comments)] = ApprovalOutcome.comments(of: state.votes)
        }
        switch settlement {
        case .done(outcome: _, let outputs):
            for (name, value) in outputs { record[.string(name)] = value }
        case .failed(let failure, _, let outcome):
            record[.string("outcome")] = (outcome ?? failedOutcome(of: instance.step, failure)).map { .string($0) }
        case .skipped, .cancelled: return nil
        }
        return .map(record)
    }

    /// An approval always has an outcome, a child too, whatever it was that failed.
    private func failedOutcome(of step: Step, _ failure: Failure) -> String? {
        switch step.kind {
        case .approval: ApprovalOutcome.rejected
        case .request: failure.reason
        case .task, .call, .notify, .set, .wait, .block, .choose, .repeat, .each, .race, .adhoc, .end: nil
        }
    }
}

extension StepState {
    /// Whether it settled well.
    var isDone: Bool { if case .settled(.done) = status { true } else { false } }

    /// Whether it settled badly.
    var isFailed: Bool { if case .settled(.failed) = status { true } else { false } }
}
