import Expressions

extension Decision {
    /// Lets everything move that can move by itself, until nothing can: in passes over what lives, in the order of the file.
    ///
    /// It ends: each move starts or settles a step, starting again is bounded, and so are rounds.
    mutating func settle() {
        passOn()
        updateSuspensions()
        repeat {
            while state.phase == .open, visit(rootInstances, in: nil) {}
        } while updateSuspensions() || settleFirst() || updateDeadlines()
        runUndos()
        conclude()
        // Ending is what made them due.
        if case .ending = state.phase { runUndos() }
        updateLooks()
        updateTargets()
        confine()
    }

    /// Lets the steps of one scope move, each with all in it. True when something moved.
    ///
    /// Elements in which nothing has happened are passed over, if no other step of the request can make theirs move.
    private mutating func visit(_ instances: [StepInstance], in scope: StepInstance?) -> Bool {
        var hasMoved = false
        let isOneAtATime = scope?.isOneAtATime == true
        var isBusy = isOneAtATime && isAnyUnderWay(instances)
        for instance in instances {
            if isQuietElement(instance) || (isBusy && isYetToBegin(instance)) { continue }
            if visit(instance) { hasMoved = true }
            guard state.phase == .open else { return true }
            if let scope, !isLive(scope) { return true }
            if isOneAtATime, !isBusy { isBusy = isUnderWay(instance) }
        }
        return hasMoved
    }

    private func isAnyUnderWay(_ instances: [StepInstance]) -> Bool {
        for instance in instances where isUnderWay(instance) { return true }
        return false
    }

    /// Whether it is an element in which nothing has happened in this decision. Steps that hold something wait for others anywhere, and
    /// so does an each in it to which things may be added until another step starts.
    private func isQuietElement(_ instance: StepInstance) -> Bool {
        instance.isElement && !type.index.hasHolds && !type.index.hasInnerAdding && !touched.contains(instance.name)
            && state.steps[instance.name] != nil
    }

    private mutating func visit(_ instance: StepInstance) -> Bool {
        var hasMoved = false
        switch status(of: instance) {
        case nil:
            guard mayStart(instance), begin(instance) else { return false }
            hasMoved = true
        case .settled(.failed(let failure, .retried, outcome: _))?:
            guard isQuiet(instance), restart(instance, after: failure) else { return false }
            hasMoved = true
        case .block? where state.steps[instance.name]?.isPostponed == true:
            guard state.steps[instance.name]?.isSuspended == false, begin(instance, .postponed) else { return false }
            hasMoved = true
        default: break
        }
        guard isLive(instance), let step = state.steps[instance.name], !step.isSuspended, !step.isPostponed else {
            return hasMoved
        }
        if decideRace(instance) { hasMoved = true }
        if visit(inner(of: instance), in: instance) { hasMoved = true }
        if state.phase == .open, isRunning(instance), advance(instance) { hasMoved = true }
        return hasMoved
    }

    /// Whether those inside it may move: it runs, or it has settled and left some running on.
    private func isLive(_ instance: StepInstance) -> Bool {
        switch status(of: instance) {
        case .block?: true
        case .settled(.done)?: type.index.leavesSomeRunning && !instance.node.inner.isEmpty
        default: false
        }
    }

    /// Whether it has started and more will happen to it. What was put aside before it began leaves its turn to others: what it
    /// waits for may be theirs to do.
    private func isUnderWay(_ instance: StepInstance) -> Bool {
        guard let step = state.steps[instance.name] else { return false }
        return !step.isPostponed && !step.status.isFinal
    }

    private func isYetToBegin(_ instance: StepInstance) -> Bool { state.steps[instance.name]?.isPostponed ?? true }

    /// Whether all that comes before is passed. What is around it runs, or nobody would ask.
    private func mayStart(_ instance: StepInstance) -> Bool {
        instance.isElement || instance.step.after.allSatisfy { isPassed($0, before: instance) }
    }

    /// Whether what comes after a step may start: it is done or skipped, its failure was passed over, or a block around it was passed.
    private func isPassed(_ id: StepID, before instance: StepInstance) -> Bool {
        guard let node = type.index.node(id), node.around.count <= instance.path.count else { return true }
        return isPassed(StepInstance(node, path: Array(instance.path.prefix(node.around.count))))
    }

    private func isPassed(_ instance: StepInstance) -> Bool {
        guard case .settled(let settlement)? = status(of: instance) else { return isIdleAdhoc(instance) }
        switch settlement {
        case .done, .skipped, .failed(_, .continued, outcome: _): return true
        case .failed, .cancelled: return instance.parent.map { isPassed($0) } ?? false
        }
    }

    /// Whether what surrounds it may settle: it is final, or an adhoc that nobody has work in.
    func isSettledEnough(_ instance: StepInstance) -> Bool { isFinal(instance) || isIdleAdhoc(instance) }

