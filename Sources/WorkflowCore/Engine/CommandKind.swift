extension Command {
    /// The commands by name, as documents and logs call them.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case raise, claim, release, complete, approve, reject, retry, giveUp = "give_up", accept
        case addElement = "add_element", addStep = "add_step", comment, note, cancel, restrict, unrestrict
        case handOver = "hand_over", tick, addVoter = "add_voter", amend, receive, rate, reopen
        case deadlinePassed = "deadline_passed", childReported = "child_reported", callAnswered = "call_answered"
        case amendFromParent = "amend_from_parent", successorRefused = "successor_refused"
        case peopleChanged = "people_changed"
    }

    /// Which command it is.
    public var kind: Kind {
        switch self {
        case .raise: .raise
        case .claim: .claim
        case .release: .release
        case .complete: .complete
        case .approve: .approve
        case .reject: .reject
        case .retry: .retry
        case .giveUp: .giveUp
        case .accept: .accept
        case .addElement: .addElement
        case .addStep: .addStep
        case .comment: .comment
        case .note: .note
        case .cancel: .cancel
        case .restrict: .restrict
        case .unrestrict: .unrestrict
        case .handOver: .handOver
        case .tick: .tick
        case .addVoter: .addVoter
        case .amend: .amend
        case .receive: .receive
        case .rate: .rate
        case .reopen: .reopen
        case .deadlinePassed: .deadlinePassed
        case .childReported: .childReported
        case .callAnswered: .callAnswered
        case .amendFromParent: .amendFromParent
        case .successorRefused: .successorRefused
        case .peopleChanged: .peopleChanged
        }
    }
}
