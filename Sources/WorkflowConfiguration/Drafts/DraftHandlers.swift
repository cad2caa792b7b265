import WorkflowCore

/// `on_overdue`, and where it stands.
struct DraftOverdue {
    enum Action {
        case tell([DraftPeople])
        case reject
        case fail
        case end(Located<String>)
        case leave(Located<String>)
    }

    let action: Action
    let location: SourceLocation
}

/// `on_failed` or `on_rejected`, and where it stands.
struct DraftHandler {
    enum Action {
        case `continue`
        case end(Located<String>)
        case leave(Located<String>)
        case retry(Int)
        case ask([DraftPeople])
    }

    let action: Action
    let location: SourceLocation
}
