/// The step tree of a request type, by identifier.
public struct StepIndex: Sendable {
    /// Every step of the tree in the order of the file, a step before those inside it.
    public let all: [Step]
    private let positions: [StepID: Int]
    private let parents: [StepID: StepID]

    init(_ steps: [Step]) {
        var all: [Step] = []
        var positions: [StepID: Int] = [:]
        var parents: [StepID: StepID] = [:]
        func visit(_ steps: [Step], in parent: StepID?) {
            for step in steps {
                positions[step.id] = all.count
                parents[step.id] = parent
                all.append(step)
                visit(step.kind.inner, in: step.id)
            }
        }
        visit(steps, in: nil)
        self.all = all
        self.positions = positions
        self.parents = parents
    }

    /// The step of that name; nil when the tree has none.
    public subscript(id: StepID) -> Step? { positions[id].map { all[$0] } }

    /// The step that a step stands in; nil at the top level.
    public func parent(of id: StepID) -> StepID? { parents[id] }

    /// The steps around a step, the innermost first.
    public func ancestors(of id: StepID) -> [StepID] {
        var found: [StepID] = []
        var next = parents[id]
        while let block = next {
            found.append(block)
            next = parents[block]
        }
        return found
    }
}
