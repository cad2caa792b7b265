public import Expressions

/// How a child or a call has ended.
public enum StepEnd: Hashable, Sendable {
    /// The child, with that outcome.
    case closed(Outcome, outputs: [String: Value])
    /// The child was never raised.
    case refused(reason: String)
    /// The call, as it should.
    case answered(status: Int, outputs: [String: Value])
    /// The call gave up, or was answered otherwise than declared; the reason is without what was answered.
    case failed(reason: String)
}

/// An end that came while its step was put aside.
public struct KeptEnd: Hashable, Sendable {
    /// What happened.
    public let end: StepEnd
    /// When it came.
    public let at: Instant

    /// Takes the parts as they are.
    public init(_ end: StepEnd, at instant: Instant) {
        self.end = end
        at = instant
    }
}

extension Decision {
    /// What follows from the end of a child or a call.
    ///
    /// - Parameter isCancelRequested: Whether the step is no longer needed. One that went well all the same is done if that can be taken
    ///   back, else cancelled.
    mutating func carryOut(_ end: StepEnd, of instance: StepInstance, isCancelRequested: Bool) {
        let name = instance.name
        let failure: Failure?
        switch end {
        case .closed(let outcome, let outputs):
            emit(.childClosed(name, outcome, outputs: outputs))
            failure = outcome.isGood ? nil : .child(outcome: outcome.id.text)
        case .refused(let reason):
            emit(.childRefused(name, reason: reason))
            failure = .child(outcome: "refused")
        case .answered(let status, let outputs):
            emit(.callAnswered(name, status: status, outputs: outputs))
            failure = nil
        case .failed(let reason): failure = .call(reason)
        }
        if isCancelRequested {
            if failure != nil || state.steps[name]?.undo == nil { emit(.cancelled(name)) }
        } else if let failure {
            fail(instance, failure)
        }
    }

    /// An end that has just come: it is kept while the step is put aside.
    mutating func take(_ end: StepEnd, of instance: StepInstance, isCancelRequested: Bool) {
        if state.steps[instance.name]?.isSuspended == true, !isCancelRequested {
            return emit(.endKept(instance.name, end))
        }
        carryOut(end, of: instance, isCancelRequested: isCancelRequested)
        // One that would not be stopped has done its work: it is taken back like all that was done.
        if isCancelRequested { takeBackLate(instance) }
    }
}
