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
    let promises: DraftPromises
    let places: Places
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
    /// What it is computed from; nil for a field that people fill in.
    let computed: DraftValue?
    /// Whether the file has a `value`, readable or not.
    let isComputed: Bool
    /// Of rows, otherwise empty.
    let columns: [DraftField]
    let places: Places
}
