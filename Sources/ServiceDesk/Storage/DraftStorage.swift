package import Expressions
package import WorkflowCore

/// What people began to write and have not sent. Each is its writer's alone, and is found only while they see the request that it is
/// about.
package protocol DraftStorage: Sendable {
    /// The one changed last comes first.
    func drafts(of person: PersonID, for asker: Asker) async throws(StorageError) -> [StoredDraft]
    func draft(
        of subject: DraftSubject, by person: PersonID, for asker: Asker
    ) async throws(StorageError) -> StoredDraft?
    /// Keeps a draft in the place of an earlier one of the same, where that is one that may go.
    ///
    /// - Parameter limit: How many drafts somebody may have.
    func keep(
        _ draft: StoredDraft, of person: PersonID, replacing condition: DraftCondition, limit: Int
    ) async throws(StorageError) -> DraftKeeping
    /// Whether there was one that may go.
    func forgetDraft(
        of subject: DraftSubject, by person: PersonID, _ condition: DraftCondition
    ) async throws(StorageError) -> Bool
    /// Forgets what was not changed since `limit`; and what was not changed since `idle` of a step that is no longer open, or of a change
    /// to a request that is closed.
    @discardableResult
    func purgeDrafts(unchangedSince limit: Instant, idleSince idle: Instant) async throws(StorageError) -> Int
}

/// What somebody entered into a form, as stored.
package struct StoredDraft: Sendable, Hashable {
    package let subject: DraftSubject
    /// For whom it is, as it was written; nil for the writer.
    package var beneficiary: String?
    /// As requests are raised with them, whether or not they could be.
    package var entries: [FieldID: JSONValue]
    /// What the entries were made for, by the paths of their fields; empty where nobody noted it.
    package var kinds: [String: String]
    /// The idempotency key with which it is going to be sent; nil when nobody said so.
    package let key: String?
    /// The page that keeps it, as it calls itself; nil where none does.
    package let page: String?
    /// The version of the request that its writer had before them; nil for a new one.
    package let version: Int?
    package let changedAt: Instant

    package init(
        subject: DraftSubject, beneficiary: String?, entries: [FieldID: JSONValue], kinds: [String: String] = [:],
        key: String?, page: String? = nil, version: Int? = nil, changedAt: Instant
    ) {
        self.subject = subject
        self.beneficiary = beneficiary
        self.entries = entries
        self.kinds = kinds
        self.key = key
        self.page = page
        self.version = version
        self.changedAt = changedAt
    }
}

/// What became of keeping a draft.
package enum DraftKeeping: Sendable, Hashable {
    case kept
    /// Another is kept, which its condition does not let go: as of that moment.
    case elsewhere(since: Instant)
    /// It was sent already: its key was used.
    case sent
    case tooMany
}
