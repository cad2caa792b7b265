/// The steps of a request type, flattened: what stands in what, and what has surely settled before each starts.
///
/// A class, because every check holds it; it does not change.
final class ProcessFlow {
    /// In the order of the file, a step before those inside it.
    let steps: [Step]
    /// The step around each.
    let parents: [Int?]
    /// The steps directly inside each.
    let children: [[Int]]
    /// The last step inside each, or itself: what is inside lies between.
    let lasts: [Int]
    /// The number of its case, for a step directly inside a choose.
    let cases: [Int?]
    private let index: StepIndex
    /// The steps around each, the innermost first.
    private let around: [[Int]]
    /// The positions of the steps that each one names in `after`.
    private let afters: [[Int]]
    private let cutShort: [Bool]
    /// The scopes that something may leave before all in them is done.
    let left: Set<StepID>
    private(set) var befores: [StepSet] = []
    private let startingAgain: StepSet

    init(_ type: RequestType) {
        let nodes = type.index.nodes
        let steps = type.index.all
        let parents = nodes.map { $0.parent?.position }
        var lasts = Array(nodes.indices)
        for node in nodes.reversed() {
            if let parent = node.parent?.position { lasts[parent] = max(lasts[parent], lasts[node.position]) }
        }
        var cases: [Int?] = Array(repeating: nil, count: nodes.count)
        for node in nodes {
            guard case .choose(let choose) = node.step.kind else { continue }
            var inner = node.inner.makeIterator()
            for (number, branch) in choose.cases.enumerated() {
                for _ in branch.steps { if let position = inner.next() { cases[position] = number } }
            }
        }
        self.steps = steps
        self.parents = parents
        children = nodes.map(\.inner)
        self.lasts = lasts
        self.cases = cases
        let index = type.index
        self.index = index
        var left: Set<StepID> = []
        for step in steps { left.formUnion(step.scopesLeft) }
        self.left = left
        var around: [[Int]] = []
        for parent in parents { around.append(parent.map { [$0] + around[$0] } ?? []) }
        self.around = around
        afters = steps.map { $0.after.isEmpty ? [] : $0.after.compactMap { index.node($0)?.position } }
        var startingAgain = StepSet(count: steps.count)
        for (position, step) in steps.enumerated() where step.startsAgain {
            for inner in position...lasts[position] { startingAgain.insert(inner) }
        }
        self.startingAgain = startingAgain
        cutShort = steps.indices.map { Self.mayBeCutShort(steps[$0], in: parents[$0].map { steps[$0] }, left) }
        befores = steps.indices.map(settled)
    }

    func position(of id: StepID) -> Int? { index.node(id)?.position }

    /// The steps inside no other.
    var roots: [Int] { steps.indices.filter { parents[$0] == nil } }

    /// Whether a step is there only when somebody adds it.
    func isOffered(_ position: Int) -> Bool { ancestors(of: position).contains { steps[$0].isAdhoc } }

    /// The steps around one, the innermost first.
    func ancestors(of position: Int) -> [Int] { around[position] }

    /// Whether a step is another one, or inside it.
    func isInside(_ inner: Int, _ outer: Int) -> Bool { outer <= inner && inner <= lasts[outer] }

    /// Whether a step has surely settled (or was skipped, or cancelled) when another starts.
    func isBefore(_ first: Int, _ second: Int) -> Bool { befores[second].contains(first) }

    /// Whether two steps may be under way at the same time: neither is over when the other starts, nor around it, nor do they
    /// exclude each other as cases of one choose.
    func areUnordered(_ one: Int, _ other: Int) -> Bool {
        one != other && !isBefore(one, other) && !isBefore(other, one) && !isInside(one, other)
            && !isInside(other, one) && !areAlternatives(one, other)
    }

    /// Whether two steps stand in different cases of one choose.
    func areAlternatives(_ one: Int, _ other: Int) -> Bool {
        var mine: [Int: Int] = [:]
        for scope in [one] + ancestors(of: one) {
            if let parent = parents[scope], let number = cases[scope] { mine[parent] = number }
        }
        for scope in [other] + ancestors(of: other) {
            if let parent = parents[scope], let number = cases[scope], let own = mine[parent], own != number {
                return true
            }
        }
        return false
    }

    /// Whether a step that is done may start again because a field changes, by itself or with what is around it.
    func mayRunAgain(_ position: Int) -> Bool { startingAgain.contains(position) }

    /// Whether what a step has to say may change after it has settled, because something in it runs on.
    func mayGoOn(_ position: Int) -> Bool { runsOn(position) }

    /// The innermost scope of a kind around a step.
    func innermost(around position: Int, where matches: (Step) -> Bool) -> Int? {
        ancestors(of: position).first { matches(steps[$0]) }
    }

    /// Whether a scope can be over before its steps have run their course: skipped, left, or failed and passed over.
    func mayBeCutShort(_ scope: Int) -> Bool { cutShort[scope] }

    private static func mayBeCutShort(_ step: Step, in parent: Step?, _ left: Set<StepID>) -> Bool {
        if step.when != nil || left.contains(step.id) { return true }
        switch step.kind {
        case .race, .each, .choose, .adhoc: return true
        case .task, .approval, .request, .call, .notify, .set, .wait, .block, .repeat, .end: break
        }
        if case .continue? = step.onFailure { return true }
        if case .race = parent?.kind { return true }
        return false
    }

    /// What `after` leads to from a step, and from there on. What a step inside a scope that was cut short waits for has not
    /// surely settled, unless that scope is around the start as well.
    private func settled(before start: Int) -> StepSet {
        let around = ancestors(of: start)
        var found = StepSet(count: steps.count)
        var waited = StepSet(count: steps.count)
        var open = [start]
        while let position = open.popLast() {
            let outer = ancestors(of: position)
            let cut = outer.lastIndex { cutShort[$0] && !around.contains($0) }
            if cut == nil, waited.insert(position) { wait(for: position, &found, &open) }
            for scope in outer[(cut ?? 0)...] where waited.insert(scope) { wait(for: scope, &found, &open) }
        }
        found.remove(start)
        return found
    }

    /// What a step waits for itself, and what is inside of that.
    private func wait(for scope: Int, _ found: inout StepSet, _ open: inout [Int]) {
        for other in afters[scope] where found.insert(other) {
            open.append(other)
            guard !runsOn(other) else { continue }
            for inner in other...lasts[other] where inner != other && found.insert(inner) { open.append(inner) }
        }
    }

    /// Whether steps inside may still run when it has settled.
    private func runsOn(_ scope: Int) -> Bool {
        switch steps[scope].kind {
        case .race(let race): race.rest == .continue
        case .each(let each): each.rest == .continue
        default: false
        }
    }
}

extension Step {
    /// Whether it begins again when some field changes.
    var startsAgain: Bool { onChange.values.contains(.restart) }

    /// Whether it may start when its `when` was asked some time before: put aside at first, or once more.
    var mayStartLater: Bool {
        if startsAgain || onlyWhile != nil { return true }
        switch onFailure {
        case .retry?, .ask?: return true
        case .continue?, .end?, .leave?, nil: return false
        }
    }

    /// The scopes that this step may leave.
    var scopesLeft: [StepID] {
        var found: [StepID] = []
        if case .leave(let scope)? = onFailure { found.append(scope) }
        if case .leave(let scope)? = onOverdue { found.append(scope) }
        if case .repeat(let loop) = kind, case .leave(let scope)? = loop.onExhausted { found.append(scope) }
        return found
    }
}
