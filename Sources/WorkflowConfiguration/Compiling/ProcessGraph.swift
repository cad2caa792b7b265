import WorkflowCore

/// The steps of one request type, flattened, with what is surely settled before each starts.
struct ProcessGraph {
    /// In the order of the file, a block before its steps; steps whose identifier stands twice only once.
    let steps: [DraftStep]
    private let positions: [String: Int]
    private let parents: [Int?]
    private let children: [[Int]]
    /// Of a step directly in a choose: which of its cases it stands in.
    private let cases: [Int?]
    /// The positions of the steps that each one names in `after`.
    private let afters: [[Int]]
    /// The last step inside each, or itself: what is inside lies between.
    private let lasts: [Int]
    /// Whether each can be over before its steps have run their course.
    private let cutShort: [Bool]
    private var befores: [StepSet]
    private var around: [[Int]] = []
    /// The steps that something inside may leave before everything in them is done.
    let leftBlocks: Set<String>

    init(_ roots: [DraftStep]) {
        var flat = Flat()
        for root in roots { flat.add(root, in: nil) }
        (steps, positions, parents) = (flat.steps, flat.positions, flat.parents)
        (children, cases, lasts) = (flat.children, flat.cases, flat.lasts)
        var around: [[Int]] = []
        for parent in parents { around.append(parent.map { [$0] + around[$0] } ?? []) }
        self.around = around
        let positions = flat.positions
        afters = steps.map { $0.after.isEmpty ? [] : $0.after.compactMap { positions[$0.value] } }
        var leftBlocks: Set<String> = []
        for step in steps { Self.addLeft(by: step, to: &leftBlocks) }
        self.leftBlocks = leftBlocks
        cutShort = steps.map { step in
            if step.isConditional || leftBlocks.contains(step.id.value) { return true }
            if case .continue = step.onFailure?.action { return true }
            return false
        }
        befores = []
        befores = steps.indices.map(reachable)
    }

    /// The tree as it is walked.
    private struct Flat {
        var steps: [DraftStep] = []
        var positions: [String: Int] = [:]
        var parents: [Int?] = []
        var children: [[Int]] = []
        var cases: [Int?] = []
        var lasts: [Int] = []

        mutating func add(_ step: DraftStep, in parent: Int?, _ which: Int? = nil) {
            guard positions[step.id.value] == nil else { return }
            let position = steps.count
            positions[step.id.value] = position
            steps.append(step)
            parents.append(parent)
            children.append([])
            cases.append(which)
            lasts.append(position)
            if let parent { children[parent].append(position) }
            if case .choose(let choose) = step.kind {
                for (index, which) in choose.cases.enumerated() {
                    for inner in which.steps { add(inner, in: position, index) }
                }
            } else {
                for inner in step.inner { add(inner, in: position) }
            }
            lasts[position] = steps.count - 1
        }
    }

    /// Adds what a step may leave.
    private static func addLeft(by step: DraftStep, to left: inout Set<String>) {
        if case .leave(let scope) = step.onFailure?.action { left.insert(scope.value) }
        if case .leave(let scope) = step.onOverdue?.action { left.insert(scope.value) }
        if case .repeat(let loop) = step.kind, case .leave(let scope) = loop.onExhausted?.action {
            left.insert(scope.value)
        }
    }

    func position(of id: String) -> Int? { positions[id] }

    var names: [String] { steps.map(\.id.value) }

    /// The steps around a step, the innermost first.
    func ancestors(of position: Int) -> [Int] { around[position] }

    func parent(of position: Int) -> Int? { parents[position] }

    /// Of a step directly in a choose: which of its cases it stands in.
    func caseIndex(of position: Int) -> Int? { cases[position] }

    /// The steps inside a step, at any depth.
    func descendants(of position: Int) -> Range<Int> { position + 1..<lasts[position] + 1 }

    /// Every step that has surely settled when this one starts: by `after`, its own and its blocks', and what that means for others.
    /// A step that waits for itself is not among them.
    func settledBefore(_ position: Int) -> StepSet { befores[position] }

    /// The steps that it names in `after`.
    func waitsFor(_ position: Int) -> [Int] { afters[position] }

