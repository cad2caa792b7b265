import Expressions

extension Decision {
    /// What a step can do by itself.
    private enum Move {
        case start
        case restart
        case finish
    }

    /// Lets everything move that can move by itself, until nothing can: always the first step in the order of the file.
    ///
    /// It ends: each move starts or settles a step, and starting again is bounded.
    mutating func settle() {
        passOn()
        repeat {
            while state.phase == .open, let (step, move) = nextMove() {
                switch move {
                case .start: begin(step)
                case .restart: restart(step)
                case .finish: emit(.done(InstanceName(step.id), outcome: nil))
                }
            }
        } while updateDeadlines()
        conclude()
    }

    private func nextMove() -> (Step, Move)? {
        for step in type.index.all {
            if let move = move(of: step) { return (step, move) }
        }
        return nil
    }

    private func move(of step: Step) -> Move? {
        switch status(of: step) {
        case nil: mayStart(step) ? .start : nil
        case .block?: innerSteps(of: step).allSatisfy { isFinal($0) } ? .finish : nil
        case .settled(.failed(_, .retried, outcome: _))?: isQuiet(step) ? .restart : nil
        default: nil
        }
    }

    /// The block around it runs, and all that comes before is passed.
    private func mayStart(_ step: Step) -> Bool {
        if let parent = type.index.parent(of: step.id) {
            guard case .block? = state.steps[InstanceName(parent)]?.status else { return false }
        }
        return step.after.allSatisfy { isPassed($0) }
    }

    /// Whether what comes after a step may start: it is done or skipped, its failure was passed over, or a block around it was passed.
    private func isPassed(_ id: StepID) -> Bool {
        guard type.index[id] != nil else { return true }
        guard case .settled(let settlement)? = state.steps[InstanceName(id)]?.status else { return false }
        switch settlement {
        case .done, .skipped, .failed(_, .continued, outcome: _): return true
        case .failed, .cancelled: return type.index.parent(of: id).map { isPassed($0) } ?? false
        }
    }

    /// Whether nothing in it still runs; always so for a step that is no block.
    private func isQuiet(_ step: Step) -> Bool {
        innerSteps(of: step).allSatisfy { isFinal($0) && isQuiet($0) }
    }

    private func innerSteps(of step: Step) -> [Step] {
        if case .block(let steps) = step.kind { steps } else { [] }
    }

    /// Takes `when` and starts the step, or skips it with everything in it.
    private mutating func begin(_ step: Step) {
        do throws(EvaluationError) {
            if let condition = step.when, try condition.evaluate(in: activation) != .bool(true) {
                return skip(step)
            }
        } catch {
            return fail(step, .evaluation(error.sentence(about: "when", of: step)))
        }
        start(step)
    }

    private mutating func start(_ step: Step) {
        do throws(EvaluationError) {
            switch step.kind {
            case .task(let task): try start(step, task)
            case .approval(let approval): try start(step, approval)
            case .request(let child): try start(step, child)
            case .block: emit(.started(InstanceName(step.id), .block))
            case .call, .notify, .set, .wait, .choose, .repeat, .each, .race, .adhoc:
                emit(.done(InstanceName(step.id), outcome: nil))
            case .end(let id):
                emit(.done(InstanceName(step.id), outcome: id.text))
                end(type.outcome(id) ?? type.failedOutcome)
            }
        } catch {
            fail(step, .evaluation(error.sentence(about: "start", of: step)))
        }
    }

    private mutating func skip(_ step: Step) {
        emit(.skipped(InstanceName(step.id)))
        for inner in innerSteps(of: step) { skip(inner) }
    }

    /// Starts a step again; all in it waits once more. `when` is not asked again.
    private mutating func restart(_ step: Step) {
        reset(innerSteps(of: step))
        start(step)
    }

    private mutating func reset(_ steps: [Step]) {
        for step in steps {
            if state.steps[InstanceName(step.id)] != nil { emit(.reset(InstanceName(step.id))) }
            reset(innerSteps(of: step))
        }
    }
}

extension EvaluationError {
    /// What a reader of the request learns: which part of which step it was, and the error, which holds no values.
    func sentence(about part: String, of step: Step) -> String {
        "The expression at `\(part)` of the step `\(step.id)` could not be evaluated: \(message)"
    }
}
