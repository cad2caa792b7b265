import Expressions

/// Who may do and see what: one rule set for the API, lists, work and whatever else shows requests. Deny by default.
public struct Access: Sendable {
    let context: DecisionContext

    /// The rules for the context's principal, request type, people and moment.
    public init(_ context: DecisionContext) {
        self.context = context
    }

    /// Whether the principal may give the command; throws why not. What is hidden is answered like what does not exist.
    ///
    /// Whether it can be carried out now (the step is open, nobody else has claimed it) is `Engine.decide`'s question.
    ///
    /// - Parameter state: The request; nil for `raise`.
    public func authorise(_ command: Command, on state: RequestState?) throws(Rejection) {
        if case .raise(let submission) = command { return try authoriseRaising(submission) }
        guard let state else { throw .unknownRequest }
        switch context.principal {
        case .person(let person): try authorise(person, command, on: state)
        case .system(let purpose): try authorise(purpose, command, on: state)
        }
    }

    private func authorise(
        _ person: PersonID, _ command: Command, on state: RequestState
    ) throws(Rejection) {
        guard canSee(state, person) else { throw .unknownRequest }
        switch command {
        case .raise: throw .unknownType(context.type.id)
        case .claim(let name), .complete(let name, entries: _):
            guard case .task(let task)? = state.steps[name]?.status else { return }
            guard task.assignee == person || belongs(person, to: task.offeredTo) else {
                throw Rejection(
                    .forbidden, code: "request.task.not_offered", message: "This task is not offered to you.")
            }
        case .release(let name):
            guard case .task(let task)? = state.steps[name]?.status, let assignee = task.assignee else { return }
            guard assignee == person else { throw .claimedByOther }
        case .approve(let name, comment: _), .reject(let name, comment: _):
            guard case .approval(let approval)? = state.steps[name]?.status else { return }
            guard approval.electorate.voters.contains(person) else { throw .notAVoter }
        case .retry(let name), .giveUp(let name, outcome: _), .accept(let name):
            guard case .asking(_, let parties)? = state.steps[name]?.status else { return }
            guard belongs(person, to: parties) else {
                throw Rejection(
                    .forbidden, code: "request.step.not_asked", message: "You were not asked about this step.")
            }
        case .addElement(let name, _): try authorise(person, toAddTo: name, of: state)
        case .addStep(let name, _): try authorise(person, toAddTo: name, of: state)
        case .comment: break
        case .cancel:
            guard let cancellation = context.type.cancellation, resolver(state).contains(person, in: cancellation.by)
            else { throw .cancelNotAllowed }
        case .deadlinePassed, .childReported:
            throw Rejection(.forbidden, code: "principal.not_the_system", message: "Only Bureau itself does this.")
        }
    }

    /// `add` of an each and `by` of an adhoc say who may. Whether anything can be added is `decide`'s question.
    private func authorise(
        _ person: PersonID, toAddTo name: InstanceName, of state: RequestState
    ) throws(Rejection) {
        let allowed: [PeopleSource]
        switch context.type.index[name.step]?.kind {
        case .each(let each)?: allowed = each.add?.by ?? []
        case .adhoc(let adhoc)?: allowed = adhoc.by
        default: return
        }
        guard resolver(state, at: name).contains(person, in: allowed) else {
            throw Rejection(
                .forbidden, code: "request.step.not_added", message: "You may not add anything to this step.")
        }
    }

    private func authorise(
        _ purpose: SystemPurpose, _ command: Command, on state: RequestState
    ) throws(Rejection) {
        switch (command, purpose) {
        case (.deadlinePassed, .timer), (.childReported, .child): break
        case (.cancel, .parent):
            guard state.parent != nil else { throw .cancelNotAllowed }
        case (.raise, _), (.claim, _), (.release, _), (.complete, _), (.approve, _), (.reject, _), (.retry, _),
            (.giveUp, _), (.accept, _), (.addElement, _), (.addStep, _), (.comment, _), (.cancel, _),
            (.deadlinePassed, _), (.childReported, _):
            throw .notAPerson
        }
    }

    /// A person raises what is offered to them, in their own name; a parent raises what is offered to its department.
    private func authoriseRaising(_ submission: Submission) throws(Rejection) {
        switch context.principal {
        case .person(let person):
            guard submission.requester == person, submission.parent == nil, mayRaise(person) else {
                throw .unknownType(submission.type)
            }
        case .system(.parent):
            guard submission.parent != nil, let parent = submission.parentType,
                context.type.offeredTo.includes(parent.department)
            else { throw .unknownType(submission.type) }
        case .system: throw .notAPerson
        }
    }

    /// Whether the request type is offered to a person.
    public func mayRaise(_ person: PersonID) -> Bool {
        guard context.directory.isActive(person) else { return false }
        let activation = RequestActivation(requester: person, beneficiary: person, context)
        return PeopleResolver(activation: activation, context: context).contains(person, in: context.type.audience)
    }

    func belongs(_ person: PersonID, to parties: some Sequence<Party>) -> Bool {
        parties.contains { context.directory.contains(person, in: $0, of: context.configuration) }
    }

    /// People as expressions give them at an instance; nil stands outside all rounds and elements.
    func resolver(_ state: RequestState, at instance: InstanceName? = nil) -> PeopleResolver {
        let activation = RequestActivation(state, context)
        return PeopleResolver(activation: instance.map { activation.at($0) } ?? activation, context: context)
    }
}

extension Rejection {
    /// The same whether the type does not exist or is not for whoever asks, so that nobody learns what there is for others.
    public static func unknownType(_ type: RequestTypeID) -> Rejection {
        Rejection(
            .notFound, code: "catalogue.unknown_type", message: "There is nothing called \(type) that you may request.")
    }
}
