/// What people and systems can do in a state, and what then follows by itself.
extension ProcessExplorer {
    /// A state in which nothing follows by itself any more, or what the walk looks for.
    enum Settled {
        case calm(State)
        case found(State)
    }

    /// Starts and settles what can be, in the order of the file. A request that has ended gives nothing.
    func settle(_ state: State) -> [Settled] {
        var found: [Settled] = []
        var open = [state]
        while let state = open.popLast() {
            if let step = members.first(where: { canStart($0, state) }) {
                open += start(step, state, &found).reversed()
            } else if let step = members.last(where: { isOver($0, state) }) {
                open += finish(step, state).reversed()
            } else {
                found.append(.calm(state))
            }
        }
        return found
    }

    func canStart(_ step: Int, _ state: State) -> Bool {
        let status = state.status[step]
        guard status == .waiting || status == .beginning else { return false }
        if let parent = flow.parents[step] {
            guard state.status[parent] == .open else { return false }
            // People start what is offered.
            if case .adhoc = flow.steps[parent].kind, status == .waiting { return false }
        }
        // What starts again does not wait for what it has waited for.
        return status == .beginning || isReady(step, state)
    }

    private func isReady(_ step: Int, _ state: State) -> Bool {
        flow.steps[step].after.allSatisfy { name in
            flow.position(of: name).map { !state.status[$0].isUnsettled } ?? true
        }
    }

    func start(_ step: Int, _ state: State, _ found: inout [Settled]) -> [State] {
        var next: [State] = []
        let isAsked = state.status[step] == .waiting
        for (holds, state) in isAsked ? answers(.when(step), state) : [(true, state)] {
            if isAsked, holds, flow.steps[step].onlyWhile != nil {
                var later = kept(state)
                later.status[step] = .aside
                next.append(later)
            }
            guard holds else {
                var state = kept(state)
                mark(step, .skipped, &state)
                next.append(state)
                continue
            }
            if case .breaking(step, unless: _) = goal {
                var isSafe = false
                // Asked in the same moment as its `when`.
                for (holds, state) in answers(.unless, state) {
                    if holds { isSafe = true } else { found.append(.found(state)) }
                }
                guard isSafe else { continue }
            }
            next += begin(step, kept(state))
        }
        return next
    }

    private func begin(_ step: Int, _ state: State) -> [State] {
        var state = state
        switch flow.steps[step].kind {
        case .end: return []
        case .notify, .set: state.status[step] = .done
        case .repeat:
            state.status[step] = .open
            state.rounds[step] = 1
        case .choose(let choose): return branches(of: choose, step, state)
        case .each:
            // Without elements it is over at once; with some, one of them stands for all.
            var empty = state
            mark(step, .skipped, &empty)
            empty.status[step] = .done
            state.status[step] = .open
            return [state, empty]
        case .task, .approval, .request, .call, .wait, .block, .race, .adhoc: state.status[step] = .open
        }
        return [state]
    }

    private func branches(of choose: ChooseStep, _ step: Int, _ state: State) -> [State] {
        var found: [State] = []
        var undecided = [state]
        for (number, branch) in choose.cases.enumerated() {
            var next: [State] = []
            for state in undecided {
                let answers = branch.when == nil ? [(true, state)] : ask(.branch(step, number), state)
                for (holds, state) in answers {
                    if holds { found.append(taking(number, step, state)) } else { next.append(state) }
                }
            }
            undecided = next
        }
        return found + undecided.map { taking(nil, step, $0) }
    }

    private func taking(_ number: Int?, _ step: Int, _ state: State) -> State {
        var state = state
        state.status[step] = .open
        for child in flow.children[step] where flow.cases[child] != number { mark(child, .skipped, &state) }
        return state
    }

    // MARK: Settling

    /// A container all of whose steps have settled.
    func isOver(_ step: Int, _ state: State) -> Bool {
        guard state.status[step] == .open, !flow.steps[step].waits else { return false }
        if case .adhoc = flow.steps[step].kind { return false }
        return flow.children[step].allSatisfy { child in
            !slice.steps.contains(child) || !state.status[child].isUnsettled
                || flow.steps[child].isAdhoc
        }
    }

    func finish(_ step: Int, _ state: State) -> [State] {
        var state = state
        guard case .repeat(let loop) = flow.steps[step].kind else {
            close(step, .done, &state)
            return [won(step, state)]
        }
        var found: [State] = []
        for (holds, state) in ask(.until(step), state) {
            var state = state
            if holds {
                close(step, .done, &state)
                found.append(won(step, state))
            } else if state.rounds[step] < loop.maximum {
                state.rounds[step] += 1
                restart(inside: step, &state)
                found.append(state)
            } else {
                found += handle(loop.onExhausted ?? flow.steps[step].onFailure, of: step, state)
            }
        }
        return found
    }

    // MARK: Moves

