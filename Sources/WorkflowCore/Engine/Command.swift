public import Expressions

/// What somebody, or Bureau itself, wants to happen to one request.
public enum Command: Hashable, Sendable {
    /// Brings the request into being.
    case raise(Submission)
    /// Takes a task from its queue.
    case claim(InstanceName)
    /// Gives a claimed task back to its queue.
    case release(InstanceName)
    /// Finishes a task with what its form asks. An unclaimed task is claimed by completing it.
    case complete(InstanceName, entries: [FieldID: Entry])
    case approve(InstanceName, comment: String?)
    case reject(InstanceName, comment: String?)
    /// Answers `on_failed: {ask: …}`: start the step again.
    case retry(InstanceName)
    /// Answers `on_failed: {ask: …}`: end the request with that bad outcome.
    case giveUp(InstanceName, outcome: OutcomeID)
    /// Answers for an undo that failed: it stays as it is.
    case accept(InstanceName)
    /// Adds an element to an each that runs, where its `add` lets people: a value of its list's type.
    case addElement(InstanceName, Entry)
    /// Adds a step to an adhoc: a new instance of that template.
    case addStep(InstanceName, StepID)
    /// With files that the person has uploaded, at most ten.
    case comment(String, files: [UniqueID] = [])
    /// Says something among those who work on the request.
    case note(String, NoteAudience)
    case cancel(reason: String?)
    /// Lets only a team of its department see the request, besides those whom it concerns and those who hold work in it.
    case restrict(to: TeamID, reason: String)
    /// Ends the restriction.
    case unrestrict(reason: String)
    /// Gives a task to somebody else, by whoever has it or by one of those it is offered to.
    case handOver(InstanceName, to: PersonID)
    /// Ticks a line of a task's checklist, or takes the tick back.
    case tick(InstanceName, item: String, isDone: Bool)
    /// Gives somebody else a vote on an open approval.
    case addVoter(InstanceName, PersonID)
    /// Changes fields after submission, where the type's `amend` allows it; an empty entry clears its field.
    case amend(entries: [FieldID: Entry])
    /// Something outside has happened that a `wait` of the request waits for, or will.
    case receive(OutsideEvent)
    /// Says how it went, after the end: 1 (badly) to 5 (very well).
    case rate(score: Int, comment: String?)
    /// Opens a successor of a request that ended well: the same fields but for these entries.
    case reopen(entries: [FieldID: Entry])

    /// The alarm of a step or of a target rings: whatever of it is reached by now is carried out. Stale when it has moved or is over.
    case deadlinePassed(InstanceName, due: Instant)
    /// A child tells how it stands. Stale when the step no longer waits for that child.
    case childReported(InstanceName, RequestID, ChildReport)
    /// A call has its final result, all repetitions included. Stale when the step no longer waits for that call.
    case callAnswered(InstanceName, CallID, CallReport)
    /// The parent passes on fields that have changed; by field, nothing clears it. Stale when a later version of the parent has done so.
    case amendFromParent([FieldID: Value?], version: Int)
    /// People have left or moved: work that nobody can do any more passes on. Leads to nothing when there is none.
    case peopleChanged
    /// The successor that `reopen` ordered could not be raised.
    case successorRefused(RequestID, reason: String)
}

/// Everything that a new request starts from.
public struct Submission: Hashable, Sendable {
    /// Drawn by the caller; a child's stands in its order.
    public let id: RequestID
    /// What is raised.
    public let type: RequestTypeID
    /// What people read as its number: `HR-1042`.
    public let number: String
    /// Who asks; a child inherits its parent's.
    public let requester: Requester
    /// Whom it is for; the requester unless said otherwise. Nil when the requester is anonymous.
    public let beneficiary: PersonID?
    /// Who waits for it; nil when a person raised it.
    public let parent: Parent?
    /// The type of the parent's request, whose department must be offered this type; nil without a parent.
    public let parentType: RequestTypeID?
    /// By field; fields that are not there were left empty.
    public let entries: [FieldID: Entry]
    /// The request that this one continues, see `Command.reopen`; nil for any other.
    public var successorOf: RequestID?
    /// What the request that it continues was restricted to; nil for any other.
    public var restriction: TeamID?

    /// Takes the parts as they are.
    public init(
        id: RequestID, type: RequestTypeID, number: String, requester: Requester, beneficiary: PersonID?,
        parent: Parent?, parentType: RequestTypeID? = nil, entries: [FieldID: Entry]
    ) {
        self.id = id
        self.type = type
        self.number = number
        self.requester = requester
        self.beneficiary = beneficiary
        self.parent = parent
        self.parentType = parentType
        self.entries = entries
    }
}

/// The step of another request that waits for this one.
public struct Parent: Hashable, Sendable, Codable {
    /// The request that waits.
    public let request: RequestID
    /// The step in it.
    public let instance: InstanceName

    /// Takes the parts as they are.
    public init(request: RequestID, instance: InstanceName) {
        self.request = request
        self.instance = instance
    }
}

/// Something entered into a field, before its form has checked it.
public enum Entry: Hashable, Sendable {
    /// As a client sent it.
    case raw(JSONValue)
    /// As a parent passed it: typed already, the form's checks still apply.
    case value(Value)
}

/// How a child stands.
public enum ChildReport: Hashable, Sendable {
    /// It exists and is called that.
    case submitted(number: String)
    /// Its form or its type refused the inputs: the step fails with the outcome `refused`.
    case refused(reason: String)
    case closed(Outcome, outputs: [String: Value])
    /// Fields that the parent passed on were not taken; the child goes on with the old ones.
    case changeRefused(reason: String)
}
