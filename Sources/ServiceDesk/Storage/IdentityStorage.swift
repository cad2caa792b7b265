package import Expressions
package import WorkflowCore

/// Sign-ins at an identity provider, and whom it knows.
package protocol IdentityStorage: Sendable {
    /// Keeps a sign-in that has begun, and forgets some whose time is over.
    func insert(_ attempt: StoredSignInAttempt, at now: Instant) async throws(StorageError)
    /// Takes out the sign-in of that state, also when its time is over; nil when there is none, as for one that was taken before.
    func takeSignInAttempt(state digest: [UInt8]) async throws(StorageError) -> StoredSignInAttempt?

    /// Ties an identity to a person, unless one of them is tied otherwise; whether they belong together afterwards.
    ///
    /// - Parameter audit: What the audit gets when they were not tied before.
    func link(
        issuer: String, subject: String, to person: PersonID, at now: Instant, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool
    /// Unties a person from all identities; how many there were. The audit gets its entries only when there was one.
    func unlink(_ person: PersonID, audit: [AuditEntry]) async throws(StorageError) -> Int

    /// Puts a person into groups and takes them out of others, in one transaction; everybody who reads the directory sees a new
    /// revision.
    func changeMemberships(
        of person: PersonID, adding added: Set<GroupID>, removing removed: Set<GroupID>, audit: [AuditEntry],
        telling notifications: [StoredNotification]
    ) async throws(StorageError)
}

/// A sign-in at a provider that has begun in some browser. It holds digests alone: what the provider expects is computed from
/// the browser's secret.
package struct StoredSignInAttempt: Sendable, Hashable {
    /// SHA-256 of the state.
    package let state: [UInt8]
    /// SHA-256 of the secret in the browser's cookie.
    package let browser: [UInt8]
    /// A path of ours.
    package let returnTo: String
    package let expiresAt: Instant

    package init(state: [UInt8], browser: [UInt8], returnTo: String, expiresAt: Instant) {
        self.state = state
        self.browser = browser
        self.returnTo = returnTo
        self.expiresAt = expiresAt
    }
}
