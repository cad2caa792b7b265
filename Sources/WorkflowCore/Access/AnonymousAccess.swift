import Expressions

/// What somebody may do and see who does not say who they are. They raise what is open to them, and hold the receipt of one request, whose
/// requester they are; of any other, its children included, they learn nothing.
extension Access {
    /// Whether the request's requester is anonymous, and the receipt shown is its own.
    func isReporter(of state: RequestState, receiptFor request: RequestID?) -> Bool {
        request == state.id && state.requester == .anonymous
    }

    /// Whether the request type is open to people who do not say who they are.
    public var mayRaiseAnonymously: Bool {
        context.type.allowsAnonymous && !context.type.audience.isEmpty
    }

    /// The commands of an anonymous requester. Everything else needs a name.
    func authorise(anonymous request: RequestID?, _ command: Command, on state: RequestState) throws(Rejection) {
        guard isReporter(of: state, receiptFor: request) else { throw .unknownRequest }
        guard !state.isErased else { throw .erasedRequest }
        switch command {
        case .comment, .rate: break
        case .complete(let name, entries: _), .tick(let name, item: _, isDone: _):
            guard case .task(let task)? = state.steps[name]?.status else { return }
            guard task.offeredTo.contains(.anonymous) else {
                throw Rejection(
                    .forbidden, code: "request.task.not_offered", message: "This task is not offered to you.")
            }
        case .amend(let entries):
            for field in entries.keys.sorted() {
                guard
                    let amendment = context.type.amendments.first(where: { $0.field == field }),
                    resolver(state).containsAnonymous(in: amendment.by)
                else {
                    throw Rejection(
                        .forbidden, code: "request.amend.not_allowed",
                        message: "You may not change the field `\(field)`.")
                }
            }
        case .cancel:
            guard let cancellation = context.type.cancellation,
                resolver(state).containsAnonymous(in: cancellation.by)
            else { throw .cancelNotAllowed }
        case .raise, .claim, .release, .approve, .note, .restrict, .unrestrict, .reject, .retry, .giveUp, .accept,
            .addElement, .addStep,
            .handOver,
            .addVoter, .receive, .reopen, .deadlinePassed, .childReported, .callAnswered, .amendFromParent,
            .successorRefused, .peopleChanged:
            throw .needsAName
        }
    }

    /// Whether the anonymous requester may read what happens in a step: what they did or are asked to do and, where a step or one around it
    /// says `visible_to`, only if it names the requester.
    func reporterCanSee(_ instance: InstanceName, of state: RequestState) -> Bool {
        let index = context.type.index
        let steps = [index[instance.step]] + index.ancestors(of: instance.step).map { index[$0] }
        let limits = steps.compactMap { $0?.visibleTo }
        if limits.isEmpty || reporterWorks(on: instance, of: state) { return true }
        return limits.allSatisfy { resolver(state, at: instance).containsAnonymous(in: $0) }
    }

    /// Whether the anonymous requester may read an output of a step: a sensitive one if they entered it, or are named among its readers.
    func reporterCanRead(_ field: Field, in instance: InstanceName, of state: RequestState) -> Bool {
        guard let readers = field.sensitive else { return true }
        return reporterHasDone(instance, of: state)
            || resolver(state, at: instance).containsAnonymous(in: readers)
    }

    private func reporterWorks(on instance: InstanceName, of state: RequestState) -> Bool {
        if case .task(let task)? = state.steps[instance]?.status { return task.offeredTo.contains(.anonymous) }
        return reporterHasDone(instance, of: state)
    }

    /// A task that is done and that nobody with a name has done.
    private func reporterHasDone(_ instance: InstanceName, of state: RequestState) -> Bool {
        guard let step = state.steps[instance], case .task? = context.type.index[instance.step]?.kind,
            !instance.isUndo, case .settled(.done) = step.status
        else { return false }
        return step.completedBy == nil
    }
}

extension Access {
    /// Whether the context's principal may see the request at all; Bureau itself looks at nothing.
    public func canSee(_ state: RequestState) -> Bool {
        switch context.principal {
        case .person(let person), .service(let person): canSee(state, person)
        case .anonymous(let request): isReporter(of: state, receiptFor: request)
        case .system: false
        }
    }

    /// Whether the context's principal may read what happens in a step.
    public func canSee(_ instance: InstanceName, of state: RequestState) -> Bool {
        switch context.principal {
        case .person(let person), .service(let person): canSee(instance, of: state, person)
        case .anonymous: canSee(state) && reporterCanSee(instance, of: state)
        case .system: false
        }
    }

    /// Whether the context's principal may read a field of the request's form.
    public func canRead(_ field: Field, of state: RequestState) -> Bool {
        switch context.principal {
        case .person(let person), .service(let person): canRead(field, of: state, person)
        // They have entered it.
        case .anonymous: canSee(state)
        case .system: false
        }
    }

    /// Whether the context's principal may read what was entered in a step, or what a child's output was computed from.
    public func canRead(_ field: Field, in instance: InstanceName, of state: RequestState) -> Bool {
        switch context.principal {
        case .person(let person), .service(let person): canRead(field, in: instance, of: state, person)
        case .anonymous: canSee(state) && reporterCanRead(field, in: instance, of: state)
        case .system: false
        }
    }
}

extension Rejection {
    /// Something that only people do who say who they are.
    static var needsAName: Rejection {
        Rejection(
            .forbidden, code: "principal.anonymous", message: "Nobody can do this without saying who they are.",
            hint: "Sign in, and do it in your own name.")
    }
}
