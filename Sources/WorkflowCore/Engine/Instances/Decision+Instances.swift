import Expressions

extension Decision {
    /// How an instance stands; nil while it waits.
    func status(of instance: StepInstance) -> StepStatus? { state.steps[instance.name]?.status }

    /// Nothing more will happen to it.
    func isFinal(_ instance: StepInstance) -> Bool { status(of: instance)?.isFinal == true }

    /// It runs, and so may those inside it.
    func isRunning(_ instance: StepInstance) -> Bool { status(of: instance) == .block }

    /// The state as the expressions of an instance see it.
    func activation(at instance: StepInstance) -> RequestActivation {
        RequestActivation(state, context).at(instance)
    }

    /// People as the expressions of an instance give them.
    func people(at instance: StepInstance) -> PeopleResolver {
        PeopleResolver(activation: activation(at: instance), context: context)
    }

    /// Everything that has started or settled, in the order of the file.
    var startedInstances: [StepInstance] {
        state.steps.keys.compactMap { type.index.instance($0) }.sorted { $0.precedes($1) }
    }

    /// Everything that has started and not settled, in the order of the file.
    var openInstances: [StepInstance] { openInstances { _, _ in true } }

    /// What of that is meant, by its step and how it stands.
    func openInstances(where isMeant: (Step, StepState) -> Bool) -> [StepInstance] {
        var open: [StepInstance] = []
        for (name, step) in state.steps where step.status.isOpen {
            guard let node = type.index.node(name.step), isMeant(node.step, step) else { continue }
            if let instance = type.index.instance(name) { open.append(instance) }
        }
        return open.sorted { $0.precedes($1) }
    }

    /// The steps at the top level.
    var rootInstances: [StepInstance] { type.index.roots.map { StepInstance($0) } }

    /// What stands directly inside an instance now: of a repeat the steps of its rounds, of an each its elements, of a choose the steps
    /// of the case that was taken, of an adhoc what was added. A container that has not started holds what it would start with; repeats,
    /// eaches and adhocs then hold nothing.
    func inner(of instance: StepInstance) -> [StepInstance] {
        let (node, path) = (instance.node, instance.path)
        if node.inner.isEmpty || instance.isUndo { return [] }
        let parts = state.steps[instance.name]?.parts
        switch node.step.kind {
        case .block, .race: return type.index.inner(of: node).map { StepInstance($0, path: path) }
        case .each where instance.isElement: return type.index.inner(of: node).map { StepInstance($0, path: path) }
        case .choose(let choose):
            let steps = type.index.inner(of: node).map { StepInstance($0, path: path) }
            guard case .choice(let taken, gives: _)? = parts else { return steps }
            guard let taken, choose.cases.indices.contains(taken) else { return [] }
            let before = choose.cases[..<taken].reduce(0) { $0 + $1.steps.count }
            return Array(steps.dropFirst(before).prefix(choose.cases[taken].steps.count))
        case .repeat:
            guard case .rounds(let round)? = parts else { return [] }
            // What an earlier round left running runs on.
            let rounds = type.index.leavesSomeRunning ? 1...max(1, round) : round...round
            return rounds.flatMap { round in
                type.index.inner(of: node).map { StepInstance($0, path: path + [.round(round)]) }
            }
        case .each:
            guard case .elements(let elements)? = parts else { return [] }
            return elements.map { StepInstance(node, path: path + [.key($0.key)]) }
        case .adhoc:
            guard case .added(let added)? = parts else { return [] }
            return added.compactMap { added in
                type.index.node(added.template).map { StepInstance($0, path: path + [.key(added.key)]) }
            }
        case .task, .approval, .request, .call, .notify, .set, .wait, .end: return []
        }
    }

    /// Whatever has started or settled inside an instance, in all rounds and elements, undos included; in the order of the file.
    func everything(inside instance: StepInstance) -> [StepInstance] {
        guard !instance.node.inner.isEmpty else { return [] }
        return state.steps.keys.compactMap { type.index.instance($0) }.filter { $0.isInside(instance) }
            .sorted { $0.precedes($1) }
    }

    /// The container of that name around an instance; an each as a whole, not its element.
    func scope(_ id: StepID, around instance: StepInstance) -> StepInstance? {
        instance.ancestors.first { $0.step.id == id && !$0.isElement }
    }
}
