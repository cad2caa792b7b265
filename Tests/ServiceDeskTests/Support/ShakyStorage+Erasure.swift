import Expressions
import ServiceDesk
import WorkflowCore

extension ShakyStorage: ErasureStorage {
    func requests(involving person: PersonID) async throws(StorageError) -> [InvolvedRequest] {
        try await storage.requests(involving: person)
    }

    func outdatedRequests(
        of limits: [RequestTypeID: Instant], limit: Int
    ) async throws(StorageError) -> [RequestID] {
        try await storage.outdatedRequests(of: limits, limit: limit)
    }

    func erase(
        _ request: RequestID, at now: Instant,
        decide: @Sendable (StoredRequest, [StoredEvent]) throws(StorageError) -> RequestErasure?
    ) async throws(StorageError) -> Bool {
        try await storage.erase(request, at: now, decide: decide)
    }

    func erase(_ person: PersonErasure, at now: Instant) async throws(StorageError) {
        try await storage.erase(person, at: now)
    }
}
