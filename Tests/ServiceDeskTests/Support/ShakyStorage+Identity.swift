import Expressions
import ServiceDesk
import WorkflowCore

extension ShakyStorage: IdentityStorage {
    func insert(_ attempt: StoredSignInAttempt, at now: Instant) async throws(StorageError) {
        try await storage.insert(attempt, at: now)
    }

    func takeSignInAttempt(state digest: [UInt8]) async throws(StorageError) -> StoredSignInAttempt? {
        try await storage.takeSignInAttempt(state: digest)
    }

    func link(
        issuer: String, subject: String, to person: PersonID, at now: Instant, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await storage.link(issuer: issuer, subject: subject, to: person, at: now, audit: audit)
    }

    func unlink(_ person: PersonID, audit: [AuditEntry]) async throws(StorageError) -> Int {
        try await storage.unlink(person, audit: audit)
    }

    func changeMemberships(
        of person: PersonID, adding added: Set<GroupID>, removing removed: Set<GroupID>, audit: [AuditEntry],
        telling notifications: [StoredNotification]
    ) async throws(StorageError) {
        try await storage.changeMemberships(
            of: person, adding: added, removing: removed, audit: audit, telling: notifications)
    }
}
