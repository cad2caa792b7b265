import Expressions

/// One decision on its way: a copy of the state, the events so far and everything that they may depend on.
///
/// Every event is applied at once, so that what follows sees what came before.
struct Decision {
    /// Without those from whom the request is kept now.
    private(set) var context: DecisionContext
    private(set) var state: RequestState
    private(set) var events: [Event]
    private var identifiers: UniqueIDSource
    /// Children ordered by this very decision; nobody has heard of them yet.
    private(set) var ordered: Set<RequestID> = []
    /// Calls ordered by this very decision; nobody has made them yet.
    private(set) var orderedCalls: Set<CallID> = []
    /// The elements of eaches in which something has happened in this decision.
    private(set) var touched: Set<InstanceName> = []
    /// How many steps this decision has started again.
    var restarts = 0
    /// Whether nothing is left but eaches to which elements might be added: then their last element closes them, whatever they wait for.
    var isAddingOver = false
    /// Moments that have passed by then are over: the present, but for what is still to be taken of the past.
    var horizon: Instant
    /// When conditions are looked at: the present, but never before the moment for which an alarm was set.
    var presence: Instant

    /// A decision may start steps again so often; then failures go outward. It bounds loops of steps that fail at once.
    static let maximumRestarts = 100

    init(state: RequestState, context: DecisionContext) {
        self.init(state: state, context: context, events: [])
    }

    /// The decision that brings a request into being.
    init(raised: Raised, context: DecisionContext) {
        self.init(state: RequestState(raised), context: context, events: [.raised(raised)])
    }

    private init(state: RequestState, context: DecisionContext, events: [Event]) {
        self.state = state
        self.context = context.hiding(state.hidden(by: context.type))
        self.events = events
        horizon = context.now
        presence = context.now
        let milliseconds = context.now.seconds * 1000 + Int64(context.now.nanoseconds / 1_000_000)
        identifiers = UniqueIDSource(milliseconds: UInt64(max(0, milliseconds)), seed: context.seed)
    }

    var type: RequestType { context.type }

    mutating func emit(_ event: Event) {
        events.append(event)
        state.apply(event, at: context.now)
        if !type.hiddenFrom.isEmpty { context = context.hiding(state.hidden(by: type)) }
        guard let name = event.instance else { return }
        if !name.scopes.isEmpty { touch(name) }
        if type.index.hasUndos { prepareUndo(of: name) }
    }

    /// Marks the elements that an instance stands in, and itself.
    private mutating func touch(_ name: InstanceName) {
        var around = type.index.instance(name)
        while let instance = around {
            if instance.isElement { touched.insert(instance.name) }
            around = instance.parent
        }
    }

    /// The identifier of a child that starts now.
    mutating func orderChild() -> RequestID {
        let child = RequestID(identifiers.next())
        ordered.insert(child)
        return child
    }

    /// The identifier of a call that is ordered now.
    mutating func orderCall() -> CallID {
        let call = CallID(identifiers.next())
        orderedCalls.insert(call)
        return call
    }

    /// The identifier of a successor that is ordered now.
    mutating func orderSuccessor() -> RequestID { RequestID(identifiers.next()) }

    /// The state as expressions outside all rounds and elements see it.
    var activation: RequestActivation { RequestActivation(state, context) }

    var people: PeopleResolver { PeopleResolver(activation: activation, context: context) }
}

extension Decision {
    mutating func carryOut(_ command: Command) throws(Rejection) {
        noteStandingIn(command)
        switch command {
        case .raise: throw Rejection(.conflict, code: "request.exists", message: "This request exists already.")
        case .claim(let name): try claim(name)
        case .release(let name): try release(name)
        case .complete(let name, let entries): try complete(name, entries)
        case .approve(let name, let comment): try vote(.approve, on: name, comment)
        case .reject(let name, let comment): try vote(.reject, on: name, comment)
        case .retry(let name): try retry(name)
        case .giveUp(let name, let outcome): try giveUp(name, outcome)
        case .accept(let name): try accept(name)
        case .addElement(let name, let value): try addElement(value, to: name)
        case .addStep(let name, let template): try addStep(template, to: name)
        case .comment(let text, files: let files): try comment(text, files)
        case .note(let text, let audience): try note(text, for: audience)
        case .cancel(let reason): try cancel(reason)
        case .restrict(to: let team, let reason): try restrict(to: team, reason)
        case .unrestrict(let reason): try unrestrict(reason)
        case .deadlinePassed(let name, let due): try deadlinePassed(name, due)
        case .childReported(let name, let child, let report): try childReported(name, child, report)
        case .handOver(let name, to: let heir): try handOver(name, to: heir)
        case .tick(let name, let item, let isDone): try tick(name, item, isDone)
        case .addVoter(let name, let voter): try addVoter(name, voter)
        case .amend(let entries): try amend(entries)
        case .receive(let event): try receive(event)
        case .rate(let score, let comment): try rate(score, comment)
        case .reopen(let entries): try reopen(entries)
        case .callAnswered(let name, let call, let report): try callAnswered(name, call, report)
        case .amendFromParent(let fields, let version): try amendFromParent(fields, version: version)
        case .successorRefused(let successor, let reason): try successorRefused(successor, reason)
        case .peopleChanged: break  // Whatever happens to a request passes its orphaned work on.
        }
    }

    /// The step of an instance that people act on. Throws when there is none, when it has not started, has settled or the request has ended.
    func openStep(_ name: InstanceName) throws(Rejection) -> (instance: StepInstance, status: StepStatus) {
        guard let instance = type.index.instance(name) else { throw .unknownStep }
        if case .closed = state.phase { throw .closedRequest }
        guard let step = state.steps[name], step.status.isOpen else { throw .stepNotOpen }
        if step.isSuspended || step.isPostponed { throw .stepSuspended }
        return (instance, step.status)
    }

    /// Who gives the command, nil for the anonymous requester; throws for Bureau itself.
    func actorOrReporter() throws(Rejection) -> PersonID? {
        if case .anonymous = context.principal { return nil }
        return try actor()
    }

    /// Who gives the command; throws for Bureau itself, which does no human work, and for somebody without a name.
    func actor() throws(Rejection) -> PersonID {
        guard let person = context.principal.person else { throw .notAPerson }
        return person
    }
}
