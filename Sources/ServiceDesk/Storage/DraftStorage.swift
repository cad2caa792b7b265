package import Expressions
package import WorkflowCore

/// Forms of new requests that people began and have not sent. Each is its writer's alone.
package protocol DraftStorage: Sendable {
    /// The one changed last comes first.
    func drafts(of person: PersonID) async throws(StorageError) -> [StoredDraft]
    func draft(of type: RequestTypeID, by person: PersonID) async throws(StorageError) -> StoredDraft?
    /// Keeps a draft in the place of an earlier one of its type, where that is one that may go.
    ///
    /// - Parameter limit: How many types somebody may have drafts of.
    func keep(
        _ draft: StoredDraft, of person: PersonID, replacing condition: DraftCondition, limit: Int
    ) async throws(StorageError) -> DraftKeeping
    /// Whether there was one that may go.
    func forgetDraft(
        of type: RequestTypeID, by person: PersonID, _ condition: DraftCondition
    ) async throws(StorageError) -> Bool
    @discardableResult
    func purgeDrafts(unchangedSince limit: Instant) async throws(StorageError) -> Int
}

/// What somebody entered into a form, as stored.
package struct StoredDraft: Sendable, Hashable {
    package let type: RequestTypeID
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
    package let changedAt: Instant

    package init(
        type: RequestTypeID, beneficiary: String?, entries: [FieldID: JSONValue], kinds: [String: String] = [:],
        key: String?, page: String? = nil, changedAt: Instant
    ) {
        self.type = type
        self.beneficiary = beneficiary
        self.entries = entries
        self.kinds = kinds
        self.key = key
        self.page = page
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
