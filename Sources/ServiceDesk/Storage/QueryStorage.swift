package import Expressions
package import WorkflowCore

/// Reads for people. Storage knows who asks and gives nothing that they may not see; single reads are judged by the rules
/// once more.
package protocol QueryStorage: Sendable {
    /// The request; nil when it is unknown or hidden from the asker.
    func request(_ id: RequestID, for asker: Asker) async throws(StorageError) -> StoredRequest?
    /// Those of the requests that the asker may see, in no particular order; one round trip.
    func requests(_ ids: [RequestID], for asker: Asker) async throws(StorageError) -> [StoredRequest]
    /// By number, in either case (`HR-1042`, `hr-1042`); nil when it is unknown or hidden from the asker.
    func requestID(number: String, for asker: Asker) async throws(StorageError) -> RequestID?
    /// Requests that the asker may see, the newest first.
    func requests(_ query: RequestQuery) async throws(StorageError) -> [RequestRow]
    /// Work offered to one of the asker's parties and not claimed by somebody else; the earliest due first, what has no deadline last, then the oldest.
    func inbox(_ query: InboxQuery) async throws(StorageError) -> [InboxRow]
    /// Requests that the asker may see and in whose text all of the words are, the newest first; none for no words.
    func search(_ query: SearchQuery) async throws(StorageError) -> [RequestRow]
    /// How much there is for the asker; one round trip.
    func counts(for asker: Asker) async throws(StorageError) -> RequestCounts
    /// The asker's open requests, and what waits for them: exact below `limit`, and not below it where there is as much or more. One round
    /// trip, in a time that grows with `limit` and not with what waits.
    func glance(for asker: Asker, upTo limit: Int) async throws(StorageError) -> (mine: Int, waiting: Int)
    /// Events after `sequence`, in order; none when the request is hidden from the asker.
    func events(
        of request: RequestID, after sequence: Int, limit: Int, for asker: Asker
    ) async throws(StorageError) -> [StoredEvent]
    /// Who opened the request for reading by exception, in that order; nobody when it is hidden from the asker.
    func glasses(of request: RequestID, for asker: Asker) async throws(StorageError) -> [StoredGlass]
    /// Whether the database answers; for readiness.
    func ping() async throws(StorageError)
}

/// Reads for Bureau itself, whoever is meant to see what they give: for workers and tests, and to find out who asks. What
/// answers people asks `QueryStorage`.
package protocol JournalStorage: Sendable {
    /// Nil when unknown.
    func request(_ id: RequestID) async throws(StorageError) -> StoredRequest?
    /// Those of the requests that exist, in no particular order; one round trip.
    func requests(_ ids: [RequestID]) async throws(StorageError) -> [StoredRequest]
    /// By number, in either case.
    func requestID(number: String) async throws(StorageError) -> RequestID?
    /// The request of an anonymous requester, by the SHA-256 of their receipt: whoever shows it may read that request.
    func requestID(receipt digest: [UInt8]) async throws(StorageError) -> RequestID?
    /// Events after `sequence`, in order.
    func events(of request: RequestID, after sequence: Int, limit: Int) async throws(StorageError) -> [StoredEvent]
}

/// Who asks, as storage needs it: what the row-level security of people's reads compares with.
package struct Asker: Sendable, Hashable {
    /// Nil for somebody without a name, who sees what is granted and nothing else.
    package let person: PersonID?
    /// All parties the person belongs to, themself included.
    package let parties: [Party]
    /// Departments all of whose requests they see but the confidential ones: those whose agents they are or that they lead.
    package let readerOf: [DepartmentID]
    /// For whom the person stands in today: their inbox shows what waits for these by name.
    package var absentees: [Directory.Absentee] = []
    /// The requests that the person sees because of that.
    package var standingIn: [RequestID] = []
    /// Requests that they may read for a reason that stands in no row: a receipt was shown, a glass was broken. They are in
    /// no list.
    package var granted: [RequestID]

    package init(person: PersonID?, parties: [Party], readerOf: [DepartmentID], granted: [RequestID] = []) {
        self.person = person
        self.parties = parties
        self.readerOf = readerOf
        self.granted = granted
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