    /// Whether nothing in it still runs, and nothing in it has still to be taken back.
    private func isQuiet(_ instance: StepInstance) -> Bool {
        !everything(inside: instance).contains { inside in
            if !inside.isUndo, let undo = state.steps[inside.name]?.undo, undo.isDue, !isFinal(inside.undo) {
                return true
            }
            return !isFinal(inside)
        }
    }

    /// What a step has behind it that is about to begin.
    private enum Beginning {
        case nothing
        /// It was put aside before it began: its `when` has been taken.
        case postponed
        /// It failed, or what it has read has changed, and it starts again; `when` is taken again if an expression was what failed, and if
        /// something has changed.
        case failed(Failure)

        var isAskingWhen: Bool {
            switch self {
            case .nothing, .failed(.evaluation), .failed(.changed): true
            case .postponed, .failed: false
            }
        }
    }

    /// Takes `when` and starts the step, skips it with everything in it, or puts it aside because `only_while` does not hold. False when
    /// it has to wait: for the resource it holds, or because what is around it is about to be put aside.
    private mutating func begin(_ instance: StepInstance, _ beginning: Beginning = .nothing) -> Bool {
        if isInsideOfWhatIsClosed(instance) { return false }
        if instance.isElement {
            emit(.started(instance.name, .block))
            return true
        }
        var part = "hold"
        do throws(EvaluationError) {
            let resource = try resource(of: instance)
            if let resource, isHeld(resource, before: instance) { return false }
            part = "when"
            if beginning.isAskingWhen, let condition = instance.step.when,
                try condition.evaluate(in: activation(at: instance)) != .bool(true)
            {
                skip(instance)
                return true
            }
            part = "only_while"
            if try isClosed(instance) {
                if state.steps[instance.name]?.isPostponed == true { return false }
                emit(.postponed(instance.name))
                return true
            }
            start(instance)
            if let resource, status(of: instance)?.isOpen == true { emit(.held(instance.name, resource: resource)) }
        } catch {
            fail(instance, .evaluation(error.sentence(about: part, of: instance.step)))
        }
        return true
    }

    private mutating func start(_ instance: StepInstance) {
        guard keepsRules(instance) else { return }
        do throws(EvaluationError) {
            switch instance.step.kind {
            case .task(let task):
                try start(instance, task)
                try setNudges(task.nudges, of: instance)
            case .approval(let approval):
                try start(instance, approval)
                try setNudges(approval.nudges, of: instance)
            case .request(let child): try start(instance, child)
            case .block, .race, .adhoc: emit(.started(instance.name, .block))
            case .choose(let choose): try start(instance, choose)
            case .repeat: emit(.started(instance.name, .rounds))
            case .each(let each): try start(instance, each)
            case .call(let call): try start(instance, call)
            case .notify(let notify): try start(instance, notify)
            case .set(let assignments): try start(instance, assignments)
            case .wait(let wait): try start(instance, wait)
            case .end(let id):
                emit(.done(instance.name, outcome: id.text))
                end(type.outcome(id) ?? type.failedOutcome)
            }
        } catch {
            fail(instance, .evaluation(error.sentence(about: "start", of: instance.step)))
        }
    }

    /// What a container does when those inside it have moved: nothing yet, its next round, or its end.
    private mutating func advance(_ instance: StepInstance) -> Bool {
        switch instance.step.kind {
        case .each(let each) where !instance.isElement: return decide(instance, each)
        case .race(let race): return decide(instance, race)
        case .adhoc: return false
        default: break
        }
        for inner in inner(of: instance) where !isSettledEnough(inner) { return false }
        if case .repeat(let loop) = instance.step.kind {
            nextRound(of: instance, loop)
        } else {
            finish(instance)
        }
        return true
    }

    /// Settles a container well, and the adhocs in it that nobody has work in.
    mutating func finish(_ instance: StepInstance) {
        closeAdhocs(among: inner(of: instance))
        emit(.done(instance.name, outcome: nil))
    }

    /// Skips a step and everything that is named like it: what is in its rounds and elements never comes to be.
    mutating func skip(_ instance: StepInstance) {
        emit(.skipped(instance.name))
        for inner in inner(of: instance) { skip(inner) }
    }

    /// Starts a step again; all in it waits once more. False when it has to wait.
    private mutating func restart(_ instance: StepInstance, after failure: Failure) -> Bool {
        for inside in everything(inside: instance) { emit(.reset(inside.name)) }
        return begin(instance, .failed(failure))
    }
}

extension StepInstance {
    /// Whether only one of those directly inside runs at a time: the steps of a block, the elements of an each.
    fileprivate var isOneAtATime: Bool { step.isOneAtATime && !isElement }
}

extension EvaluationError {
    /// What a reader of the request learns: which part of which step it was, and the error, which holds no values.
    func sentence(about part: String, of step: Step) -> String {
        "The expression at `\(part)` of the step `\(step.id)` could not be evaluated: \(message)"
    }
}
