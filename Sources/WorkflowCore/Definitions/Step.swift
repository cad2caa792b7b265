public import Expressions

/// One step of a process: what is common to all kinds, and its kind.
///
/// A class, because it is large, never changes, and every index and check of a process refers to it.
public final class Step: Sendable {
    /// Unique in its request type; expressions use it as a name.
    public let id: StepID
    /// What the step does.
    public let kind: StepKind
    /// Where the file says so.
    public let source: SourceLocation
    /// What people read; nil means the identifier with spaces.
    public let title: LocalizedTemplate?
    /// Taken when the step could start: if it does not hold, the step is skipped. Nil means always.
    public let when: CheckedExpression?
    /// Steps that must have settled before: of the same scope, also across the borders of plain blocks.
    public let after: [StepID]
    /// The chapter that the requester sees; inherited from the step around it when nil.
    public let stage: LocalizedText?
    /// A span counts from the start of the instance; a date means close of business; live, so it moves with what it reads.
    public let due: CheckedExpression?
    /// What happens when `due` is reached; nil leaves it at being overdue.
    public let onOverdue: OverdueAction?
    /// What happens when this step fails; nil hands the failure to the step around it.
    public let onFailure: FailureHandler?
    /// How a done `request` or `call` is taken back when what surrounds it is cancelled or ends badly; nil where the file says nothing.
    public let undo: Undo?
    /// What follows when a field that the running or done step has read changes; by field, unique.
    public let onChange: [FieldID: ChangeReaction]
    /// The step is open only while this holds; when it ceases to hold, an open step is put aside, and it comes back when it holds again.
    public let onlyWhile: CheckedExpression?
    /// A text that names a resource of this request (`asset`): steps that hold the same one run one after the other.
    public let hold: CheckedExpression?
    /// Who may read the step besides those who do it; nil means whoever may read the request.
    public let visibleTo: [PeopleSource]?
    /// The names that it had in earlier versions; requests in flight are moved by them.
    public let formerIDs: [StepID]
    /// A block whose steps, or an each whose elements, run in any order but never two at the same time.
    public let isOneAtATime: Bool
    /// Where the values of its keys stand in the file: `when`, `due`, `with.name`, `undo`.
    public let places: Places

    /// Takes the parts as they are.
    public init(
        id: StepID, title: LocalizedTemplate? = nil, when: CheckedExpression? = nil, after: [StepID] = [],
        stage: LocalizedText? = nil, due: CheckedExpression? = nil, onOverdue: OverdueAction? = nil,
        onFailure: FailureHandler? = nil, undo: Undo? = nil, onChange: [FieldID: ChangeReaction] = [:],
        onlyWhile: CheckedExpression? = nil, hold: CheckedExpression? = nil, visibleTo: [PeopleSource]? = nil,
        formerIDs: [StepID] = [], isOneAtATime: Bool = false, kind: StepKind, places: Places = Places(),
        source: SourceLocation
    ) {
        self.id = id
        self.kind = kind
        self.source = source
        self.title = title
        self.when = when
        self.after = after
        self.stage = stage
        self.due = due
        self.onOverdue = onOverdue
        self.onFailure = onFailure
        self.undo = undo
        self.onChange = onChange
        self.onlyWhile = onlyWhile
        self.hold = hold
        self.visibleTo = visibleTo
        self.formerIDs = formerIDs
        self.isOneAtATime = isOneAtATime
        self.places = places
    }
}

/// The kinds of step.
public indirect enum StepKind: Sendable {
    case task(TaskStep)
    case approval(ApprovalStep)
    case request(ChildStep)
    case call(CallStep)
    case notify(NotifyStep)
    /// Assigns fields, in this order; it settles at once.
    case set([Assignment])
    case wait(WaitStep)
    /// A partial order inside another: what has no `after` starts with it. It settles when all its steps have.
    case block([Step])
    case choose(ChooseStep)
    case `repeat`(RepeatStep)
    case each(EachStep)
    case race(RaceStep)
    case adhoc(AdhocStep)
    /// Ends the request with an outcome and cancels what runs beside it.
    case end(OutcomeID)

    /// The steps directly inside, in the order of the file; of a choose, those of all its cases. Empty for a step without any.
    public var inner: [Step] {
        switch self {
        case .block(let steps): steps
        case .choose(let choose): choose.cases.flatMap(\.steps)
        case .repeat(let loop): loop.steps
        case .each(let each): each.steps
        case .race(let race): race.branches
        case .adhoc(let adhoc): adhoc.templates
        case .task, .approval, .request, .call, .notify, .set, .wait, .end: []
        }
    }

    /// Whether `after` may not cross its border.
    public var isClosed: Bool {
        switch self {
        case .choose, .repeat, .each, .race, .adhoc: true
        case .block, .task, .approval, .request, .call, .notify, .set, .wait, .end: false
        }
    }

    /// The word that the language has for it: `task`.
    public var word: String {
        switch self {
        case .task: "task"
        case .approval: "approval"
        case .request: "request"
        case .call: "call"
        case .notify: "notify"
        case .set: "set"
        case .wait: "wait"
        case .block: "block"
        case .choose: "choose"
        case .repeat: "repeat"
        case .each: "each"
        case .race: "race"
        case .adhoc: "adhoc"
        case .end: "end"
        }
    }
}