    /// Whether what stands directly in a step may stand in different cases, branches or additions of it; not at the top level.
    func dividesInner(_ position: Int?) -> Bool {
        guard let position else { return false }
        return switch steps[position].kind {
        case .choose, .race, .adhoc: true
        default: false
        }
    }

    /// Whether a block can be over before its steps have run their course: skipped, left, or failed and passed over.
    func mayBeCutShort(_ block: Int) -> Bool { cutShort[block] }

    /// Whether every request that comes to a step ends in it: at an `end`, or in every case of a choose.
    func alwaysEnds(_ position: Int) -> Bool {
        guard !cutShort[position] else { return false }
        switch steps[position].kind {
        case .end: return true
        case .block, .repeat: return children[position].contains(where: alwaysEnds)
        case .choose(let choose):
            guard choose.saysElse, !choose.mayTakeNone else { return false }
            return choose.cases.indices.allSatisfy { number in
                children[position].contains { cases[$0] == number && alwaysEnds($0) }
            }
        default: return false
        }
    }

    /// The steps at which every request ends that comes so far without having failed: nothing around them may leave them out.
    var certainEnds: [Int] {
        steps.indices.filter { position in
            guard alwaysEnds(position) else { return false }
            return ancestors(of: position).allSatisfy { scope in
                switch steps[scope].kind {
                case .block, .repeat: !cutShort[scope]
                default: false
                }
            }
        }
    }

    /// What `after` leads to from there, step by step. Not recursive: processes may be long.
    ///
    /// A step inside a block that was cut short has settled without ever having waited; so what such a step waits for is not surely
    /// settled, unless the block is around the start as well, which then would not run.
    private func reachable(from start: Int) -> StepSet {
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
            for step in descendants(of: other) where found.insert(step) { open.append(step) }
        }
    }

    // MARK: Circles

    /// The `after` entries that close a circle of waiting, each with the steps of its circle in order.
    ///
    /// A step starts after its block has started and after what it names has settled; a block settles after its steps. Two nodes a
    /// step, its start and its end, so that waiting for a block around oneself is a circle as well.
    func circles() -> [(entry: Located<String>, steps: [String])] {
        // Where everybody waits only for what is over further up in the file, nothing goes round.
        let isOrdered = afters.indices.allSatisfy { position in afters[position].allSatisfy { lasts[$0] < position } }
        guard !isOrdered else { return [] }
        enum Mark { case none, open, done }
        var marks = Array(repeating: Mark.none, count: steps.count * 2)
        var found: [(entry: Located<String>, steps: [String])] = []
        for start in marks.indices where marks[start] == .none {
            // A depth-first search with a stack of its own, because processes may be long.
            var path = [(node: start, next: waits(start)[...])]
            marks[start] = .open
            while let top = path.last {
                guard let (next, entry) = top.next.first else {
                    marks[top.node] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next.removeFirst()
                switch marks[next] {
                case .done: continue
                case .none:
                    marks[next] = .open
                    path.append((next, waits(next)[...]))
                case .open:
                    let circle = path[(path.lastIndex { $0.node == next } ?? 0)...].map(\.node)
                    guard let entry = entry ?? closing(circle) else { continue }
                    found.append((entry, circle.filter { $0 % 2 == 0 }.map { steps[$0 / 2].id.value }))
                }
            }
        }
        return found
    }

    /// What a node waits for, and the `after` entry that says so. Even nodes are starts, odd ones ends.
    private func waits(_ node: Int) -> [(node: Int, entry: Located<String>?)] {
        let step = node / 2
        if node % 2 == 1 { return [(node - 1, nil)] + children[step].map { ($0 * 2 + 1, nil) } }
        let outer: [(node: Int, entry: Located<String>?)] = parents[step].map { [($0 * 2, nil)] } ?? []
        return outer + steps[step].after.compactMap { name in positions[name.value].map { ($0 * 2 + 1, name) } }
    }

    /// An `after` entry inside a circle that a block's structure closes.
    private func closing(_ circle: [Int]) -> Located<String>? {
        for (node, next) in zip(circle, circle.dropFirst()) where node % 2 == 0 {
            if let entry = steps[node / 2].after.first(where: { positions[$0.value].map { $0 * 2 + 1 } == next }) {
                return entry
            }
        }
        return nil
    }
}
