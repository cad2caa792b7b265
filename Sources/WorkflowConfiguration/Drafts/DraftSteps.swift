import WorkflowCore

/// A step as its file says it. A class, because what is large and never changes need not be copied.
final class DraftStep {
    let id: Located<String>
    let title: DraftTemplate?
    let when: DraftExpression?
    /// Whether the file has a `when`, readable or not.
    let isConditional: Bool
    let after: [Located<String>]
    let stage: LocalizedText?
    let due: DraftExpression?
    /// Whether the file has a `due`, readable or not.
    let isDue: Bool
    /// Whether it has keys of which it is not clear what they mean, so that nobody knows what is missing.
    let hasUnreadKeys: Bool
    let waitsForever: Bool
    let onOverdue: DraftOverdue?
    let onFailure: DraftHandler?
    /// Whether the file says what follows lateness and failure, readable or not.
    let saysOverdue: Bool
    let saysFailure: Bool
    let undo: DraftUndo?
    let onChange: [(field: Located<String>, reaction: ChangeReaction)]
    let onlyWhile: DraftExpression?
    let hold: DraftExpression?
    let visibleTo: [DraftPeople]?
    let formerIDs: [Located<String>]
    let isOneAtATime: Bool
    let kind: DraftStepKind
    let places: Places

    init(
        id: Located<String>, title: DraftTemplate?, when: DraftExpression?, isConditional: Bool,
        after: [Located<String>], stage: LocalizedText?, due: DraftExpression?, isDue: Bool, hasUnreadKeys: Bool,
        waitsForever: Bool,
        onOverdue: DraftOverdue?, onFailure: DraftHandler?, saysOverdue: Bool, saysFailure: Bool, undo: DraftUndo?,
        onChange: [(field: Located<String>, reaction: ChangeReaction)], onlyWhile: DraftExpression?,
        hold: DraftExpression?, visibleTo: [DraftPeople]?, formerIDs: [Located<String>], isOneAtATime: Bool,
        kind: DraftStepKind, places: Places
    ) {
        self.id = id
        self.title = title
        self.when = when
        self.isConditional = isConditional
        self.after = after
        self.stage = stage
        self.due = due
        self.isDue = isDue
        self.hasUnreadKeys = hasUnreadKeys
        self.waitsForever = waitsForever
        self.onOverdue = onOverdue
        self.onFailure = onFailure
        self.saysOverdue = saysOverdue
        self.saysFailure = saysFailure
        self.undo = undo
        self.onChange = onChange
        self.onlyWhile = onlyWhile
        self.hold = hold
        self.visibleTo = visibleTo
        self.formerIDs = formerIDs
        self.isOneAtATime = isOneAtATime
        self.kind = kind
        self.places = places
    }

    /// The steps directly inside, in the order of the file; of a choose, those of all its cases.
    var inner: [DraftStep] { kind.inner }
}

indirect enum DraftStepKind {
    case task(DraftTask)
    case approval(DraftApproval)
    case request(DraftChild)
    case call(DraftCall)
    case notify(to: [DraftPeople], message: DraftTemplate?)
    case set([DraftInput])
    case wait(DraftWait)
    case block([DraftStep])
    case choose(DraftChoose)
    case `repeat`(DraftRepeat)
    case each(DraftEach)
    case race(DraftRace)
    case adhoc(by: [DraftPeople], templates: [DraftStep])
    case end(Located<String>?)

    /// The steps directly inside, in the order of the file; of a choose, those of all its cases.
    var inner: [DraftStep] {
        switch self {
        case .block(let steps): steps
        case .choose(let choose): choose.cases.flatMap(\.steps)
        case .repeat(let loop): loop.steps
        case .each(let each): each.steps
        case .race(let race): race.branches
        case .adhoc(_, let templates): templates
        case .task, .approval, .request, .call, .notify, .set, .wait, .end: []
        }
    }

    /// Whether `after` may not cross its border.
    var isClosed: Bool {
        switch self {
        case .choose, .repeat, .each, .race, .adhoc: true
        case .block, .task, .approval, .request, .call, .notify, .set, .wait, .end: false
        }
    }

    /// Whether what stands inside cannot be named from outside: it runs once for each element, or whenever somebody adds it.
    var hidesInner: Bool {
        switch self {
        case .each, .adhoc: true
        default: false
        }
    }
}
