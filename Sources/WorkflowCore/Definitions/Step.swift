public import Expressions

/// One step of a process: what is common to all kinds, and its kind.
public struct Step: Sendable {
    /// Unique in its request type; expressions use it as a name.
    public let id: StepID
    /// What people read; nil means the identifier with spaces.
    public let title: LocalizedTemplate?
    /// Taken when the step could start: if it does not hold, the step is skipped. Nil means always.
    public let when: CheckedExpression?
    /// Steps of the same block or, across the borders of plain blocks, of another that must have settled before.
    public let after: [StepID]
    /// The chapter that the requester sees; inherited from the enclosing block when nil.
    public let stage: LocalizedText?
    /// A span counts from the start of the instance; a date means close of business; live, so it moves with what it reads.
    public let due: CheckedExpression?
    /// What happens when `due` is reached; nil leaves it at being overdue.
    public let onOverdue: OverdueAction?
    /// What happens when this step fails; nil hands the failure to the enclosing block.
    public let onFailure: FailureHandler?
    /// What the step does.
    public let kind: StepKind
    /// Where the file says so.
    public let source: SourceLocation

    /// Takes the parts as they are.
    public init(
        id: StepID, title: LocalizedTemplate?, when: CheckedExpression?, after: [StepID], stage: LocalizedText?,
        due: CheckedExpression?, onOverdue: OverdueAction?, onFailure: FailureHandler?, kind: StepKind,
        source: SourceLocation
    ) {
        self.id = id
        self.title = title
        self.when = when
        self.after = after
        self.stage = stage
        self.due = due
        self.onOverdue = onOverdue
        self.onFailure = onFailure
        self.kind = kind
        self.source = source
    }
}

/// The kinds of step of this release; the language's others join here.
public enum StepKind: Sendable {
    case task(TaskStep)
    case approval(ApprovalStep)
    case request(ChildStep)
    /// A partial order inside another: what has no `after` starts with it. It settles when all its steps have.
    case block([Step])
    /// Ends the request with an outcome and cancels what runs beside it.
    case end(OutcomeID)
}

/// Work for a person.
public struct TaskStep: Sendable {
    /// Teams, roles and groups are a queue from which a member claims; a single person is the assignee at once. Never empty.
    public let assign: [PeopleSource]
    /// Who gets it when `assign` gives nobody.
    public let fallback: [PeopleSource]
    /// What the person enters on completing it: the step's outputs.
    public let form: Form

    /// Takes the parts as they are.
    public init(assign: [PeopleSource], fallback: [PeopleSource], form: Form) {
        self.assign = assign
        self.fallback = fallback
        self.form = form
    }
}

/// A decision by voters, who are frozen as people when it starts. One person has one vote.
public struct ApprovalStep: Sendable {
    /// Each entry is a seat; the people it gives may fill it. Never empty.
    public let from: [PeopleSource]
    /// How many have to approve.
    public let need: Need
    /// Who may not vote, in no seat.
    public let excluded: [PeopleSource]
    /// Who fills a seat in which nobody is left.
    public let fallback: [PeopleSource]
    /// When it is rejected.
    public let rejection: RejectionRule
    /// The fields that the decision is about; nil means all.
    public let covers: [FieldID]?

    /// Takes the parts as they are.
    public init(
        from: [PeopleSource], need: Need, excluded: [PeopleSource], fallback: [PeopleSource],
        rejection: RejectionRule, covers: [FieldID]?
    ) {
        self.from = from
        self.need = need
        self.excluded = excluded
        self.fallback = fallback
        self.rejection = rejection
        self.covers = covers
    }
}

/// How many approvals an approval needs.
public enum Need: Hashable, Sendable {
    /// One person.
    case any
    /// Every voter.
    case all
    /// One vote from every entry of `from`.
    case each
    case count(Int)
    /// 1...100; of the voters, rounded up.
    case percent(Int)
}

/// When an approval is rejected.
public enum RejectionRule: String, Hashable, Sendable, Codable {
    /// As soon as one voter rejects.
    case any
    /// As soon as `need` can no longer be met.
    case unreachable
}

/// A request in this or another department, started by this one.
public struct ChildStep: Sendable {
    /// What is raised.
    public let type: RequestTypeID
    /// The child's fields and the values passed, taken when the step starts; in the order of the file. What is not here, the child never sees.
    public let inputs: [ChildInput]
    /// How long the step lasts.
    public let wait: ChildWait

    /// Takes the parts as they are.
    public init(type: RequestTypeID, inputs: [ChildInput], wait: ChildWait) {
        self.type = type
        self.inputs = inputs
        self.wait = wait
    }
}

/// One entry of `with`.
public struct ChildInput: Sendable {
    /// The child's field.
    public let field: FieldID
    /// What it gets.
    public let value: PassedValue

    /// Takes the parts as they are.
    public init(field: FieldID, value: PassedValue) {
        self.field = field
        self.value = value
    }
}

/// A value passed on: computed, or `{text: "Hello {{ name }}"}`.
public enum PassedValue: Sendable {
    case expression(CheckedExpression)
    case text(CheckedTemplate)
}

/// What a `request` step waits for.
public enum ChildWait: String, Hashable, Sendable, Codable {
    /// The child's end, its outcome and outputs.
    case ended
    /// Only that it exists.
    case submitted
}

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
