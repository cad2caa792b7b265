package import Expressions
package import WorkflowCore

/// A request as one viewer may see it: localised, without what is hidden from them.
package struct RequestView: Sendable {
    package let summary: RequestSummary
    /// The parent, when the viewer may see it too.
    package let parent: RequestReference?
    /// Answered fields in the order of the form; hidden ones are absent.
    package let fields: [FieldView]
    /// In the order of the file; blocks are left out, steps that wait are there.
    package let steps: [StepView]
    /// What it handed over; empty until it ended well.
    package let outputs: [FieldView]
    /// What the viewer may do with the whole request now.
    package let actions: [RequestAction]
    /// What the viewer may change of the form, with what it holds now; empty without the action `amend`.
    package var amendable: [FormFieldView] = []
    /// The promises of the department, by name.
    package var targets: [TargetView] = []
    /// Changes that wait to be confirmed by those who have approved.
    package var heldChanges: [HeldChangeView] = []
    /// The request that this one continues, and the one that continues it, as far as the viewer may see them.
    package var successorOf: RequestReference?
    package var successor: RequestReference?
    /// How the requester said it went, 1 to 5; nil while they have not.
    package var score: Int?
    /// Whether the viewer sees it here for the last time: what they have just done was their part in it.
    package var isLastLook = false
    /// The team that it is restricted to; nil when it is not.
    package var restriction: TeamID?
    /// The teams that the viewer may restrict it to, by title; empty when they may not.
    package var restrictableTo: [PartyView] = []
    /// The teams of its department that the viewer may write a note to, by title; each has somebody who would read it.
    package var noteTeams: [PartyView] = []
    /// Whether the viewer may end its restriction.
    package var mayUnrestrict = false

    package init(
        summary: RequestSummary, parent: RequestReference?, fields: [FieldView], steps: [StepView],
        outputs: [FieldView], actions: [RequestAction]
    ) {
        self.summary = summary
        self.parent = parent
        self.fields = fields
        self.steps = steps
        self.outputs = outputs
        self.actions = actions
    }
}

package enum RequestAction: String, Sendable, Codable, CaseIterable {
    case comment, note, cancel, amend, receive, rate, reopen, restrict, unrestrict
}

/// A request in a list.
package struct RequestSummary: Sendable {
    package let id: RequestID
    package let number: String
    package let type: RequestTypeID
    package let title: String
    package let department: DepartmentID
    package let phase: RequestPhase
    package let outcome: Outcome?
    /// Without an identifier when they are anonymous.
    package let requester: PersonReference
    /// Nil when the requester is anonymous.
    package let beneficiary: PersonReference?
    package let raisedAt: Instant
    package let changedAt: Instant
    /// The number of events; the ETag.
    package let version: Int
    /// What people read for the outcome; nil without one.
    package var outcomeTitle: String?

    package init(
        id: RequestID, number: String, type: RequestTypeID, title: String, department: DepartmentID,
        phase: RequestPhase, outcome: Outcome?, requester: PersonReference, beneficiary: PersonReference?,
        raisedAt: Instant, changedAt: Instant, version: Int
    ) {
        self.id = id
        self.number = number
        self.type = type
        self.title = title
        self.department = department
        self.phase = phase
        self.outcome = outcome
        self.requester = requester
        self.beneficiary = beneficiary
        self.raisedAt = raisedAt
        self.changedAt = changedAt
        self.version = version
    }
}

/// Another request, as far as a link needs it.
package struct RequestReference: Sendable {
    package let id: RequestID
    package let number: String

    package init(id: RequestID, number: String) {
        self.id = id
        self.number = number
    }
}

/// Somebody, as others see them.
package struct PersonReference: Sendable, Hashable {
    /// Nil for somebody anonymous, and for those whose names an anonymous requester does not learn.
    package let id: PersonID?
    /// Empty without an identifier, and when the person was erased.
    package let handle: String
    package let name: String

    package init(id: PersonID?, handle: String, name: String) {
        self.id = id
        self.handle = handle
        self.name = name
    }
}

