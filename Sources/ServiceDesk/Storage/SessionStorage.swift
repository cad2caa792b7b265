package import Expressions
package import WorkflowCore

/// Sessions of browsers; only digests of their secrets are stored. One that has ended is gone.
package protocol SessionStorage: Sendable {
    /// Adds a session; the person's oldest end when there are more than `limit` then. False, and nothing happens, when their account is
    /// locked: of a lock at the same moment one waits for the other, so no session outlives it.
    func insert(_ session: StoredSession, limit: Int, audit: [AuditEntry]) async throws(StorageError) -> Bool
    /// The session whose secret has that digest or had it before the last change, also when its time is over.
    func session(digest: [UInt8]) async throws(StorageError) -> StoredSession?
    /// All of a person's, the newest first.
    func sessions(of person: PersonID) async throws(StorageError) -> [StoredSession]
    /// Records that the session was used; never moves back.
    func touchSession(_ id: UniqueID, at now: Instant) async throws(StorageError)
    /// Replaces the secret; false when it is another one already, or the session has ended.
    func rotateSession(
        _ id: UniqueID, from digest: [UInt8], to newDigest: [UInt8], at now: Instant
    ) async throws(StorageError) -> Bool
    /// Ends a session of that person; whether there was one. The audit gets its entries only then.
    func endSession(_ id: UniqueID, of person: PersonID, audit: [AuditEntry]) async throws(StorageError) -> Bool
    /// Ends a person's sessions but for `kept`; how many there were.
    @discardableResult
    func endSessions(of person: PersonID, except kept: UniqueID?) async throws(StorageError) -> Int
    /// Ends the sessions of people who have left, revokes their tokens and forgets their passwords and invitations, so that nothing old
    /// opens a door should they come back.
    func endAccessOfLeavers(at now: Instant) async throws(StorageError)
    /// Forgets sessions that were over before `now` or were used last before `idleSince`; how many.
    @discardableResult
    func purgeSessions(at now: Instant, idleSince: Instant) async throws(StorageError) -> Int
}

/// A session as stored. It holds no address and nothing else of the browser but what its owner calls it.
package struct StoredSession: Sendable, Hashable {
    package let id: UniqueID
    package let person: PersonID
    package let digest: [UInt8]
    /// Of the secret before; requests that were on their way when it changed carry it.
    package let previousDigest: [UInt8]?
    package let csrfKey: [UInt8]
    package let method: SignInMethod
    package let label: String
    package let createdAt: Instant
    /// When the secret became what it is.
    package let rotatedAt: Instant
    package let seenAt: Instant
    /// The end, however busy it is.
    package let expiresAt: Instant
    /// Of the person's choice, read with the session by its secret alone; nil for the organisation's.
    package let timeZone: String?

    package init(
        id: UniqueID, person: PersonID, digest: [UInt8], previousDigest: [UInt8]?, csrfKey: [UInt8],
        method: SignInMethod, label: String, createdAt: Instant, rotatedAt: Instant, seenAt: Instant,
        expiresAt: Instant, timeZone: String? = nil
    ) {
        self.id = id
        self.person = person
        self.digest = digest
        self.previousDigest = previousDigest
        self.csrfKey = csrfKey
        self.method = method
        self.label = label
        self.createdAt = createdAt
        self.rotatedAt = rotatedAt
        self.seenAt = seenAt
        self.expiresAt = expiresAt
        self.timeZone = timeZone
    }
}
