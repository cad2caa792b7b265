import Expressions

extension Decision {
    /// Settles a step badly and does what its handler says; without one, the failure goes to what stands around it, and from the top ends
    /// the request. An element of an each and a branch of a race keep their failure to themselves: need decides.
    ///
    /// Of a container everything inside is cancelled first, and taken back unless the request ends well.
    ///
    /// An expression that cannot be evaluated is nobody's decision, and neither is that nobody is left to do a step: where nothing handles
    /// it, people are asked, and the request goes on.
    ///
    /// - Parameter cause: What failed first, inside; nil for the failure itself.
    mutating func fail(_ instance: StepInstance, _ failure: Failure, cause: Failure? = nil) {
        let cause = cause ?? failure
        if instance.isUndo { return failUndo(instance, failure) }
        if let change = instance.change { return failConfirmation(instance, of: change, failure) }
        let name = instance.name
        abandonChild(of: instance, failure)
        switch handling(of: instance, failure, cause: cause) {
        case .continued:
            emit(.failed(name, failure, handling: .continued))
            cancelInside(instance)
            takeBack(inside: instance)
        case .ending(let outcome): end(instance, failure, outcome)
        case .left(let scope):
            emit(.failed(name, failure, handling: .left(scope.step.id)))
            leave(scope)
        case .retried:
            emit(.failed(name, failure, handling: .retried))
            cancelInside(instance)
            takeBack(inside: instance)
            again(name)
        case .asked(let parties):
            emit(.failed(name, failure, handling: .asked(parties)))
            cancelInside(instance)
            takeBack(inside: instance)
        case .outward:
            guard let parent = instance.parent else { return end(instance, failure, type.failedOutcome) }
            emit(.failed(name, failure, handling: .outward))
            cancelInside(instance)
            fail(parent, .inner(instance.step.id), cause: cause)
        }
    }

    /// Ends a scope as done: what is open in it is cancelled, what was done in it is taken back.
    mutating func leave(_ scope: StepInstance) {
        cancelInside(scope)
        takeBack(inside: scope)
        emit(.done(scope.name, outcome: nil))
    }

    private mutating func end(_ instance: StepInstance, _ failure: Failure, _ outcome: Outcome) {
        emit(.failed(instance.name, failure, handling: .ending))
        cancelInside(instance)
        end(outcome)
    }

    /// The handler, when it can do its work now.
    private enum Handling {
        case continued
        case ending(Outcome)
        case left(StepInstance)
        case retried
        case asked([Party])
        case outward
    }

    private func handling(of instance: StepInstance, _ failure: Failure, cause: Failure) -> Handling {
        if instance.isElement { return .continued }
        let handling = declaredHandling(of: instance, failure)
        guard case .outward = handling else { return handling }
        if cause.isNobodysDecision, !isHandled(around: instance) {
            let agents = departmentAgents
            if !agents.isEmpty { return .asked(agents) }
        }
        if case .race? = instance.node.parent?.step.kind { return .continued }
        return .outward
    }

    /// Whether a failure that goes outward reaches a handler before the element of an each or the branch of a race takes it.
    private func isHandled(around instance: StepInstance) -> Bool {
        var inside = instance
        while let outer = inside.parent {
            if outer.isElement { return false }
            if case .race? = inside.node.parent?.step.kind { return false }
            if outer.step.onFailure != nil { return true }
            inside = outer
        }
        return false
    }

    private func declaredHandling(of instance: StepInstance, _ failure: Failure) -> Handling {
        switch instance.handler(of: failure) {
        case nil: return .outward
        case .continue?: return .continued
        case .end(let id)?: return .ending(type.outcome(id) ?? type.failedOutcome)
        case .leave(let id)?:
            if id == instance.step.id { return .continued }
            guard let scope = scope(id, around: instance) else { return .outward }
            // One that runs on after its surroundings have settled has nothing to leave any more.
            return isRunning(scope) ? .left(scope) : .continued
        case .retry(let times)?:
            let attempt = state.steps[instance.name]?.attempt ?? 1
            return attempt <= times && restarts < Self.maximumRestarts ? .retried : .outward
        case .ask(let sources)?:
            do throws(EvaluationError) {
                // Whether somebody anonymous ever answers nobody can know.
                let parties = try people(at: instance).reachable(sources).filter { $0 != .anonymous }
                return parties.isEmpty ? .outward : .asked(parties)
            } catch {
                return .outward
            }
        }
    }

    /// A child that still runs although its step fails is asked to end, and a call is called off; nobody waits for them any more. What was
    /// ordered by this very decision is never raised or made.
    private mutating func abandonChild(of instance: StepInstance, _ failure: Failure) {
        if state.steps[instance.name]?.keptEnd != nil { return }
        switch (failure, status(of: instance)) {
        case (.child, _), (.call, _): return
        case (_, .request(let child)?) where !child.isCancelRequested && !ordered.contains(child.child):
            emit(.childCancelRequested(instance.name))
        case (_, .call(let call)?) where !call.isCancelRequested && !orderedCalls.contains(call.id):
            emit(.callCancelRequested(instance.name))
        default: return
        }
    }

    /// Starts a step again without its having failed: what it has read is no longer so.
    mutating func startAgain(_ instance: StepInstance, because failure: Failure) {
        abandonChild(of: instance, failure)
        emit(.failed(instance.name, failure, handling: .retried))
        cancelInside(instance)
        takeBack(inside: instance)
        again(instance.name)
    }

    private mutating func again(_ name: InstanceName) {
        restarts += 1
        emit(.retried(name, attempt: (state.steps[name]?.attempt ?? 1) + 1))
    }
}

extension Failure {
    /// Whether nobody has decided that: something could not be worked out, or there was nobody to ask.
    fileprivate var isNobodysDecision: Bool {
        switch self {
        case .evaluation, .nobody: true
        default: false
        }
    }
}

extension StepInstance {
    /// What its file says about that failure: a repeat may treat its last round apart.
    fileprivate func handler(of failure: Failure) -> FailureHandler? {
        if failure == .exhausted, case .repeat(let loop) = step.kind, let handler = loop.onExhausted { return handler }
        guard step.kind.isApproval, failure.isNobodysDecision else { return step.onFailure }
        // `on_rejected` says what follows when people decide against it, and nobody has.
        switch step.onFailure {
        case .ask?, .retry?: return step.onFailure
        case .continue?, .end?, .leave?, nil: return nil
        }
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
        let (instance, failure) = try askingStep(name)
        guard !instance.isUndo else {
            throw Rejection(
                .conflict, code: "request.undo.not_given_up",
                message: "An undo that failed cannot end the request; it is tried again or accepted as it is.")
        }
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
        end(instance, failure, outcome)
    }

    func askingStep(_ name: InstanceName) throws(Rejection) -> (StepInstance, Failure) {
        _ = try actor()
        let (instance, status) = try openStep(name)
        guard case .asking(let failure, _) = status else { throw .stepNotOpen }
        return (instance, failure)
    }
}
