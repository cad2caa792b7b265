public import Expressions

/// One instance of a step that has started or settled.
public struct StepState: Hashable, Sendable {
    /// How it stands.
    public internal(set) var status: StepStatus
    /// When this instance started, or was skipped: spans in `due` count from here.
    public internal(set) var since: Instant
    /// How often it was started; 1 unless retried.
    public internal(set) var attempt: Int
    /// When it is due, or was when it is overdue; in whole seconds. Nil without a deadline and once it has settled.
    public internal(set) var deadline: Instant?
    /// Whether the deadline has been reached; it fires once an attempt. Stays after settling.
    public internal(set) var isOverdue: Bool
    /// Who completed the task, and so entered its outputs; nil for everything else.
    public internal(set) var completedBy: PersonID?
    /// What a container is made of, since it started; nil for other steps and plain blocks. Stays after settling.
    public internal(set) var parts: ContainerParts?
    /// How what it did is taken back; nil until it is done, and for steps that need no undo.
    public internal(set) var undo: PreparedUndo?
    /// The resource it holds while it is open; nil for none.
    public internal(set) var held: String?
    /// Whether it is put aside because its `only_while`, or that of something around it, does not hold: nobody works on it then.
    public internal(set) var isSuspended = false
    /// Whether it was put aside before it could begin: it is open, and begins when it is taken up.
    public internal(set) var isPostponed = false
    /// How its child or call ended while it was put aside; nil for none.
    public internal(set) var keptEnd: KeptEnd?
    /// The live keys that cannot be worked out any more: what they said last stays. Empty once it has settled.
    public internal(set) var unreadable: Set<LiveKey> = []
    /// When else it has to be looked at; empty once it has settled.
    public internal(set) var alarms: [Alarm: Instant] = [:]
    /// The votes of an approval that is open no longer.
    var pastVotes: [Vote]
    /// The child of a request step that is open no longer.
    var pastChild: OpenChild?

    /// Takes the parts as they are.
    public init(
        status: StepStatus, since: Instant, attempt: Int = 1, deadline: Instant? = nil, isOverdue: Bool = false,
        completedBy: PersonID? = nil
    ) {
        self.status = status
        self.since = since
        self.attempt = attempt
        self.deadline = deadline
        self.isOverdue = isOverdue
        self.completedBy = completedBy
        pastVotes = []
    }

    /// When it has to be looked at next, for whatever reason; nil for never.
    public var nextAlarm: Instant? {
        let deadline = isOverdue ? nil : deadline
        if alarms.isEmpty { return deadline }
        return min(alarms.values.min() ?? .latest, deadline ?? .latest)
    }

    /// The votes cast in this attempt, in their order, also after the approval has settled.
    public var votes: [Vote] {
        if case .approval(let approval) = status { approval.votes } else { pastVotes }
    }

    /// Whether work on it began: not when it was skipped, or cancelled, or put aside before.
    var hasStarted: Bool {
        switch status {
        case .settled(.skipped), .settled(.cancelled): false
        default: !isPostponed
        }
    }

    /// The child started in this attempt, also after the step has settled.
    public var child: OpenChild? {
        if case .request(let child) = status { child } else { pastChild }
    }
}

/// How an instance stands.
public enum StepStatus: Hashable, Sendable {
    case task(OpenTask)
    case approval(OpenApproval)
    case request(OpenChild)
    /// A container of any kind, or an element of an each, that runs; a step of any kind that is postponed.
    case block
    case call(OpenCall)
    case wait(OpenWait)
    /// Failed, and people were asked what to do.
    case asking(Failure, [Party])
    case settled(Settlement)

    /// Whether it has started and not settled.
    public var isOpen: Bool {
        if case .settled = self { false } else { true }
    }

    /// Whether it is a child that was asked to end and has not yet, or a call that was called off.
    var isBeingCancelled: Bool {
        switch self {
        case .request(let child): child.isCancelRequested
        case .call(let call): call.isCancelRequested
        default: false
        }
    }

    /// Whether nothing more will happen to it: settled, and not about to start again.
    public var isFinal: Bool {
        switch self {
        case .settled(.failed(_, .retried, outcome: _)): false
        case .settled: true
        default: false
        }
    }
}

/// A task that somebody has to do.
public struct OpenTask: Hashable, Sendable {
    /// Whose members may claim and complete it.
    public let offeredTo: [Party]
    /// Who has it; nil while it waits in a queue.
    public internal(set) var assignee: PersonID?
    /// The lines of its checklist that are ticked.
    public internal(set) var ticked: Set<String>
    /// Whether it was given to whoever has it, who need not be among those it is offered to.
    public internal(set) var isHandedOver: Bool

    /// Takes the parts as they are.
    public init(offeredTo: [Party], assignee: PersonID?, ticked: Set<String> = [], isHandedOver: Bool = false) {
        self.offeredTo = offeredTo
        self.assignee = assignee
        self.ticked = ticked
        self.isHandedOver = isHandedOver
    }

    mutating func take(_ person: PersonID?, isHandedOver: Bool = false) {
        assignee = person
        self.isHandedOver = isHandedOver
    }
}

/// An approval on which votes are awaited.
public struct OpenApproval: Hashable, Sendable {
    /// Who may vote, and what is needed.
    public let electorate: Electorate
    /// In the order cast; one a person.
    public internal(set) var votes: [Vote]

    /// Takes the parts as they are.
    public init(electorate: Electorate, votes: [Vote] = []) {
        self.electorate = electorate
        self.votes = votes
    }
}

/// One person's vote.
public struct Vote: Hashable, Sendable, Codable {
    /// Who voted.
    public let voter: PersonID
    /// For or against.
    public let decision: VoteDecision
    /// What they wrote; nil for nothing.
    public let comment: String?

    /// Takes the parts as they are.
    public init(voter: PersonID, decision: VoteDecision, comment: String?) {
        self.voter = voter
        self.decision = decision
        self.comment = comment
    }
}

/// A child that runs.
public struct OpenChild: Hashable, Sendable {
    /// Its identifier.
    public let child: RequestID
    /// What kind of request it is.
    public let type: RequestTypeID
    /// Nil until it has reported that it exists.
    public internal(set) var number: String?
    /// Whether it was asked to end; it stays open until it has.
    public internal(set) var isCancelRequested: Bool

    /// Takes the parts as they are.
    public init(child: RequestID, type: RequestTypeID, number: String? = nil, isCancelRequested: Bool = false) {
        self.child = child
        self.type = type
        self.number = number
        self.isCancelRequested = isCancelRequested
    }
}

/// How an instance settled.
public enum Settlement: Hashable, Sendable {
    /// Well; `outputs` are what later expressions read behind its name: what was entered, a child's outputs and `outcome`, an approval's
    /// `outcome`, the `number` of a child that only had to exist.
    case done(outcome: String?, outputs: [String: Value])
    case skipped
    case failed(Failure, FailureHandling, outcome: String?)
    case cancelled
}
