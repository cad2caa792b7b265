package import Expressions
package import WorkflowCore

/// What somebody began to write and has not sent.
package struct KeptDraft: Sendable, Hashable {
    package let type: RequestTypeID
    /// The request type's, or that of the step that it completes.
    package let title: String
    package let departmentTitle: String
    /// For whom it is, as it was written; nil for the writer.
    package let beneficiary: String?
    /// What was entered, as far as the form asks it now.
    package let entries: [FieldID: JSONValue]
    /// The idempotency key with which it is going to be sent; nil when nobody said so.
    package let key: String?
    package let changedAt: Instant
    /// Another whenever it is kept anew.
    package var version: Int { changedAt.draftVersion }
    /// Whether everything that was kept still fits the form.
    package let isWhole: Bool
    /// What of which request it is; nil for a new one.
    package var request: OfRequest?

    package struct OfRequest: Sendable, Hashable {
        package let number: String
        package let part: DraftPart
        /// What the request was like when it was written.
        package let version: Int
    }

    package var subject: FormSubject {
        request.map { FormSubject($0.number, $0.part) } ?? .new(type, for: beneficiary)
    }

    package init(
        type: RequestTypeID, title: String, departmentTitle: String, beneficiary: String?,
        entries: [FieldID: JSONValue], key: String?, changedAt: Instant, isWhole: Bool
    ) {
        self.type = type
        self.title = title
        self.departmentTitle = departmentTitle
        self.beneficiary = beneficiary
        self.entries = entries
        self.key = key
        self.changedAt = changedAt
        self.isWhole = isWhole
    }
}
