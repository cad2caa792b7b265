/// One instance of a step: its place in the tree, and the rounds and elements it stands in.
///
/// Four things are instances: a step in the rounds and elements around it; an element of an each, which is a block of its own named
/// `access[sap]`; the undo of a step, `account!undo`; and an approval that is asked once more about a held change, `decide!change1`.
struct StepInstance: Sendable {
    /// The step and its place in the tree.
    let node: StepNode
    /// The round or key of each multiplying step around it, outermost first, first rounds included; an element has its own key at the end.
    let path: [InstanceName.Scope]
    /// What it is called; it holds all of the above.
    let name: InstanceName
    /// Whether it takes back what the step did.
    let isUndo: Bool
    /// The held change that the approval's voters confirm; nil for anything else.
    let change: Int?

    /// An instance, an element or an undo, by the length of the path, or the confirmation of a change.
    init(_ node: StepNode, path: [InstanceName.Scope] = [], isUndo: Bool = false, change: Int? = nil) {
        self.node = node
        self.path = path
        self.isUndo = isUndo
        self.change = change
        var scopes = path.isEmpty ? [] : InstanceName.written(path)
        if isUndo { scopes.append(.undo) }
        if let change { scopes.append(.change(change)) }
        name = InstanceName(node.step.id, scopes: scopes)
    }

    /// The definition of its step.
    var step: Step { node.step }

    /// Whether it is one element of an each. (Where only the place of an expression counts, also one round of a repeat.)
    var isElement: Bool { path.count > node.around.count }

    /// The undo of this instance.
    var undo: StepInstance { StepInstance(node, path: path, isUndo: true) }

    /// The step whose undo this is.
    var undone: StepInstance { StepInstance(node, path: path) }

    /// What stands around it: a container, or the element of an each; nil at the top level.
    var parent: StepInstance? {
        if isElement { return StepInstance(node, path: Array(path.dropLast())) }
        guard let parent = node.parent else { return nil }
        switch parent.step.kind {
        case .repeat, .adhoc: return StepInstance(parent, path: Array(path.dropLast()))
        case .task, .approval, .request, .call, .notify, .set, .wait, .block, .choose, .each, .race, .end:
            return StepInstance(parent, path: path)
        }
    }

    /// What stands around it, the innermost first; the elements of eaches come before their eaches.
    var ancestors: some Sequence<StepInstance> {
        sequence(state: parent) { next in
            defer { next = next?.parent }
            return next
        }
    }

    /// Whether it stands inside the other, at whatever depth and in whatever round.
    func isInside(_ other: StepInstance) -> Bool {
        guard path.starts(with: other.path) else { return false }
        if node === other.node { return !other.isElement && isElement }
        var around = node.parent
        while let step = around {
            if step === other.node { return true }
            around = step.parent
        }
        return false
    }

    /// Whether it comes before the other in the order of the file; elements and rounds of one step go by their names.
    func precedes(_ other: StepInstance) -> Bool {
        if node.position != other.node.position { return node.position < other.node.position }
        return name < other.name
    }
}

extension InstanceName {
    /// The scopes as they are written: a first round only where the round of a repeat further in follows it.
    static func written(_ path: [Scope]) -> [Scope] {
        guard path.contains(.round(1)) else { return path }
        var kept: [Scope] = []
        for scope in path.reversed() {
            if scope == .round(1) {
                guard case .round? = kept.last else { continue }
            }
            kept.append(scope)
        }
        return kept.reversed()
    }
}

extension StepIndex {
    /// The instance of that name; nil when the tree has no such step, or not in such rounds and elements.
    func instance(_ name: InstanceName) -> StepInstance? {
        guard let node = node(name.step) else { return nil }
        var written = name.scopes[...]
        let isUndo = written.last == .undo
        if isUndo { written.removeLast() }
        if written.isEmpty, node.around.isEmpty { return StepInstance(node, isUndo: isUndo) }
        var path: [InstanceName.Scope] = []
        for outer in node.around {
            switch (outer.multiplier, written.first) {
            case (.keys, .key?), (.rounds, .round?): path.append(written.removeFirst())
            case (.rounds, _): path.append(.round(1))
            case (.keys, _), (nil, _): return nil
            }
        }
        if case .key? = written.first, case .each = node.step.kind, !isUndo { path.append(written.removeFirst()) }
        guard written.isEmpty else { return nil }
        let instance = StepInstance(node, path: path, isUndo: isUndo)
        // One instance has one name: `decide`, never `decide#1`.
        return instance.name == name ? instance : nil
    }

    /// The confirmation of that name; nil when it is none, or the tree has no such approval.
    func confirmation(_ name: InstanceName) -> StepInstance? {
        guard let number = name.confirmedChange, let approval = instance(name.confirmed), !approval.isUndo,
            approval.step.kind.isApproval
        else { return nil }
        return StepInstance(approval.node, path: approval.path, change: number)
    }
}
