public import Expressions

/// What events ask the world to do, once they are stored. Derived, never decided: the same events give the same effects.
public enum Effect: Hashable, Sendable {
    /// Somebody has work now: it appears in inboxes. Replaces an earlier offer of the same instance.
    case offer(WorkItem)
    /// The instance needs nobody any more.
    case withdraw(InstanceName)
    /// Deliver `deadlinePassed` then. Replaces an earlier timer of the same instance. A target has a name of its own, `target:ready`.
    case setTimer(InstanceName, Instant)
    case clearTimer(InstanceName)
    /// Raise a child.
    case raiseChild(ChildOrder)
    /// Deliver `cancel` to a child. When the child is about to be raised, it is sent only once it exists.
    case cancelChild(RequestID)
    /// Deliver `childReported` to the parent.
    case report(ChildReport, to: Parent, from: RequestID)
    case tell([Party], Notice, about: InstanceName?)
    /// Tell people this text, each in their language.
    case notify([Party], LocalizedText, about: InstanceName)
    /// Call a service, and deliver `callAnswered` with the final result.
    case call(CallOrder)
    /// The call is no longer needed: what has not been sent need not be, nor sent again. `callAnswered` is delivered all the same.
    case cancelCall(CallID)
    /// Deliver `amendFromParent` to a child; when it does not take it, its own effects report that. A child that does not exist yet is
    /// told once it does. The version is that of the parent: what comes late does not undo what is newer.
    case amendChild(RequestID, [FieldID: Value?], version: Int)
    /// Raise a successor.
    case raiseSuccessor(SuccessorOrder)
}

/// Something in an inbox.
public struct WorkItem: Hashable, Sendable {
    /// What is asked of people.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case task
        case approval
        /// A failed step: retry or give up.
        case decision
    }

    /// The step instance.
    public let instance: InstanceName
    /// What is asked.
    public let kind: Kind
    /// Whose inboxes show it. For an approval, the voters who have not voted.
    public let offeredTo: [Party]
    /// Who has claimed it; only for tasks.
    public let assignee: PersonID?
    /// When it was offered first.
    public let since: Instant
    /// When it is, or was, due; nil without a deadline.
    public let due: Instant?

    /// Takes the parts as they are.
    public init(
        instance: InstanceName, kind: Kind, offeredTo: [Party], assignee: PersonID?, since: Instant, due: Instant?
    ) {
        self.instance = instance
        self.kind = kind
        self.offeredTo = offeredTo
        self.assignee = assignee
        self.since = since
        self.due = due
    }
}

/// A child to be raised, with all that it may know of its parent.
public struct ChildOrder: Hashable, Sendable, Codable {
    /// The identifier that the child gets.
    public let child: RequestID
    /// What is raised.
    public let type: RequestTypeID
    /// Inherited from the parent.
    public let requester: Requester
    /// Inherited from the parent; nil when the requester is anonymous.
    public let beneficiary: PersonID?
    /// Who waits.
    public let parent: Parent
    /// What the parent is: its department must be offered the child's type.
    public let parentType: RequestTypeID
    /// The child's fields, typed.
    public let inputs: [String: Value]

    /// Takes the parts as they are.
    public init(
        child: RequestID, type: RequestTypeID, requester: Requester, beneficiary: PersonID?, parent: Parent,
        parentType: RequestTypeID, inputs: [String: Value]
    ) {
        self.child = child
        self.type = type
        self.requester = requester
        self.beneficiary = beneficiary
        self.parent = parent
        self.parentType = parentType
        self.inputs = inputs
    }
}

/// A request that continues one that was reopened.
public struct SuccessorOrder: Hashable, Sendable, Codable {
    /// The identifier that the successor gets.
    public let successor: RequestID
    /// The same type, in its newest version.
    public let type: RequestTypeID
    /// The same as before.
    public let requester: Requester
    /// The same as before; nil when the requester is anonymous.
    public let beneficiary: PersonID?
    /// What it continues.
    public let successorOf: RequestID
    /// Its fields, typed.
    public let values: [String: Value]
    /// What its predecessor is restricted to, and so will it be; nil for none.
    public var restriction: TeamID?

    /// Takes the parts as they are.
    public init(
        successor: RequestID, type: RequestTypeID, requester: Requester, beneficiary: PersonID?,
        successorOf: RequestID, values: [String: Value]
    ) {
        self.successor = successor
        self.type = type
        self.requester = requester
        self.beneficiary = beneficiary
        self.successorOf = successorOf
        self.values = values
    }
}
