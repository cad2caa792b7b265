package import Expressions
package import WorkflowCore

/// What people chose for themselves: how pages and messages are for them, and the lists that they come back to.
package protocol PreferenceStorage: Sendable {
    /// Nothing chosen for somebody who never did.
    func preferences(of person: PersonID) async throws(StorageError) -> StoredPreferences
    func keep(_ preferences: StoredPreferences, of person: PersonID, at now: Instant) async throws(StorageError)

    /// By list and name.
    func savedViews(of person: PersonID) async throws(StorageError) -> [StoredView]
    /// Keeps a view, in the place of one of the same list and name, whose identifier it gets; nil when there are so many already.
    func keep(_ view: StoredView, of person: PersonID, limit: Int) async throws(StorageError) -> StoredView?
    func renameView(_ id: UniqueID, of person: PersonID, to name: String) async throws(StorageError) -> ViewRenaming
    /// Whether the person had it.
    func forgetView(_ id: UniqueID, of person: PersonID) async throws(StorageError) -> Bool
}

/// What somebody chose, as stored.
package struct StoredPreferences: Sendable, Hashable {
    /// The IANA name of the zone in which they read moments; nil for the organisation's.
    package let timeZone: String?
    /// The kinds of notifications that they do without.
    package let muted: Set<NotificationKind>

    package init(timeZone: String?, muted: Set<NotificationKind>) {
        self.timeZone = timeZone
        self.muted = muted
    }
}

/// A list with its filters under a name, as stored.
package struct StoredView: Sendable, Hashable {
    package let id: UniqueID
    package let list: SavedList
    /// Unique among a person's of that list.
    package let name: String
    /// By the name of the parameter.
    package let filters: [String: String]

    package init(id: UniqueID, list: SavedList, name: String, filters: [String: String]) {
        self.id = id
        self.list = list
        self.name = name
        self.filters = filters
    }
}

/// What became of giving a view another name.
package enum ViewRenaming: Sendable, Hashable {
    case renamed(StoredView)
    /// Another view of the same list has the name.
    case taken
    /// The person has no such view.
    case unknown
}

/// A list that views may be saved of.
package enum SavedList: String, Hashable, Sendable, CaseIterable {
    case inbox, requests
}