/// A person, team, role or group by name.
package struct PartyView: Sendable, Hashable {
    package let party: Party
    package let name: String

    package init(party: Party, name: String) {
        self.party = party
        self.name = name
    }
}

/// An answered question.
package struct FieldView: Sendable {
    package let id: String
    package let label: String
    package let value: JSONValue
    /// The value for people: a choice's label, a person's name, a date.
    package let text: String
    /// The files in it.
    package var files: [AttachedFile] = []
    /// The moment that it is, of which `text` says the time in the reader's zone; nil for other values.
    package var moment: Instant?
    /// The cells of each row, in the order of the columns; empty for other values.
    package var rows: [[FieldView]] = []

    package init(id: String, label: String, value: JSONValue, text: String) {
        self.id = id
        self.label = label
        self.value = value
        self.text = text
    }
}

/// By what a step is due.
package enum DueReason: Sendable, Hashable {
    /// So long after the step began, as files write it: `3 working days`.
    case span(String)
    /// Anything else, in the reader's words: `last day - 2 working days`.
    case words(String)
}

/// A step of a request as a viewer sees it.
package struct StepView: Sendable {
    package enum Status: String, Sendable, Codable, CaseIterable {
        case waiting, open, asking, done, skipped, failed, cancelled
        /// Put aside while its `only_while`, or that of something around it, does not hold, begun or not: nobody works on it.
        case suspended
    }

    /// The instance; the identifier itself for a step that still waits.
    package let instance: InstanceName
    package let kind: String
    package let title: String
    package let stage: String?
    package let status: Status
    package let outcome: String?
    package let since: Instant?
    package let due: Instant?
    package let isOverdue: Bool
    /// Whose turn it is; empty when nobody's.
    package let waitingFor: [PartyView]
    package let assignee: PersonReference?
    package let votes: [VoteView]
    /// The child; its identifier only when the viewer may read it.
    package let child: ChildView?
    package let outputs: [FieldView]
    /// What the viewer may do with it now.
    package let actions: [StepAction]
    /// What completing asks, when `actions` has `complete`.
    package let form: [FormFieldView]
    /// The lines of an open task's checklist, in order.
    package var checklist: [ChecklistLineView] = []
    /// What may be added, when `actions` has `add_step`.
    package var templates: [StepTemplateView] = []
    /// The bad outcomes with which the request may end, when `actions` has `give_up`.
    package var outcomes: [OutcomeView] = []
    /// What people read for `outcome`; nil without one.
    package var outcomeTitle: String?
    /// What gives `due`; nil where nobody is told.
    package var dueBy: DueReason?

    package init(
        instance: InstanceName, kind: String, title: String, stage: String?, status: Status, outcome: String?,
        since: Instant?, due: Instant?, isOverdue: Bool, waitingFor: [PartyView], assignee: PersonReference?,
        votes: [VoteView], child: ChildView?, outputs: [FieldView], actions: [StepAction], form: [FormFieldView]
    ) {
        self.instance = instance
        self.kind = kind
        self.title = title
        self.stage = stage
        self.status = status
        self.outcome = outcome
        self.since = since
        self.due = due
        self.isOverdue = isOverdue
        self.waitingFor = waitingFor
        self.assignee = assignee
        self.votes = votes
        self.child = child
        self.outputs = outputs
        self.actions = actions
        self.form = form
    }
}

/// A way to end, by the name that people read.
package struct OutcomeView: Sendable, Hashable {
    package let id: OutcomeID
    package let title: String
}

package enum StepAction: String, Sendable, Codable, CaseIterable {
    case claim, release, complete, handOver = "hand_over", tick
    case approve, reject, addVoter = "add_voter"
    case retry, giveUp = "give_up", accept
    case addElement = "add_element", addStep = "add_step"
}

/// A line of a checklist.
package struct ChecklistLineView: Sendable, Hashable {
    package let id: String
    package let label: String
    package let isDone: Bool

    package init(id: String, label: String, isDone: Bool) {
        self.id = id
        self.label = label
        self.isDone = isDone
    }
}

