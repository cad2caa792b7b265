/// `on_overdue`.
public enum OverdueAction: Sendable {
    /// Tells them and leaves the step open.
    case tell([PeopleSource])
    /// The approval is rejected.
    case reject
    /// The step fails.
    case fail
    /// The request ends with that outcome.
    case end(OutcomeID)
    /// Ends an enclosing scope as done and cancels what is open in it.
    case leave(StepID)
}

/// `on_failed`, and `on_rejected` of an approval.
public enum FailureHandler: Sendable {
    /// The process goes on as if the step were done; it has no outputs.
    case `continue`
    case end(OutcomeID)
    /// Ends an enclosing block as done and cancels what is open in it.
    case leave(StepID)
    /// Starts the step again, at most that many times; the failure after the last goes outward.
    case retry(Int)
    /// Asks these people to retry or to end the request.
    case ask([PeopleSource])
}

/// `undo`.
public indirect enum Undo: Sendable {
    /// Nothing has to be taken back; the file says so.
    case none
    /// Raises a request that takes it back; its values are taken when the step is done.
    case request(ChildStep)
    /// Makes a call that takes it back; its values are taken when the step is done.
    case call(CallStep)
}

/// What a step does when a field that it has read changes.
public enum ChangeReaction: String, Hashable, Sendable, Codable {
    /// Nothing: it goes on with what it took.
    case keep
    /// The running child gets the new value.
    case forward
    /// The step starts again with the new value.
    case restart
}
