/// What follows by itself where it matters who comes first: in passes over the steps as the engine makes them.
extension ProcessExplorer {
    /// A pass that has come so far.
    private struct Pass {
        var state: State
        /// Where it stands in `members`, and the containers that it is in, outermost first.
        var next = 0
        var inside: [Int] = []
        /// Of those containers that do one thing at a time, those in which something runs already.
        var busy: Set<Int> = []
        var hasMoved = false
    }

    /// Starts and settles what can be, until nothing can. A request that has ended gives nothing.
    func settleInOrder(_ state: State) -> [State] {
        var found: [State] = []
        var open = [Pass(state: state)]
        while let pass = open.popLast() {
            if pass.next < members.count || !pass.inside.isEmpty {
                open += advanced(pass)
            } else if pass.hasMoved {
                open.append(Pass(state: pass.state))
            } else {
                found.append(pass.state)
            }
        }
        return found
    }

    private func advanced(_ pass: Pass) -> [Pass] {
        var pass = pass
        let step = pass.next < members.count ? members[pass.next] : nil
        // Behind the last step of a container it is the container's turn to settle.
        if let container = pass.inside.last, step.map({ !flow.isInside($0, container) }) ?? true {
            pass.inside.removeLast()
            guard isOver(container, pass.state) else { return [left(container, pass)] }
            return finish(container, pass.state).map { state in
                var next = pass
                next.state = state
                next.hasMoved = true
                return left(container, next)
            }
        }
        guard let step else { return [] }
        pass.next += 1
        guard canStart(step, pass.state), !(flow.parents[step].map(pass.busy.contains) ?? false) else {
            return [entered(step, pass)]
        }
        var passes: [Pass] = []
        let turn = turn(of: step, pass.state)
        if turn != .now { passes.append(entered(step, pass)) }
        if turn != .later {
            var none: [Settled] = []
            for state in start(step, pass.state, &none) {
                var next = pass
                next.state = state
                next.hasMoved = true
                passes.append(entered(step, next))
            }
        }
        return passes
    }

    private enum Turn { case now, later, either }

    /// Whether a step may take what it holds.
    private func turn(of step: Int, _ state: State) -> Turn {
        guard flow.steps[step].hold != nil else { return .now }
        let rivals = members.filter { other in
            other != step && state.status[other] == .open && flow.steps[other].mayHoldTheSame(as: flow.steps[step])
        }
        if rivals.isEmpty { return .now }
        return rivals.contains { flow.steps[$0].holdsTheSame(as: flow.steps[step]) } ? .later : .either
    }

    /// Goes on with what is inside a step, if that runs.
    private func entered(_ step: Int, _ pass: Pass) -> Pass {
        var pass = pass
        guard !flow.children[step].isEmpty else { return left(step, pass) }
        guard pass.state.status[step] == .open else {
            while pass.next < members.count, flow.isInside(members[pass.next], step) { pass.next += 1 }
            return left(step, pass)
        }
        pass.inside.append(step)
        if flow.takesTurns(step), flow.children[step].contains(where: { pass.state.status[$0] == .open }) {
            pass.busy.insert(step)
        }
        return pass
    }

    /// What has run when a pass came by keeps its turn until the next one.
    private func left(_ step: Int, _ pass: Pass) -> Pass {
        var pass = pass
        if let parent = flow.parents[step], flow.takesTurns(parent), pass.state.status[step] == .open {
            pass.busy.insert(parent)
        }
        return pass
    }

    /// Whether nobody can do anything any more although something has not settled.
    func isStuck(_ state: State) -> Bool {
        var isWaiting = false
        for step in members {
            switch state.status[step] {
            case .open where flow.steps[step].waits: return false
            // Whether it goes on is for people and the time.
            case .aside: return false
            case .beginning: isWaiting = true
            case .open where !flow.steps[step].isAdhoc: isWaiting = true
            case .waiting where !isOffered(step): isWaiting = true
            case .open, .waiting, .done, .skipped, .failed, .cancelled: break
            }
        }
        return isWaiting
    }

    /// Whether it is something that people may add, or stands in such.
    private func isOffered(_ step: Int) -> Bool {
        flow.ancestors(of: step).contains { flow.steps[$0].isAdhoc }
    }
}