/// A step that may be added to a running request.
package struct StepTemplateView: Sendable, Hashable {
    package let id: StepID
    package let title: String

    package init(id: StepID, title: String) {
        self.id = id
        self.title = title
    }
}

/// A promise and how it stands.
package struct TargetView: Sendable, Hashable {
    package let id: String
    /// What people read.
    package let title: String
    package let status: TargetState.Status
    /// Nil while its clock stands still, and once it is over.
    package let due: Instant?

    package init(id: String, title: String, status: TargetState.Status, due: Instant?) {
        self.id = id
        self.title = title
        self.status = status
        self.due = due
    }
}

/// A change that waits to be confirmed.
package struct HeldChangeView: Sendable {
    package let number: Int
    /// Nil when a parent or Bureau itself changed it.
    package let by: PersonReference?
    /// The new values, as far as the viewer may read them.
    package let fields: [FieldView]
    /// Identifiers of the fields that it clears.
    package let cleared: [FieldID]

    package init(number: Int, by: PersonReference?, fields: [FieldView], cleared: [FieldID]) {
        self.number = number
        self.by = by
        self.fields = fields
        self.cleared = cleared
    }
}

/// A vote cast.
package struct VoteView: Sendable {
    package let voter: PersonReference
    package let decision: VoteDecision
    package let comment: String?

    package init(voter: PersonReference, decision: VoteDecision, comment: String?) {
        self.voter = voter
        self.decision = decision
        self.comment = comment
    }
}

/// A child, as the parent's reader sees it.
package struct ChildView: Sendable {
    /// Nil when the viewer may not read it.
    package let id: RequestID?
    /// Nil until it exists.
    package let number: String?
    package let type: RequestTypeID
    package let title: String

    package init(id: RequestID?, number: String?, type: RequestTypeID, title: String) {
        self.id = id
        self.number = number
        self.type = type
        self.title = title
    }
}

/// Something in the viewer's inbox.
package struct InboxItem: Sendable {
    package let request: RequestSummary
    package let instance: InstanceName
    package let kind: WorkItem.Kind
    package let title: String
    package let since: Instant
    package let due: Instant?
    package let offeredTo: [PartyView]
    package let assignee: PersonReference?

    /// In whose place the viewer would do it; empty for what is theirs.
    package var standsInFor: [PersonReference] = []

    package init(
        request: RequestSummary, instance: InstanceName, kind: WorkItem.Kind, title: String, since: Instant,
        due: Instant?, offeredTo: [PartyView], assignee: PersonReference?
    ) {
        self.request = request
        self.instance = instance
        self.kind = kind
        self.title = title
        self.since = since
        self.due = due
        self.offeredTo = offeredTo
        self.assignee = assignee
    }
}

/// One line of a request's story.
package struct TimelineEntry: Sendable {
    package let sequence: Int
    package let at: Instant
    /// The event's name: `raised`.
    package let kind: String
    /// Nil when Bureau itself acted.
    package let by: PersonReference?
    /// What happened, as a sentence in the viewer's language.
    package let text: String
    /// The step it concerns.
    package let instance: InstanceName?
    /// A comment or a reason, when one was written.
    package let comment: String?
    /// Who reads the comment of a note; nil for what everybody reads who sees the entry.
    package let audience: NoteAudience?
    /// What was attached to the comment.
    package var files: [AttachedFile] = []

    package init(
        sequence: Int, at: Instant, kind: String, by: PersonReference?, text: String, instance: InstanceName?,
        comment: String?, audience: NoteAudience?
    ) {
        self.audience = audience
        self.sequence = sequence
        self.at = at
        self.kind = kind
        self.by = by
        self.text = text
        self.instance = instance
        self.comment = comment
    }
}

/// A part of a list and how to get the next.
package struct Page<Element: Sendable>: Sendable {
    package let items: [Element]
    /// Opaque; nil on the last page.
    package let next: String?

    package init(items: [Element], next: String?) {
        self.items = items
        self.next = next
    }
}
