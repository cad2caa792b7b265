public import Expressions

/// Deciding and applying: the whole of what happens to requests, as pure functions.
public enum Engine {
    /// What a command leads to, in order; the last events are those of everything that moves by itself afterwards.
    ///
    /// Whether the principal may give the command is not asked here: `Access.authorise` does, before.
    ///
    /// - Parameters:
    ///   - state: The request as it stands; nil for `raise`.
    ///   - context: The request's own type and configuration, people, time and the moment.
    /// - Throws: why nothing happens.
    public static func decide(
        _ state: RequestState?, _ command: Command, _ context: DecisionContext
    ) throws(Rejection) -> [Event] {
        guard var decision = state.map({ Decision(state: $0, context: context) }) else {
            guard case .raise(let submission) = command else { throw .unknownRequest }
            return try Decision.raise(submission, context)
        }
        try decision.carryOut(command)
        decision.settle()
        return decision.events
    }

    /// Changes the state by what happened: the only thing that does. Total: an event that does not fit changes nothing but the version.
    ///
    /// - Parameter at: When the event was decided.
    public static func apply(_ event: Event, at instant: Instant, to state: inout RequestState?) {
        if case .raised(let raised) = event, state == nil {
            state = RequestState(raised)
        } else {
            state?.apply(event, at: instant)
        }
    }

    /// The state that stored events add up to; nil when they do not begin with `raised`.
    public static func replay(_ events: some Sequence<(event: Event, at: Instant)>) -> RequestState? {
        events.reduce(into: nil) { state, stored in apply(stored.event, at: stored.at, to: &state) }
    }

    /// Whether a command would be carried out, or would only need better entries: what a person may do now.
    ///
    /// Costs as much as deciding.
    public static func permits(_ command: Command, on state: RequestState, _ context: DecisionContext) -> Bool {
        do throws(Rejection) {
            try Access(context).authorise(command, on: state)
            _ = try decide(state, command, context)
            return true
        } catch {
            return error.kind == .invalid
        }
    }
}