    /// What people and systems can do: each with its sentence and the states that follow, not yet settled.
    func moves(from state: State) -> [(event: String, next: [Settled])] {
        var found: [(event: String, next: [Settled])] = []
        func add(_ event: String, _ states: [State]) { found.append((event, states.map(Settled.calm))) }
        for position in members {
            let step = flow.steps[position]
            if state.status[position] == .waiting, let parent = flow.parents[position], flow.steps[parent].isAdhoc,
                state.status[parent] == .open, isReady(position, state)
            {
                var next: [Settled] = []
                let started = start(position, state, &next)
                next += started.map(Settled.calm)
                found.append(("somebody adds `\(step.id)`", next))
                continue
            }
            if step.startsAgain, mayStartAgain(position, state) {
                found.append(("`\(step.id)` starts again", startedAgainByChange(position, state)))
            }
            if state.status[position] == .aside {
                var later = state
                later.status[position] = .beginning
                add("`\(step.id)` may go on", [later])
            }
            guard state.status[position] == .open else { continue }
            guard step.waits else {
                // What holds steps together can be late as well.
                switch step.onOverdue {
                case .fail?: add("`\(step.id)` is late", handle(step.onFailure, of: position, state))
                case .leave(let scope)?: add("`\(step.id)` is late", leave(scope, state))
                default: break
                }
                continue
            }
            var done = state
            done.status[position] = .done
            add(step.successWords, [won(position, done)])
            if step.mayFail { add(step.failureWords, handle(step.onFailure, of: position, state)) }
            if case .leave(let scope)? = step.onOverdue { add("`\(step.id)` is late", leave(scope, state)) }
        }
        return found
    }

    /// A change begins what is open anew, and what people have done as long as all around it runs.
    private func mayStartAgain(_ position: Int, _ state: State) -> Bool {
        switch state.status[position] {
        case .open: true
        case .done:
            flow.steps[position].kind.isHuman && flow.ancestors(of: position).allSatisfy { state.status[$0] == .open }
        case .waiting, .beginning, .aside, .skipped, .failed, .cancelled: false
        }
    }

    /// The first of a race's branches to get there ends the others.
    private func won(_ position: Int, _ state: State) -> State {
        var state = state
        for scope in [position] + flow.ancestors(of: position) {
            guard let parent = flow.parents[scope], case .race(let race) = flow.steps[parent].kind,
                race.win == .firstStep || scope == position, race.need == 1, race.rest == .cancel
            else { continue }
            for branch in flow.children[parent] where branch != scope && state.status[branch] != .done {
                mark(branch, .cancelled, &state, onlyOpen: true)
            }
        }
        return state
    }

    private func handle(_ handler: FailureHandler?, of step: Int, _ state: State) -> [State] {
        var state = state
        switch handler {
        case .continue?:
            close(step, .failed, &state)
            return [state]
        case .end?: return []
        case .leave(let scope)?: return leave(scope, state)
        case .ask?: return startedAgain(step, state)
        case .retry?: return startedAgain(step, state) + outward(step, state)
        case nil: return outward(step, state)
        }
    }

    /// A change asks `when` again: what it read may be what has changed.
    private func startedAgainByChange(_ step: Int, _ state: State) -> [Settled] {
        var state = state
        restart(inside: step, &state)
        forget(step, &state)
        state.status[step] = .waiting
        var found: [Settled] = []
        let started = start(step, state, &found)
        return found + started.map(Settled.calm)
    }

    /// A step that failed and starts again keeps its turn and what it holds, and its `when` is not asked again.
    private func startedAgain(_ step: Int, _ state: State) -> [State] {
        var state = state
        restart(inside: step, &state)
        state.status[step] = .beginning
        forget(step, &state)
        if case .blocking = goal { return begin(step, state) }
        return [state]
    }

    private func outward(_ step: Int, _ state: State) -> [State] {
        guard let parent = flow.parents[step] else { return [] }
        var found = handle(flow.steps[parent].onFailure, of: parent, state)
        var lost = state
        switch flow.steps[parent].kind {
        case .race:
            mark(step, .cancelled, &lost)
            found.append(lost)
        case .each(let each) where each.need != .all:
            close(parent, .done, &lost)
            found.append(lost)
        default: break
        }
        return found
    }

    private func leave(_ scope: StepID, _ state: State) -> [State] {
        guard let position = flow.position(of: scope) else { return [] }
        var state = state
        close(position, .done, &state)
        return [state]
    }

    // MARK: Marking

    private func close(_ step: Int, _ status: Status, _ state: inout State) {
        state.status[step] = status
        for inner in step...flow.lasts[step] where inner != step && state.status[inner].isUnsettled {
            state.status[inner] = .cancelled
        }
    }

    private func mark(_ step: Int, _ status: Status, _ state: inout State, onlyOpen: Bool = false) {
        for inner in step...flow.lasts[step] where !onlyOpen || state.status[inner].isUnsettled {
            state.status[inner] = status
        }
    }

    private func restart(inside step: Int, _ state: inout State) {
        for inner in step...flow.lasts[step] where inner != step {
            state.status[inner] = .waiting
            forget(inner, &state)
        }
    }
}

extension Step {
    var isAdhoc: Bool {
        if case .adhoc = kind { true } else { false }
    }

    /// Whether it may fail because of what people and systems do, or do not do.
    var mayFail: Bool {
        if case .fail? = onOverdue { return true }
        switch kind {
        case .approval, .request, .call: return true
        case .task(let task): return task.fallback.isEmpty && task.assign.allSatisfy(\.isComputed)
        default: return false
        }
    }

    fileprivate var successWords: String {
        switch kind {
        case .approval: "`\(id)` is approved"
        case .request: "`\(id)` ends well"
        case .call: "`\(id)` succeeds"
        case .wait: "`\(id)` is over"
        default: "`\(id)` is done"
        }
    }

    fileprivate var failureWords: String {
        switch kind {
        case .approval: "`\(id)` is rejected"
        case .request: "`\(id)` ends badly"
        default: "`\(id)` fails"
        }
    }
}

extension PeopleSource {
    var isComputed: Bool {
        if case .expression = self { true } else { false }
    }
}
