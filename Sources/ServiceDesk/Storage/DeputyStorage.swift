package import Expressions
package import WorkflowCore

/// Who stands in for whom. Every change is one of the directory: its revision grows.
package protocol DeputyStorage: Sendable {
    /// Those who stand in for a person and those for whom the person stands in, the latest appointment first.
    func deputies(concerning person: PersonID) async throws(StorageError) -> [StoredDeputy]
    /// Those who stand in for requests of this department alone, the latest appointment first.
    func deputies(in department: DepartmentID) async throws(StorageError) -> [StoredDeputy]
    /// The appointment; nil when unknown.
    func deputy(_ id: UniqueID) async throws(StorageError) -> StoredDeputy?
    func appoint(
        _ deputy: StoredDeputy, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError)
    /// Whether there was such an appointment; the audit gets its entries and people are told only then.
    func withdraw(
        _ id: UniqueID, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) -> Bool
}

/// Somebody who stands in for a person, as stored.
package struct StoredDeputy: Sendable, Hashable {
    package let id: UniqueID
    /// Who is stood in for.
    package let person: PersonID
    /// Who stands in.
    package let deputy: PersonID
    /// For whose requests; nil for all.
    package let department: DepartmentID?
    /// The first and the last day in the organisation's zone; nil for no bound.
    package let from: CivilDate?
    package let until: CivilDate?
    /// Nil when it comes from a file of people.
    package let appointedBy: PersonID?
    package let appointedAt: Instant

    package init(
        id: UniqueID, person: PersonID, deputy: PersonID, department: DepartmentID?, from: CivilDate?,
        until: CivilDate?, appointedBy: PersonID?, appointedAt: Instant
    ) {
        self.id = id
        self.person = person
        self.deputy = deputy
        self.department = department
        self.from = from
        self.until = until
        self.appointedBy = appointedBy
        self.appointedAt = appointedAt
    }
}

/// A deputy in a file of people.
package struct ImportedDeputy: Sendable, Hashable {
    /// The handle, which stands in the same import.
    package let handle: String
    package let from: CivilDate?
    package let until: CivilDate?
    /// Used when the row is new.
    package let newID: UniqueID

    package init(handle: String, from: CivilDate?, until: CivilDate?, newID: UniqueID) {
        self.handle = handle
        self.from = from
        self.until = until
        self.newID = newID
    }
}
