import Expressions
import ServiceDesk
import WorkflowCore

extension ShakyStorage: AccountStorage {
    func account(of person: PersonID) async throws(StorageError) -> StoredAccount? {
        try await storage.account(of: person)
    }

    func account(handle: String) async throws(StorageError) -> StoredAccount? {
        try await storage.account(handle: handle)
    }

    func rehashPassword(of person: PersonID, from old: String, to new: String) async throws(StorageError) {
        try await storage.rehashPassword(of: person, from: old, to: new)
    }

    func changePassword(
        of person: PersonID, from old: String, to new: String, at now: Instant, keeping kept: UniqueID?,
        audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await storage.changePassword(of: person, from: old, to: new, at: now, keeping: kept, audit: audit)
    }

    func insert(
        _ invitation: StoredInvitation, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) {
        try await storage.insert(invitation, audit: audit, telling: notifications)
    }

    func invitation(of person: PersonID) async throws(StorageError) -> StoredInvitation? {
        try await storage.invitation(of: person)
    }

    func confirmInvitation(
        digest: [UInt8], by confirmer: PersonID, at now: Instant, audit: [AuditEntry],
        telling notifications: [StoredNotification]
    ) async throws(StorageError) -> Bool {
        try await storage.confirmInvitation(
            digest: digest, by: confirmer, at: now, audit: audit, telling: notifications)
    }

    func invitation(digest: [UInt8]) async throws(StorageError) -> StoredInvitation? {
        try await storage.invitation(digest: digest)
    }

    func redeemInvitation(
        digest: [UInt8], of person: PersonID, password: String, madeBy maker: PersonID?, revision: Int64,
        at now: Instant, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) -> Bool {
        try await storage.redeemInvitation(
            digest: digest, of: person, password: password, madeBy: maker, revision: revision, at: now,
            audit: audit, telling: notifications)
    }

    func people(withCodesOf makers: [PersonID]) async throws(StorageError) -> [PersonID] {
        try await storage.people(withCodesOf: makers)
    }

    func lockAccount(of person: PersonID, at now: Instant, audit: [AuditEntry]) async throws(StorageError) -> Bool {
        try await storage.lockAccount(of: person, at: now, audit: audit)
    }

    func unlockAccount(
        of person: PersonID, forgetting key: [UInt8], audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await storage.unlockAccount(of: person, forgetting: key, audit: audit)
    }

    func countAttempt(
        _ key: [UInt8], decide: @Sendable (_ own: AttemptCount?, _ all: AttemptCount?) -> AttemptVerdict
    ) async throws(StorageError) -> AttemptVerdict {
        try await storage.countAttempt(key, decide: decide)
    }

    func attempts(_ key: [UInt8]) async throws(StorageError) -> AttemptCount? { try await storage.attempts(key) }

    func forgetAttempts(_ key: [UInt8]) async throws(StorageError) { try await storage.forgetAttempts(key) }

    func purgeAccounts(at now: Instant, attemptsBefore: Instant) async throws(StorageError) {
        try await storage.purgeAccounts(at: now, attemptsBefore: attemptsBefore)
    }
}
