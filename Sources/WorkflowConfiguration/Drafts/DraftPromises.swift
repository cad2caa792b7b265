import Expressions
import WorkflowCore

/// What a request type's file says besides its form, its process and its contract.
struct DraftPromises {
    var amendments: [DraftAmendment] = []
    var targets: [DraftTarget] = []
    var rules: [DraftRule] = []
    var asksForFeedback = false
    var reopen: Span?
    var confidential: [DraftPeople]?
    var hiddenFrom: [Located<String>] = []
    var allowsAnonymous = false
    var onBehalf: [DraftPeople]?
    var retention: Span?
}

struct DraftAmendment {
    let field: Located<String>
    let by: [DraftPeople]
    let until: Located<String>?
}

struct DraftTarget {
    let id: Located<String>
    let title: LocalizedText?
    let of: Located<String>?
    let within: DraftExpression?
    let by: DraftExpression?
    let pause: [Located<String>]
    let warn: [Int]
    let onBreach: [DraftPeople]
}

struct DraftRule {
    let never: Located<String>
    let unless: DraftExpression?
}
