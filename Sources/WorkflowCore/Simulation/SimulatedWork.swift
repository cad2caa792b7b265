public import Expressions

/// An instance that waits for somebody or something outside.
public struct SimulatedWork: Hashable, Sendable {
    /// Which.
    public let instance: InstanceName
    /// The word of its step's kind, `task`; `decision` for a failed step about which people are asked.
    public let kind: String
    /// Whom it is offered to; empty when it waits for no people.
    public let offeredTo: [Party]
    /// Who has claimed it; nil when nobody has.
    public let assignee: PersonID?
    /// When it is or was due; nil without a deadline.
    public let due: Instant?
    /// Whether that has passed.
    public let isOverdue: Bool
    /// The child that it waits for; nil when it waits for none.
    public let child: RequestID?
}

extension SimulatedRequest {
    /// What waits, in the order of the file, instances of one step by their scopes. Structure (blocks, loops) is left out.
    public var openWork: [SimulatedWork] {
        let items = state.workItems
        return openInstances.map { name in
            let step = state.steps[name]
            let item = items[name]
            return SimulatedWork(
                instance: name,
                kind: item?.kind == .decision
                    ? "decision" : name.isUndo ? "undo" : type.index[name.step]?.kind.word ?? "step",
                offeredTo: item?.offeredTo ?? [], assignee: item?.assignee, due: step?.deadline,
                isOverdue: step?.isOverdue ?? false, child: step?.child?.child)
        }
    }

    /// The names of what waits, in that order.
    public var openInstances: [InstanceName] {
        ordered(
            state.steps.compactMap { name, step in
                guard step.status.isOpen else { return nil }
                if case .asking = step.status { return name }
                if name.isUndo { return name }
                return type.index[name.step]?.kind.isStructure == true ? nil : name
            })
    }

    /// What an instance left behind, as expressions outside of it read it; empty when they read nothing.
    public func record(of name: InstanceName) -> [String: Value] {
        guard let instance = type.index.instance(name),
            case .map(let members)? = RecordLookup(steps: state.steps, index: type.index, place: nil).record(
                of: instance)
        else { return [:] }
        var record: [String: Value] = [:]
        for (key, value) in members {
            if case .string(let field) = key { record[field] = value }
        }
        return record
    }

    /// Instances in the order of the file, those of one step by their scopes.
    public func ordered(_ names: [InstanceName]) -> [InstanceName] {
        let places = Dictionary(
            type.index.all.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        return names.sorted { left, right in
            let (before, after) = (places[left.step] ?? .max, places[right.step] ?? .max)
            return before != after ? before < after : left < right
        }
    }
}

extension StepKind {
    /// Whether it only holds other steps together.
    var isStructure: Bool {
        switch self {
        case .block, .choose, .repeat, .each, .race, .adhoc: true
        case .task, .approval, .request, .call, .notify, .set, .wait, .end: false
        }
    }
}
