import WorkflowCore

/// A request type as its file says it: keys and words are sound, references between its parts are not resolved yet.
final class DraftRequestType {
    let id: RequestTypeID
    let department: DepartmentID
    let title: LocalizedText?
    let summary: LocalizedText?
    var keywords: LocalizedText?
    let audience: [DraftPeople]
    let offeredTo: Offer
    let outcomes: [Outcome]
    /// Of those outcomes that have one.
    let outcomeTitles: [OutcomeID: LocalizedText]
    let fields: [DraftField]
    let outputs: [DraftOutput]
    let cancellation: DraftCancellation?
    let steps: [DraftStep]
    let promises: DraftPromises
    let places: Places
    /// The file's beginning.
    let location: SourceLocation

    init(
        id: RequestTypeID, department: DepartmentID, title: LocalizedText?, summary: LocalizedText?,
        audience: [DraftPeople], offeredTo: Offer, outcomes: [Outcome], outcomeTitles: [OutcomeID: LocalizedText],
        fields: [DraftField], outputs: [DraftOutput],
        cancellation: DraftCancellation?, steps: [DraftStep], promises: DraftPromises, places: Places,
        location: SourceLocation
    ) {
        self.id = id
        self.department = department
        self.title = title
        self.summary = summary
        self.audience = audience
        self.offeredTo = offeredTo
        self.outcomes = outcomes
        self.outcomeTitles = outcomeTitles
        self.fields = fields
        self.outputs = outputs
        self.cancellation = cancellation
        self.steps = steps
        self.promises = promises
        self.places = places
        self.location = location
    }

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

/// A field as its file says it.
final class DraftField {
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

    init(
        id: Located<String>, label: LocalizedText?, help: LocalizedText?, kind: FieldKind?, isOptional: Bool,
        askWhen: DraftExpression?, check: DraftExpression?, message: DraftTemplate?, defaultValue: DraftValue?,
        sensitive: [DraftPeople]?, computed: DraftValue?, isComputed: Bool, columns: [DraftField], places: Places
    ) {
        self.id = id
        self.label = label
        self.help = help
        self.kind = kind
        self.isOptional = isOptional
        self.askWhen = askWhen
        self.check = check
        self.message = message
        self.defaultValue = defaultValue
        self.sensitive = sensitive
        self.computed = computed
        self.isComputed = isComputed
        self.columns = columns
        self.places = places
    }
}
