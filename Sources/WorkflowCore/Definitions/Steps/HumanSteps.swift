public import Expressions

/// Work for a person.
public struct TaskStep: Sendable {
    /// Teams, roles and groups are a queue from which a member claims; a single person is the assignee at once. Never empty.
    public let assign: [PeopleSource]
    /// Who gets it when `assign` gives nobody.
    public let fallback: [PeopleSource]
    /// What the person enters on completing it: the step's outputs.
    public let form: Form
    /// Fields of the request that the person may change on completing it, in the order of the file.
    public var edit: [FieldID] = []
    /// What has to be ticked before it can be completed, in the order of the file; identifiers are unique in the task.
    public var checklist: [ChecklistItem] = []
    /// How people are reminded and who else is asked in time.
    public var nudges = Nudges()

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
    /// Who may add voters while it is open; empty means nobody.
    public var addVoters: [PeopleSource] = []
    /// How voters are reminded and who becomes a voter in time.
    public var nudges = Nudges()

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

/// One line to tick.
public struct ChecklistItem: Hashable, Sendable {
    /// Unique in its task.
    public let id: String
    /// What people read.
    public let label: LocalizedText

    /// Takes the parts as they are.
    public init(id: String, label: LocalizedText) {
        self.id = id
        self.label = label
    }
}

/// `remind` and `escalate`.
public struct Nudges: Sendable {
    /// A span: whoever has not acted is reminded each time it has passed; nil for never.
    public var remind: CheckedExpression?
    /// Nil for never.
    public var escalation: Escalation?

    /// Nobody is nudged.
    public init() {}
}

/// `escalate`: in time the work is offered to more people; of an approval, each voter who has not voted gives a voter more for that seat.
public struct Escalation: Sendable {
    /// A span from the start of the step.
    public let after: CheckedExpression
    /// Who is asked too; `voter` is the silent voter or the assignee.
    public let to: [PeopleSource]

    /// Takes the parts as they are.
    public init(after: CheckedExpression, to: [PeopleSource]) {
        self.after = after
        self.to = to
    }
}
