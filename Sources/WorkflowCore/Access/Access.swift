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
        case .person(let person), .service(let person): try authorise(person, command, on: state)
        case .anonymous(let request): try authorise(anonymous: request, command, on: state)
        case .system(let purpose): try authorise(purpose, command, on: state)
        }
    }

    func authorise(
        _ person: PersonID, _ command: Command, on state: RequestState
    ) throws(Rejection) {
        // Who administers the department ends a restriction without seeing what is restricted.
        if case .unrestrict = command, !state.isErased, mayUnrestrict(state, person) { return }
        guard let reason = reason(for: person, toSee: state), reason != .opened else { throw .unknownRequest }
        // What is added now would be kept for ever, and by people whom nothing says any more that it is about them.
        guard !state.isErased else { throw .erasedRequest }
        switch command {
        case .raise: throw .unknownType(context.type.id)
        case .claim(let name), .complete(let name, entries: _):
            guard case .task(let task)? = state.steps[name]?.status else { return }
            guard task.assignee == person || belongs(person, to: task.offeredTo) || represents(person, at: name, state)
            else {
                throw Rejection(
                    .forbidden, code: "request.task.not_offered", message: "This task is not offered to you.")
            }
        case .release(let name):
            guard case .task(let task)? = state.steps[name]?.status, let assignee = task.assignee else { return }
            guard assignee == person || represents(person, at: name, state) else { throw .claimedByOther }
        case .approve(let name, comment: _), .reject(let name, comment: _):
            guard case .approval(let approval)? = state.steps[name]?.status else { return }
            guard approval.electorate.voters.contains(person) || represents(person, at: name, state) else {
                throw .notAVoter
            }
        case .retry(let name), .giveUp(let name, outcome: _), .accept(let name):
            guard case .asking(_, let parties)? = state.steps[name]?.status else { return }
            guard belongs(person, to: parties) || represents(person, at: name, state) else {
                throw Rejection(
                    .forbidden, code: "request.step.not_asked", message: "You were not asked about this step.")
            }
        case .addElement(let name, _): try authorise(person, toAddTo: name, of: state)
        case .addStep(let name, _): try authorise(person, toAddTo: name, of: state)
        case .tick(let name, item: _, isDone: _), .handOver(let name, to: _):
            guard case .task(let task)? = state.steps[name]?.status else { return }
            guard task.assignee == person || belongs(person, to: task.offeredTo) || represents(person, at: name, state)
            else {
                throw Rejection(
                    .forbidden, code: "request.task.not_offered", message: "This task is not offered to you.")
            }
        case .addVoter(let name, _):
            guard case .approval? = state.steps[name]?.status,
                case .approval(let approval)? = context.type.index[name.step]?.kind
            else { return }
            let people = PeopleResolver(activation: RequestActivation(state, context).at(name), context: context)
            guard people.contains(person, in: approval.addVoters) else {
                throw Rejection(
                    .forbidden, code: "request.vote.not_added", message: "You may not give others a vote on this.")
            }
        case .amend(let entries): try authoriseAmending(person, entries.keys.sorted(), of: state)
        case .receive:
            guard
                Authority(of: person, in: context.directory, context.configuration).agentOf.contains(
                    context.type.department)
            else {
                throw Rejection(
                    .forbidden, code: "request.event.not_allowed",
                    message: "Only agents of the department tell what has happened outside.")
            }
        case .rate, .reopen:
            guard state.requester.person == person else {
                throw Rejection(
                    .forbidden, code: "request.not_the_requester", message: "Only the requester can do this.")
            }
        case .comment: break
        case .note:
            guard worksOn(state, person) else {
                throw Rejection(
                    .forbidden, code: "request.note.not_allowed",
                    message: "Only those who work on the request write notes.")
            }
        case .restrict:
            guard mayRestrict(state, person) else { throw .restrictNotAllowed }
        case .unrestrict: throw .restrictNotAllowed
        case .cancel:
            guard let cancellation = context.type.cancellation, resolver(state).contains(person, in: cancellation.by)
            else { throw .cancelNotAllowed }
        case .deadlinePassed, .childReported, .callAnswered, .amendFromParent, .successorRefused, .peopleChanged:
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
        case (.deadlinePassed, .timer), (.childReported, .child), (.callAnswered, .call), (.receive, .event),
            (.successorRefused, .successor), (.peopleChanged, .directory):
            break
        case (.cancel, .parent), (.amendFromParent, .parent):
            guard state.parent != nil else { throw .cancelNotAllowed }
        case (.raise, _), (.claim, _), (.release, _), (.complete, _), (.approve, _), (.reject, _), (.retry, _),
            (.giveUp, _), (.accept, _), (.addElement, _), (.addStep, _), (.comment, _), (.note, _), (.cancel, _),
            (.restrict, _), (.unrestrict, _),
            (.deadlinePassed, _), (.childReported, _),
            (.tick, _), (.handOver, _), (.addVoter, _), (.amend, _), (.receive, _), (.rate, _), (.reopen, _),
            (.callAnswered, _), (.amendFromParent, _), (.successorRefused, _), (.peopleChanged, _):
            throw .notAPerson
        }
    }

    /// A person raises what is offered to them, in their own name; a parent raises what is offered to its department.
    private func authoriseRaising(_ submission: Submission) throws(Rejection) {
        switch context.principal {
        case .person(let person), .service(let person):
            guard submission.requester.person == person, submission.parent == nil, submission.successorOf == nil,
                submission.restriction == nil, mayRaise(person)
            else {
                throw .unknownType(submission.type)
            }
            try authoriseNaming(submission, by: person)
        case .anonymous(let request):
            guard request == nil, submission.requester == .anonymous, submission.beneficiary == nil,
                submission.parent == nil, submission.successorOf == nil, submission.restriction == nil,
                mayRaiseAnonymously
            else { throw .unknownType(submission.type) }
        case .system(.parent):
            guard submission.parent != nil, submission.requester != .anonymous || context.type.allowsAnonymous,
                let parent = submission.parentType,
                context.type.offeredTo.includes(parent.department)
            else { throw .unknownType(submission.type) }
        case .system(.successor):
            guard submission.parent == nil, submission.successorOf != nil,
                submission.requester.person.map(mayRaise) ?? mayRaiseAnonymously
            else {
                throw .unknownType(submission.type)
            }
        case .system: throw .notAPerson
        }
    }

    /// For somebody else only by those whom the type's `on_behalf` names.
    private func authoriseNaming(_ submission: Submission, by person: PersonID) throws(Rejection) {
        // That somebody must be named at all is for the command to say.
        guard let beneficiary = submission.beneficiary, beneficiary != person else { return }
        let activation = RequestActivation(submission, context)
        let people = PeopleResolver(activation: activation, context: context)
        guard let allowed = context.type.onBehalf, people.contains(person, in: allowed) else {
            throw Rejection(
                .forbidden, code: "request.on_behalf.not_allowed",
                message: "You may not raise this for somebody else.")
        }
    }

    private func authoriseAmending(
        _ person: PersonID, _ fields: [FieldID], of state: RequestState
    ) throws(Rejection) {
        let people = resolver(state)
        for field in fields {
            guard context.type.form[field] != nil else {
                throw Rejection(
                    .invalid, code: "request.amend.unknown_field", message: "The form has no field `\(field)`.",
                    hint: NearestName.hint(for: field.text, among: context.type.form.fields.map(\.id.text)))
            }
            guard let amendment = context.type.amendments.first(where: { $0.field == field }),
                people.contains(person, in: amendment.by)
            else {
                throw Rejection(
                    .forbidden, code: "request.amend.not_allowed", message: "You may not change the field `\(field)`.")
            }
        }
    }

    /// Whether the request type is offered to a person.
    public func mayRaise(_ person: PersonID) -> Bool {
        guard context.directory.isActive(person) else { return false }
        let activation = RequestActivation(requester: .person(person), beneficiary: person, context)
        return PeopleResolver(activation: activation, context: context).contains(person, in: context.type.audience)
    }

    /// Whether somebody may act on an instance in the place of somebody for whom they stand in today.
    private func represents(_ person: PersonID, at name: InstanceName, _ state: RequestState) -> Bool {
        !Representation(state: state, context: context).represented(by: person, at: name).isEmpty
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
