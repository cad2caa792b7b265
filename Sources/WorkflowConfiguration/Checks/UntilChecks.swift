import WorkflowCore

/// What may be done until a step starts can be done at some time.
struct UntilChecks {
    let findings: Findings
    let graph: ProcessGraph

    func check(_ type: DraftRequestType) {
        var beginning = Beginning(graph)
        func check(_ until: Located<String>?, _ what: String) {
            guard let until, let position = graph.position(of: until.value), beginning.starts(position) else { return }
            findings.error(
                .untilTooEarly,
                "`\(until.value)` starts as soon as the request is raised, so nobody could ever \(what).",
                hint: "Name a step that comes later, or take `until` out.", at: until.location)
        }
        check(type.cancellation?.until, "cancel it")
        for amendment in type.promises.amendments { check(amendment.until, "change `\(amendment.field.value)`") }
        for (position, step) in graph.steps.enumerated() {
            guard case .each(let each) = step.kind, let until = each.add?.until,
                let other = graph.position(of: until.value),
                hasRun(other, before: position) || graph.ancestors(of: position).contains(other)
                    || beginning.starts(other) || startsBy(position, other)
            else { continue }
            findings.error(
                .untilTooEarly,
                "`\(until.value)` has started when `\(step.id.value)` does, so nobody could ever add anything.",
                hint: "Name a step that comes later, or take `until` out.", at: until.location)
        }
    }
}

extension UntilChecks {
    /// Whether a step has surely settled when another starts, and was surely not skipped.
    private func hasRun(_ other: Int, before position: Int) -> Bool {
        guard graph.settledBefore(position).contains(other), !graph.steps[other].isConditional else { return false }
        let shared = graph.ancestors(of: position)
        return graph.ancestors(of: other).allSatisfy { scope in
            if shared.contains(scope) { return true }
            guard !graph.mayBeCutShort(scope) else { return false }
            switch graph.steps[scope].kind {
            case .block, .repeat: return true
            default: return false
            }
        }
    }

    /// Whether a step has surely started when another does, because all that it waits for has settled by then.
    private func startsBy(_ position: Int, _ other: Int) -> Bool {
        let step = graph.steps[other]
        guard !step.isConditional, step.hold == nil, step.onlyWhile == nil else { return false }
        let settled = graph.settledBefore(position)
        guard step.after.allSatisfy({ graph.position(of: $0.value).map(settled.contains) ?? false }) else {
            return false
        }
        guard let parent = graph.parent(of: other) else { return true }
        guard graph.ancestors(of: position).contains(parent) else { return false }
        switch graph.steps[parent].kind {
        case .block: return !graph.steps[parent].isOneAtATime
        case .repeat, .each: return true
        default: return false
        }
    }
}

/// What happens in the moment in which a request is raised, whatever is in its form.
struct Beginning {
    private enum Answer { case asked, yes, no }

    private let graph: ProcessGraph
    private var starting: [Answer?]
    private var passing: [Answer?]

    init(_ graph: ProcessGraph) {
        self.graph = graph
        starting = Array(repeating: nil, count: graph.steps.count)
        passing = starting
    }

    /// Whether a step surely starts then.
    mutating func starts(_ position: Int) -> Bool {
        if let known = starting[position] { return known == .yes }
        // Who waits for itself never starts.
        starting[position] = .asked
        let step = graph.steps[position]
        let answer = !step.isConditional && step.hold == nil && step.onlyWhile == nil && reaches(position)
        starting[position] = answer ? .yes : .no
        return answer
    }

    /// Whether its turn comes then: what it waits for has passed, and what is around it lets it start.
    private mutating func reaches(_ position: Int) -> Bool {
        for name in graph.steps[position].after {
            guard let other = graph.position(of: name.value), passes(other) else { return false }
        }
        guard let parent = graph.parent(of: position) else { return true }
        let around = graph.steps[parent]
        guard around.onlyWhile == nil, starts(parent) else { return false }
        switch around.kind {
        case .block(let inner): return !around.isOneAtATime || inner.first === graph.steps[position]
        case .repeat: return true
        // A branch that is over at once takes the others with it.
        case .race(let race): return race.branches.allSatisfy { takesTime($0) }
        default: return false
        }
    }

    /// Whether it has surely settled then, or was skipped.
    private mutating func passes(_ position: Int) -> Bool {
        if let known = passing[position] { return known == .yes }
        passing[position] = .asked
        let step = graph.steps[position]
        var answer = step.hold == nil && step.onlyWhile == nil && reaches(position)
        switch step.kind {
        case .notify, .set, .adhoc: break
        case .block(let inner):
            for child in inner where answer {
                answer = graph.position(of: child.id.value).map { passes($0) } ?? false
            }
        default: answer = false
        }
        passing[position] = answer ? .yes : .no
        return answer
    }

    private func takesTime(_ step: DraftStep) -> Bool {
        switch step.kind {
        case .task, .approval, .request, .call: true
        default: false
        }
    }
}
