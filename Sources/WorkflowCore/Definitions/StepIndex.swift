/// The step tree of a request type, by identifier. It never changes; a class, so that handing definitions on copies little.
public final class StepIndex: Sendable {
    /// Every step of the tree in the order of the file, a step before those inside it.
    public let all: [Step]
    /// The same steps with their places; a node's `position` is its place here.
    let nodes: [StepNode]
    /// The steps of the top level, in the order of the file.
    let roots: [StepNode]
    /// Whether some step is open only while something holds.
    let hasConditionsOfBeingOpen: Bool
    /// Whether some of these may change although nothing happens to the request.
    let hasConditionsOnTime: Bool
    /// Whether some step may settle while others inside it run on.
    let leavesSomeRunning: Bool
    /// Whether some step holds a resource.
    let hasHolds: Bool
    /// Whether in an element of an each there may be another each that a step anywhere closes.
    let hasInnerAdding: Bool
    /// Whether something that was done may have to be taken back.
    let hasUndos: Bool
    /// Whether some step has a deadline or waits for a moment.
    let hasTimes: Bool
    /// Whether some step may settle by what has happened already: a wait, or one that may be put aside.
    let hasOccurrences: Bool
    private let positions: [StepID: Int]

    init(_ steps: [Step]) {
        var nodes: [StepNode] = []
        func visit(_ step: Step, in parent: StepNode?) {
            let node = StepNode(step, at: nodes.count, in: parent)
            nodes.append(node)
            step.kind.forEachInner { visit($0, in: node) }
        }
        for step in steps { visit(step, in: nil) }
        self.nodes = nodes
        roots = nodes.filter { $0.parent == nil }
        all = nodes.map(\.step)
        positions = Dictionary(nodes.map { ($0.step.id, $0.position) }) { first, _ in first }
        leavesSomeRunning = all.contains { $0.kind.rest == .continue }
        hasHolds = all.contains { $0.hold != nil }
        hasInnerAdding = nodes.contains { node in
            guard case .each(let each) = node.step.kind, each.add?.until != nil else { return false }
            return node.around.contains { $0.step.kind.isEach }
        }
        hasUndos = all.contains { $0.canBeUndone }
        hasTimes = all.contains { $0.due != nil || $0.kind.isWait }
        hasConditionsOfBeingOpen = all.contains { $0.onlyWhile != nil }
        hasConditionsOnTime = all.contains { $0.onlyWhile?.changesByItself == true }
        hasOccurrences = hasConditionsOfBeingOpen || all.contains { $0.kind.isWait }
    }

    /// The step of that name; nil when the tree has none.
    public subscript(id: StepID) -> Step? { positions[id].map { all[$0] } }

    /// The step of that name with its place; nil when the tree has none.
    func node(_ id: StepID) -> StepNode? { positions[id].map { nodes[$0] } }

    /// The steps directly inside a step, in the order of the file; of a choose, those of all its cases.
    func inner(of node: StepNode) -> [StepNode] { node.inner.map { nodes[$0] } }

    /// The step that a step stands in; nil at the top level.
    public func parent(of id: StepID) -> StepID? { node(id)?.parent?.step.id }

    /// Whether a step cannot be sure to start before another has settled: it stands in it, comes after it, or is only started by people.
    package func waits(_ id: StepID, for other: StepID) -> Bool {
        var seen: Set<StepID> = []
        let around = Set(ancestors(of: other))
        func starts(_ id: StepID) -> Bool {
            let surroundings = [id] + ancestors(of: id)
            if surroundings.contains(other) { return true }
            return surroundings.contains { step in
                if around.contains(step) { return false }
                if let parent = parent(of: step), let scope = self[parent] {
                    if case .adhoc = scope.kind { return true }
                    if scope.isOneAtATime, parent == other || around.contains(parent) { return true }
                }
                return self[step]?.after.contains(where: settles) ?? false
            }
        }
        func settles(_ id: StepID) -> Bool {
            if id == other || around.contains(id) { return true }
            guard seen.insert(id).inserted, let step = self[id] else { return false }
            return starts(id) || step.kind.inner.contains { settles($0.id) }
        }
        return starts(id)
    }

    /// The steps around a step, the innermost first.
    public func ancestors(of id: StepID) -> [StepID] {
        var found: [StepID] = []
        var next = node(id)?.parent
        while let around = next {
            found.append(around.step.id)
            next = around.parent
        }
        return found
    }
}

/// A step and its place in the tree of its request type. A class, so that passing it around copies no step.
final class StepNode: Sendable {
    let step: Step
    /// In the order of the file, from 0; a step before those inside it.
    let position: Int
    /// The step around it; nil at the top level.
    let parent: StepNode?
    /// The positions of the steps directly inside.
    let inner: [Int]
    /// The steps around it that multiply it, outermost first.
    let around: [StepNode]

    /// How a step multiplies those inside it.
    enum Multiplier: Hashable, Sendable {
        /// A repeat, by its rounds.
        case rounds
        /// An each or an adhoc, by keys.
        case keys
    }

    init(_ step: Step, at position: Int, in parent: StepNode?) {
        self.step = step
        self.position = position
        self.parent = parent
        var next = position + 1
        var inner: [Int] = []
        step.kind.forEachInner { child in
            inner.append(next)
            next += child.kind.size
        }
        self.inner = inner
        around = parent.map { $0.multiplier == nil ? $0.around : $0.around + [$0] } ?? []
    }

    /// How it multiplies the steps inside it; nil for one that does not.
    var multiplier: Multiplier? {
        switch step.kind {
        case .repeat: .rounds
        case .each, .adhoc: .keys
        case .task, .approval, .request, .call, .notify, .set, .wait, .block, .choose, .race, .end: nil
        }
    }
}

extension StepKind {
    /// How many steps the tree below counts, itself included.
    fileprivate var size: Int {
        var size = 1
        forEachInner { size += $0.kind.size }
        return size
    }

    /// Visits the steps that `inner` lists, without making the list.
    fileprivate func forEachInner(_ visit: (Step) -> Void) {
        guard case .choose(let choose) = self else { return inner.forEach(visit) }
        for branch in choose.cases { branch.steps.forEach(visit) }
    }
}

extension StepKind {
    /// What becomes of members that are not needed any more; nil for steps without such.
    fileprivate var rest: Rest? {
        switch self {
        case .each(let each): each.rest
        case .race(let race): race.rest
        default: nil
        }
    }
}

extension Step {
    /// Whether its file says how what it did is taken back.
    var canBeUndone: Bool {
        switch undo {
        case .request?, .call?: true
        case nil, Undo.none?: false
        }
    }
}

extension StepKind {
    fileprivate var isWait: Bool { if case .wait = self { true } else { false } }
    fileprivate var isEach: Bool { if case .each = self { true } else { false } }
}
