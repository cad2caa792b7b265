/// A request's page.
struct RequestContent: PageContent {
    static let template = "request"

    let back: LineModel
    let heading: String
    let number: String
    let state: String
    let tone: String
    let department: String
    let errors: ErrorSummary?
    let conflict: ConflictModel?
    /// What was typed into a form that there is no longer.
    let entered: [FactModel]
    /// What was just done and can be taken back.
    let undo: UndoModel?
    let turns: [TurnModel]
    let steps: [StepModel]
    let entries: [EntryModel]
    let later: String?
    let commentForm: ActionForm?
    let facts: [FactModel]
    let answers: [FactModel]
    let held: [AnswersModel]
    let amend: String?
    /// The page that says who sees it and why.
    let access: String
    let rating: ActionForm?
    let asides: [AsideModel]

    static let readable: [String: Readable<Self>] = [
        "back": .text { $0.back.address },
        "back_text": .text { $0.back.text },
        "heading": .text { $0.heading },
        "number": .text { $0.number },
        "state": .text { $0.state },
        "tone": .text { $0.tone },
        "department": .text { $0.department },
        "errors": .model { $0.errors },
        "conflict": .model { $0.conflict },
        "entered": .list { $0.entered },
        "has_entered": .flag { !$0.entered.isEmpty },
        "undo": .model { $0.undo },
        "turns": .list { $0.turns },
        "steps": .list { $0.steps },
        "entries": .list { $0.entries },
        "later": .text { $0.later },
        "comment_form": .model { $0.commentForm },
        "facts": .list { $0.facts },
        "answers": .list { $0.answers },
        "has_answers": .flag { !$0.answers.isEmpty },
        "held": .list { $0.held },
        "amend": .text { $0.amend },
        "access": .text { $0.access },
        "rating": .model { $0.rating },
        "asides": .list { $0.asides },
    ]
}

/// Something that is said of something.
struct FactModel: ViewModel {
    let label: String
    let text: String
    var address: String?
    /// The files in it.
    var links: [LineModel] = []
    /// What there is besides files.
    var textWithLinks: String?
    /// The rows of it, where it has rows.
    var table: TableModel?

    static let readable: [String: Readable<Self>] = [
        "label": .text { $0.label },
        "text": .text { $0.text },
        "address": .text { $0.address },
        "links": .list { $0.links },
        "has_links": .flag { !$0.links.isEmpty },
        "text_with_links": .text { $0.textWithLinks },
        "table": .model { $0.table },
    ]
}

struct AnswersModel: ViewModel {
    let answers: [FactModel]

    static let readable: [String: Readable<Self>] = ["answers": .list { $0.answers }]
}

/// A step in the picture of how far a request is.
struct StepModel: ViewModel {
    let title: String
    let mark: String
    let state: String
    let tone: String
    /// Where a new stage begins.
    var stage: String?
    var who: String?
    var since: String?
    var due: String?
    /// Why it is due then.
    var why: String?
    var isOverdue = false
    var child: String?
    var childAddress: String?
    var notes: [LineModel] = []
    var outputs: [FactModel] = []

    static let readable: [String: Readable<Self>] = [
        "title": .text { $0.title },
        "mark": .text { $0.mark },
        "state": .text { $0.state },
        "tone": .text { $0.tone },
        "stage": .text { $0.stage },
        "who": .text { $0.who },
        "since": .text { $0.since },
        "due": .text { $0.due },
        "why": .text { $0.why },
        "is_overdue": .flag { $0.isOverdue },
        "child": .text { $0.child },
        "child_address": .text { $0.childAddress },
        "notes": .list { $0.notes },
        "has_notes": .flag { !$0.notes.isEmpty },
        "outputs": .list { $0.outputs },
        "has_outputs": .flag { !$0.outputs.isEmpty },
    ]
}

/// One entry of the story.
struct EntryModel: ViewModel {
    let sequence: String
    let text: String
    let time: String
    let machineTime: String
    let comment: String?
    /// Who alone reads it; nil for everybody who sees the request.
    let audience: String?
    /// The files that came with it.
    let links: [LineModel]

    static let readable: [String: Readable<Self>] = [
        "sequence": .text { $0.sequence },
        "text": .text { $0.text },
        "time": .text { $0.time },
        "machine_time": .text { $0.machineTime },
        "comment": .text { $0.comment },
        "audience": .text { $0.audience },
        "links": .list { $0.links },
        "has_links": .flag { !$0.links.isEmpty },
    ]
}

/// A step that waits for the reader, with what they may do.
struct TurnModel: ViewModel {
    let anchor: String
    let title: String
    let due: String?
    let isOverdue: Bool
    /// Of the small forms of the checklist.
    let key: String
    let checklist: [TickModel]
    /// The page with the form that completing asks.
    var link: String?
    var linkText: String?
    var actions: [ActionForm] = []
    var more: [AsideModel] = []

    static let readable: [String: Readable<Self>] = [
        "anchor": .text { $0.anchor },
        "title": .text { $0.title },
        "due": .text { $0.due },
        "due_tone": .text { $0.isOverdue ? "late" : "help" },
        "key": .text { $0.key },
        "checklist": .list { $0.checklist },
        "has_checklist": .flag { !$0.checklist.isEmpty },
        "link": .text { $0.link },
        "link_text": .text { $0.linkText },
        "actions": .list { $0.actions },
        "more_actions": .list { $0.more },
    ]
}

/// A line of a checklist, which is a button.
struct TickModel: ViewModel {
    let address: String
    let key: String
    let item: String
    let label: String
    let isDone: Bool
    let mayTick: Bool

    static let readable: [String: Readable<Self>] = [
        "address": .text { $0.address },
        "key": .text { $0.key },
        "item": .text { $0.item },
        "label": .text { $0.label },
        "is_done": .flag { $0.isDone },
        "may_tick": .flag { $0.mayTick },
        "pressed": .text { $0.isDone ? "true" : "false" },
        "wanted": .text { $0.isDone ? "false" : "true" },
    ]
}
