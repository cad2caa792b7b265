package import Expressions
package import WorkflowCore

/// What a form is filled for.
package enum FormSubject: Sendable, Hashable {
    /// A new request of that type, for the person of that handle, address or name; nil for the viewer.
    case new(RequestTypeID, for: String? = nil)
    /// Completing a task of a request, which is named by identifier or number.
    case completion(String, InstanceName)
    /// Changing a request after it was raised.
    case amendment(String)
    /// Saying something about a request, which is one text without a form of its own.
    case comment(String)
}

/// A form as it stands with what was entered so far: which questions are asked now, what is computed, and what is wrong. Nothing is
/// stored.
package struct FormDraft: Sendable {
    /// The request type's or the step's.
    package let title: String
    /// What stands below the title; nil for nothing.
    package let summary: String?
    /// The request that it belongs to; nil for a new one.
    package let request: RequestSummary?
    /// What is asked now, in the form's order, computed values among it.
    package let questions: [QuestionView]
    /// Everything that is wrong, as the engine would say it.
    package let problems: [Rejection.FieldProblem]
    /// What to send, without entries of what is not asked.
    package let entries: [FieldID: JSONValue]
    /// Whether answers decide about other questions, or are computed with.
    package let isBranching: Bool
    package var beneficiary = BeneficiaryDraft()
    /// What the viewer has uploaded, of what the entries name.
    package var files: [UniqueID: AttachedFile] = [:]
    /// The questions whose answers are not kept when the form is left, by their labels; nil where nothing of it is kept.
    package var unkept: [String]?

    package init(
        title: String, summary: String?, request: RequestSummary?, questions: [QuestionView],
        problems: [Rejection.FieldProblem], entries: [FieldID: JSONValue], isBranching: Bool
    ) {
        self.title = title
        self.summary = summary
        self.request = request
        self.questions = questions
        self.problems = problems
        self.entries = entries
        self.isBranching = isBranching
    }
}

/// For whom else a form is filled.
package struct BeneficiaryDraft: Sendable, Hashable {
    /// Whether the viewer may name somebody else at all.
    package let mayBeNamed: Bool
    /// Whom to name; nil for the viewer.
    package let handle: String?
    /// Whether nobody, or more than one person, is called what was entered.
    package let isUnknown: Bool

    package init(mayBeNamed: Bool = false, handle: String? = nil, isUnknown: Bool = false) {
        self.mayBeNamed = mayBeNamed
        self.handle = handle
        self.isUnknown = isUnknown
    }
}

/// A question that is asked now.
package struct QuestionView: Sendable {
    package let field: FormFieldView
    /// What holds: what was entered, the default, or what was computed; nil when there is nothing yet.
    package let value: JSONValue?
    /// The value for people; empty without one.
    package let text: String
    /// The questions of each row that was entered, or that holds; empty for other types.
    package let rows: [[QuestionView]]
    /// Whether it holds something that the viewer may replace but not read: leaving it empty keeps it.
    package let isConcealed: Bool
    /// The files that it holds.
    package var files: [AttachedFile] = []

    package init(
        field: FormFieldView, value: JSONValue?, text: String, rows: [[QuestionView]], isConcealed: Bool
    ) {
        self.field = field
        self.value = value
        self.text = text
        self.rows = rows
        self.isConcealed = isConcealed
    }
}

/// What pages need of the organisation besides what they show.
package struct OrganisationView: Sendable {
    package let title: LocalizedText
    /// Language tags, the first is the default. Never empty.
    package let languages: [String]
    /// The zone in which moments are shown and meant.
    package let home: ZoneRules
    package let departments: [DepartmentID: LocalizedText]
    /// The present moment.
    package let now: Instant

    package init(
        title: LocalizedText, languages: [String], home: ZoneRules, departments: [DepartmentID: LocalizedText],
        now: Instant
    ) {
        self.title = title
        self.languages = languages
        self.home = home
        self.departments = departments
        self.now = now
    }
}
