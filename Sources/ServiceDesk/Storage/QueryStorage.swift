package import Expressions
package import WorkflowCore

/// Reads for people. Every list filters by who asks, in SQL.
package protocol QueryStorage: Sendable {
    /// The request, whoever asks: the caller applies the rules of visibility. Nil when unknown.
    func request(_ id: RequestID) async throws(StorageError) -> StoredRequest?
    /// Those of the requests that exist, in no particular order, whoever asks; one round trip.
    func requests(_ ids: [RequestID]) async throws(StorageError) -> [StoredRequest]
    /// By number, in either case (`HR-1042`, `hr-1042`).
    func requestID(number: String) async throws(StorageError) -> RequestID?
    /// The request of an anonymous requester, by the SHA-256 of their receipt.
    func requestID(receipt digest: [UInt8]) async throws(StorageError) -> RequestID?
    /// Requests that the asker may see, the newest first.
    func requests(_ query: RequestQuery) async throws(StorageError) -> [RequestRow]
    /// Work offered to one of the asker's parties and not claimed by somebody else; the earliest due first, what has no deadline last, then the oldest.
    func inbox(_ query: InboxQuery) async throws(StorageError) -> [InboxRow]
    /// Events after `sequence`, in order.
    func events(of request: RequestID, after sequence: Int, limit: Int) async throws(StorageError) -> [StoredEvent]
    /// Whether the database answers; for readiness.
    func ping() async throws(StorageError)
}

/// Who asks, as storage needs it.
package struct Asker: Sendable, Hashable {
    package let person: PersonID
    /// All parties the person belongs to, themself included.
    package let parties: [Party]
    /// Departments whose agent the person is.
    /// Departments all of whose requests they see but the confidential ones: those whose agents they are or that they lead.
    package let agentOf: [DepartmentID]
    /// For whom the person stands in today: their inbox shows what waits for these by name.
    package var absentees: [Directory.Absentee] = []
    /// The requests that the person sees because of that.
    package var standingIn: [RequestID] = []

    package init(person: PersonID, parties: [Party], agentOf: [DepartmentID]) {
        self.person = person
        self.parties = parties
        self.agentOf = agentOf
    }
}

/// Filters of a list of requests; nil means any.
package struct RequestQuery: Sendable, Hashable {
    package let asker: Asker
    package var phase: RequestPhase?
    package var type: RequestTypeID?
    package var department: DepartmentID?
    /// Only those the asker raised or that are for them.
    package var onlyMine: Bool
    /// Older than this one.
    package var before: RequestID?
    package var limit: Int

    package init(
        asker: Asker, phase: RequestPhase? = nil, type: RequestTypeID? = nil, department: DepartmentID? = nil,
        onlyMine: Bool = false, before: RequestID? = nil, limit: Int
    ) {
        self.asker = asker
        self.phase = phase
        self.type = type
        self.department = department
        self.onlyMine = onlyMine
        self.before = before
        self.limit = limit
    }
}

/// A request in a list.
package struct RequestRow: Sendable, Hashable {
    package let head: RequestHead
    package let version: Int
    package let raisedAt: Instant
    package let changedAt: Instant

    package init(head: RequestHead, version: Int, raisedAt: Instant, changedAt: Instant) {
        self.head = head
        self.version = version
        self.raisedAt = raisedAt
        self.changedAt = changedAt
    }
}

/// Filters of an inbox; nil means any.
package struct InboxQuery: Sendable, Hashable {
    package let asker: Asker
    package var kind: WorkItem.Kind?
    package var department: DepartmentID?
    package var onlyMine: Bool
    package var after: InboxPosition?
    package var limit: Int

    package init(
        asker: Asker, kind: WorkItem.Kind? = nil, department: DepartmentID? = nil, onlyMine: Bool = false,
        after: InboxPosition? = nil, limit: Int
    ) {
        self.asker = asker
        self.kind = kind
        self.department = department
        self.onlyMine = onlyMine
        self.after = after
        self.limit = limit
    }
}

/// A place in the order of an inbox.
package struct InboxPosition: Sendable, Hashable {
    package let due: Instant?
    package let since: Instant
    package let request: RequestID
    package let instance: InstanceName

    package init(due: Instant?, since: Instant, request: RequestID, instance: InstanceName) {
        self.due = due
        self.since = since
        self.request = request
        self.instance = instance
    }
}

/// A work item in a list, with its request.
package struct InboxRow: Sendable, Hashable {
    package let item: WorkItem
    package let head: RequestHead
    package let version: Int
    /// When the request was raised.
    package let raisedAt: Instant
    /// When the request last changed.
    package let changedAt: Instant

    package init(item: WorkItem, head: RequestHead, version: Int, raisedAt: Instant, changedAt: Instant) {
        self.item = item
        self.head = head
        self.version = version
        self.raisedAt = raisedAt
        self.changedAt = changedAt
    }
}

/// An event with what people entered, as stored.
package struct StoredEvent: Sendable, Hashable {
    package let entry: JournalEntry
    package let contents: [ProtectedContent]

    package init(entry: JournalEntry, contents: [ProtectedContent]) {
        self.entry = entry
        self.contents = contents
    }
}

extension QueryStorage {
    /// For storages without a statement of their own for several requests: one after the other.
    package func requests(_ ids: [RequestID]) async throws(StorageError) -> [StoredRequest] {
        var found: [StoredRequest] = []
        for id in ids {
            if let stored = try await request(id) { found.append(stored) }
        }
        return found
    }
}
