import ServiceDesk
import WorkflowCore

extension ShakyStorage: DeputyStorage {
    func deputies(concerning person: PersonID) async throws(StorageError) -> [StoredDeputy] {
        try await storage.deputies(concerning: person)
    }

    func deputies(in department: DepartmentID) async throws(StorageError) -> [StoredDeputy] {
        try await storage.deputies(in: department)
    }

    func deputy(_ id: UniqueID) async throws(StorageError) -> StoredDeputy? { try await storage.deputy(id) }

    func appoint(_ deputy: StoredDeputy, audit: [AuditEntry]) async throws(StorageError) {
        try await storage.appoint(deputy, audit: audit)
    }

    func withdraw(_ id: UniqueID, audit: [AuditEntry]) async throws(StorageError) -> Bool {
        try await storage.withdraw(id, audit: audit)
    }
}
