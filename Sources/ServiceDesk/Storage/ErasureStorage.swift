package import Expressions
package import WorkflowCore

/// Deleting what is no longer kept. What was decided stays: journals and the audit hold digests, and their chains stay whole.
package protocol ErasureStorage: Sendable {
    /// Requests that somebody raised, that are for them, in which they took part or into which they wrote something, by identifier.
    func requests(involving person: PersonID) async throws(StorageError) -> [InvolvedRequest]
    /// Closed requests whose contents are there still and which have not changed since the limit of their type, the oldest first.
    func outdatedRequests(
        of limits: [RequestTypeID: Instant], limit: Int
    ) async throws(StorageError) -> [RequestID]
    /// Locks and loads a closed request with its journal, and deletes and writes what `decide` says, in one transaction.
    ///
    /// - Parameter decide: Called once inside the transaction; nil writes nothing.
    /// - Returns: Whether anything was written; false for a request that is not closed too.
    @discardableResult
    func erase(
        _ request: RequestID, at now: Instant,
        decide: @Sendable (StoredRequest, [StoredEvent]) throws(StorageError) -> RequestErasure?
    ) async throws(StorageError) -> Bool
    /// Makes a leaver's row a pseudonym, and deletes tokens, memberships and the words of the audit about them, in one transaction.
    ///
    /// - Throws: `.stale(directory)` when they have not left.
    func erase(_ person: PersonErasure, at now: Instant) async throws(StorageError)
}

/// A request with which somebody had to do.
package struct InvolvedRequest: Sendable, Hashable {
    package let id: RequestID
    package let department: DepartmentID
    package let phase: RequestPhase
    /// Whether they raised it or it is for them.
    package let isTheirs: Bool
    /// Whether it is confidential, by its type or because it is restricted.
    package let isConfidential: Bool

    package init(
        id: RequestID, department: DepartmentID, phase: RequestPhase, isTheirs: Bool, isConfidential: Bool
    ) {
        self.id = id
        self.department = department
        self.phase = phase
        self.isTheirs = isTheirs
        self.isConfidential = isConfidential
    }
}

/// What an erasure makes of a request.
package struct RequestErasure: Sendable {
    /// The events whose protected contents are deleted.
    package let sequences: [Int]
    /// What of these contents stays.
    package let spared: [ProtectedContent]
    /// The files that go with them: nothing that is left names them.
    package let files: [UniqueID]
    /// Whether nothing that was entered is left, and nothing can be added any more. After the erasure of somebody who worked on it alone
    /// there may be more to erase later.
    package let isWhole: Bool
    /// The event that says so.
    package let entry: JournalEntry
    /// The state without what was erased.
    package let state: String
    package let audit: [AuditEntry]

    package init(
        sequences: [Int], spared: [ProtectedContent] = [], files: [UniqueID], isWhole: Bool, entry: JournalEntry,
        state: String, audit: [AuditEntry]
    ) {
        self.sequences = sequences
        self.spared = spared
        self.files = files
        self.isWhole = isWhole
        self.entry = entry
        self.state = state
        self.audit = audit
    }
}

/// What an erasure makes of a person.
package struct PersonErasure: Sendable {
    package let person: PersonID
    /// The handle and the name that stand in place of theirs.
    package let handle: String
    package let name: String
    /// The name that stood there.
    package let formerName: String
    /// Texts that named them where nobody could know who was meant, as the handle of a failed sign-in.
    package let names: [String]
    package let audit: [AuditEntry]

    package init(
        person: PersonID, handle: String, name: String, formerName: String, names: [String], audit: [AuditEntry]
    ) {
        self.person = person
        self.handle = handle
        self.name = name
        self.formerName = formerName
        self.names = names
        self.audit = audit
    }
}
