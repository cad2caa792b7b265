import Expressions
import WorkflowCore

struct DraftTask {
    let assign: [DraftPeople]
    let fallback: [DraftPeople]
    let fields: [DraftField]
    let edit: [Located<String>]
    let checklist: [ChecklistItem]
    let nudges: DraftNudges
}

/// `remind` and `escalate`.
struct DraftNudges {
    let remind: DraftExpression?
    let escalation: DraftEscalation?
}

struct DraftEscalation {
    let after: DraftExpression?
    let to: [DraftPeople]
}

struct DraftApproval {
    let from: [DraftPeople]
    let need: Need
    let excluded: [DraftPeople]
    let fallback: [DraftPeople]
    let rejection: RejectionRule
    let covers: [Located<String>]?
    let addVoters: [DraftPeople]
    let nudges: DraftNudges
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

/// `undo`, and where it stands.
struct DraftUndo {
    enum Action {
        case none
        case request(DraftChild)
        case call(DraftCall)
    }

    let action: Action
    let location: SourceLocation
}

struct DraftCall {
    let service: Located<String>?
    let method: CallMethod
    /// Nil after a complaint.
    let path: (template: TextTemplate, scalar: YAMLScalar)?
    let inputs: [DraftInput]
    let answer: [DraftField]
    let timeout: Int
    let retries: Int
    let firstPause: Int
    /// Where it begins.
    let location: SourceLocation
}

enum DraftWait {
    case until(DraftExpression?)
    case span(DraftExpression?)
    case event(DraftEvent)
    /// It does not say what it waits for, which has been complained about.
    case unreadable
}

struct DraftEvent {
    let event: String
    let key: DraftExpression?
    let fields: [DraftField]
    let keep: Span
}
