package import Expressions
package import WorkflowCore

/// Passwords of people, how often they were tried in vain, and codes to set them.
package protocol AccountStorage: Sendable {
    /// What is kept of somebody's account; nil when nothing is.
    func account(of person: PersonID) async throws(StorageError) -> StoredAccount?
    /// The same by handle; nil also for leavers and programs.
    func account(handle: String) async throws(StorageError) -> StoredAccount?

    /// Replaces a hash by another one of the same password; nothing happens when it is another one meanwhile.
    func rehashPassword(of person: PersonID, from old: String, to new: String) async throws(StorageError)
    /// Replaces a password and ends the person's sessions but for `kept`; false, and nothing happens, when it is not `old` any more.
    func changePassword(
        of person: PersonID, from old: String, to new: String, at now: Instant, keeping kept: UniqueID?,
        audit: [AuditEntry]
    ) async throws(StorageError) -> Bool

    /// Keeps an invitation in the place of the person's one before.
    func insert(
        _ invitation: StoredInvitation, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError)
    /// The invitation of that code, also when its time is over.
    func invitation(digest: [UInt8]) async throws(StorageError) -> StoredInvitation?
    /// The invitation of somebody, also when its time is over.
    func invitation(of person: PersonID) async throws(StorageError) -> StoredInvitation?
    /// Notes that a second person has confirmed it; false, and nothing happens, when it is gone, confirmed, or its time is over.
    func confirmInvitation(
        digest: [UInt8], by confirmer: PersonID, at now: Instant, audit: [AuditEntry],
        telling notifications: [StoredNotification]
    ) async throws(StorageError) -> Bool
    /// Sets a password, ends all sessions of the person, revokes their tokens and takes the invitation away; false, and nothing happens, when
    /// it is gone or its time is over.
    ///
    /// - Parameters:
    ///   - maker: Who alone made the code, and is kept among those who did; the directory's revision rises with it. Nil when an operator
    ///     made it or a second person has confirmed it: those who made codes before are forgotten then.
    ///   - revision: That of the directory by which the code is good.
    /// - Throws: `.stale(directory)` when it is another one.
    func redeemInvitation(
        digest: [UInt8], of person: PersonID, password: String, madeBy maker: PersonID?, revision: Int64,
        at now: Instant, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) -> Bool
    /// People whose passwords were set with codes that one of these alone made.
    func people(withCodesOf makers: [PersonID]) async throws(StorageError) -> [PersonID]

    /// Locks an account, ends the person's sessions, revokes their tokens and takes their invitation away; false, and the audit gets
    /// nothing, when it is locked already.
    func lockAccount(of person: PersonID, at now: Instant, audit: [AuditEntry]) async throws(StorageError) -> Bool
    /// Unlocks an account and forgets failures under `key`; whether there was anything of it. The audit gets its entries only then.
    func unlockAccount(
        of person: PersonID, forgetting key: [UInt8], audit: [AuditEntry]
    ) async throws(StorageError) -> Bool

    /// Counts an attempt under a key and for all keys. Attempts follow one another, those of other daemons too.
    ///
    /// - Parameter decide: Gets what was counted before.
    /// - Returns: What it said.
    func countAttempt(
        _ key: [UInt8], decide: @Sendable (_ own: AttemptCount?, _ all: AttemptCount?) -> AttemptVerdict
    ) async throws(StorageError) -> AttemptVerdict
    /// What is counted under a key; nil for nothing.
    func attempts(_ key: [UInt8]) async throws(StorageError) -> AttemptCount?
    /// Forgets what is counted under a key, and one failure of all.
    func forgetAttempts(_ key: [UInt8]) async throws(StorageError)
    /// Forgets what was last counted before a moment, and invitations whose time is over.
    func purgeAccounts(at now: Instant, attemptsBefore: Instant) async throws(StorageError)
}

/// What is kept of somebody's account.
package struct StoredAccount: Sendable, Hashable {
    package let person: PersonID
    /// A PHC string; nil for whoever has no password.
    package let passwordHash: String?
    package let passwordChangedAt: Instant?
    /// Locked by an administrator, until one unlocks it.
    package let isLocked: Bool
    /// When the present invitation ends or has ended; nil when there is none.
    package let invitedUntil: Instant?

    package init(
        person: PersonID, passwordHash: String?, passwordChangedAt: Instant?, isLocked: Bool, invitedUntil: Instant?
    ) {
        self.person = person
        self.passwordHash = passwordHash
        self.passwordChangedAt = passwordChangedAt
        self.isLocked = isLocked
        self.invitedUntil = invitedUntil
    }
}

/// An invitation as stored: the digest of its code alone.
package struct StoredInvitation: Sendable, Hashable {
    package let digest: [UInt8]
    package let person: PersonID
    package let expiresAt: Instant
    /// Nil for an operator, whom nobody needs to confirm.
    package let invitedBy: PersonID?
    /// Who has confirmed it; nil when nobody has.
    package let confirmedBy: PersonID?

    package init(
        digest: [UInt8], person: PersonID, expiresAt: Instant, invitedBy: PersonID?, confirmedBy: PersonID? = nil
    ) {
        self.digest = digest
        self.person = person
        self.expiresAt = expiresAt
        self.invitedBy = invitedBy
        self.confirmedBy = confirmedBy
    }
}
