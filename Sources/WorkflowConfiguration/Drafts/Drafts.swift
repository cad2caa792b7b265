import WorkflowCore

/// A request type as its file says it: keys and words are sound, references between its parts are not resolved yet.
struct DraftRequestType {
    let id: RequestTypeID
    let department: DepartmentID
    let title: LocalizedText?
    let summary: LocalizedText?
    let audience: [DraftPeople]
    let offeredTo: Offer
    let outcomes: [Outcome]
    let fields: [DraftField]
    let outputs: [DraftOutput]
    let cancellation: DraftCancellation?
    let steps: [DraftStep]
    /// The file's beginning.
    let location: SourceLocation

    func outcome(_ name: String) -> Outcome? { outcomes.first { $0.id.text == name } }
}

struct DraftOutput {
    let name: Located<String>
    let value: DraftExpression?
}

struct DraftCancellation {
    let by: [DraftPeople]
    let until: Located<String>?
    let outcome: Located<String>?
    let location: SourceLocation
}

struct DraftField {
    let id: Located<String>
    let label: LocalizedText?
    let help: LocalizedText?
    /// Nil when the file says none that can be read, which is an error already.
    let kind: FieldKind?
    let isOptional: Bool
    let askWhen: DraftExpression?
    let check: DraftExpression?
    let message: DraftTemplate?
    let defaultValue: DraftValue?
    let sensitive: [DraftPeople]?
}

struct DraftStep {
    let id: Located<String>
    let title: DraftTemplate?
    let when: DraftExpression?
    let after: [Located<String>]
    let stage: LocalizedText?
    let due: DraftExpression?
    /// Whether the file has a `due`, readable or not.
    let isDue: Bool
    let waitsForever: Bool
    let onOverdue: DraftOverdue?
    let onFailure: DraftHandler?
    /// Whether the file says what follows lateness and failure, readable or not.
    let saysOverdue: Bool
    let saysFailure: Bool
    let kind: DraftStepKind
}

enum DraftStepKind {
    case task(assign: [DraftPeople], fallback: [DraftPeople], fields: [DraftField])
    case approval(DraftApproval)
    case request(DraftChild)
    case block([DraftStep])
    case end(Located<String>?)
}

struct DraftApproval {
    let from: [DraftPeople]
    let need: Need
    let excluded: [DraftPeople]
    let fallback: [DraftPeople]
    let rejection: RejectionRule
    let covers: [Located<String>]?
}

struct DraftChild {
    let type: Located<String>?
    let inputs: [DraftInput]
    let wait: ChildWait
}

struct DraftInput {
    let field: Located<String>
    let value: DraftValue?
}

/// `on_overdue`, and where it stands.
struct DraftOverdue {
    enum Action {
        case tell([DraftPeople])
        case reject
        case fail
        case end(Located<String>)
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
