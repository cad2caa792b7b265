import Expressions

extension Decision {
    /// Settles a step badly and does what its handler says; without one, the failure goes to the block around it, and from the top ends the request.
    ///
    /// For a block, everything in it is cancelled first.
    mutating func fail(_ step: Step, _ failure: Failure) {
        let name = InstanceName(step.id)
        abandonChild(of: step, failure)
        switch handling(of: step) {
        case .continued:
            emit(.failed(name, failure, handling: .continued))
            cancelInside(step)
        case .ending(let outcome): end(step, failure, outcome)
        case .left(let block):
            emit(.failed(name, failure, handling: .left(block.id)))
            cancelInside(block)
            emit(.done(InstanceName(block.id), outcome: nil))
        case .retried:
            emit(.failed(name, failure, handling: .retried))
            cancelInside(step)
            again(name)
        case .asked(let parties):
            emit(.failed(name, failure, handling: .asked(parties)))
            cancelInside(step)
        case .outward:
            guard let parent = type.index.parent(of: step.id).flatMap({ type.index[$0] }) else {
                return end(step, failure, type.failedOutcome)
            }
            emit(.failed(name, failure, handling: .outward))
            cancelInside(step)
            fail(parent, .inner(step.id))
        }
    }

    private mutating func end(_ step: Step, _ failure: Failure, _ outcome: Outcome) {
        emit(.failed(InstanceName(step.id), failure, handling: .ending))
        cancelInside(step)
        end(outcome)
    }

    /// The handler, when it can do its work now.
    private enum Handling {
        case continued
        case ending(Outcome)
        case left(Step)
        case retried
        case asked([Party])
        case outward
    }

    private func handling(of step: Step) -> Handling {
        switch step.onFailure {
        case nil: return .outward
        case .continue?: return .continued
        case .end(let id)?: return .ending(type.outcome(id) ?? type.failedOutcome)
        case .leave(let id)?:
            if id == step.id { return .continued }
            guard type.index.ancestors(of: step.id).contains(id), let block = type.index[id] else { return .outward }
            return .left(block)
        case .retry(let times)?:
            let attempt = state.steps[InstanceName(step.id)]?.attempt ?? 1
            return attempt <= times && restarts < Self.maximumRestarts ? .retried : .outward
        case .ask(let sources)?:
            do throws(EvaluationError) {
                let parties = try people.reachable(sources)
                return parties.isEmpty ? .outward : .asked(parties)
            } catch {
                return .outward
            }
        }
    }

    /// A child that still runs although its step fails is asked to end; nobody waits for it any more.
    private mutating func abandonChild(of step: Step, _ failure: Failure) {
        if case .child = failure { return }
        guard case .request(let child)? = status(of: step), !child.isCancelRequested else { return }
        emit(.childCancelRequested(InstanceName(step.id)))
    }

    private mutating func again(_ name: InstanceName) {
        restarts += 1
        emit(.retried(name, attempt: (state.steps[name]?.attempt ?? 1) + 1))
    }
}

extension Decision {
    /// The answer of the asked: start it again.
    mutating func retry(_ name: InstanceName) throws(Rejection) {
        _ = try askingStep(name)
        again(name)
    }

    /// The answer of the asked: end the request, badly.
    mutating func giveUp(_ name: InstanceName, _ id: OutcomeID) throws(Rejection) {
        let (step, failure) = try askingStep(name)
        guard let outcome = type.outcome(id) else {
            throw Rejection(
                .invalid, code: "request.outcome.unknown", message: "The request type has no outcome `\(id)`.",
                hint: NearestName.hint(for: id.text, among: type.outcomes.filter { !$0.isGood }.map(\.id.text)))
        }
        guard !outcome.isGood else {
            throw Rejection(
                .invalid, code: "request.outcome.not_bad",
                message: "A step that failed cannot end the request with the good outcome `\(id)`.")
        }
        end(step, failure, outcome)
    }

    private func askingStep(_ name: InstanceName) throws(Rejection) -> (Step, Failure) {
        _ = try actor()
        let (step, status) = try openStep(name)
        guard case .asking(let failure, _) = status else { throw .stepNotOpen }
        return (step, failure)
    }
}
