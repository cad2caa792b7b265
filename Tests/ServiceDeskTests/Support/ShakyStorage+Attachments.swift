import Expressions
import ServiceDesk
import WorkflowCore

extension ShakyStorage: AttachmentStorage {
    func begin(_ upload: NewAttachment) async throws(StorageError) -> String { try await storage.begin(upload) }

    func append(_ piece: [UInt8], number: Int, to id: UniqueID) async throws(StorageError) {
        if failsPermanently { throw .unavailable("the test says so") }
        try await storage.append(piece, number: number, to: id)
    }

    func finish(_ id: UniqueID, size: Int64, sha256: [UInt8]) async throws(StorageError) {
        try await storage.finish(id, size: size, sha256: sha256)
    }

    func discard(_ id: UniqueID) async throws(StorageError) { try await storage.discard(id) }

    func uploads(
        _ ids: [UniqueID], of owner: Uploader, since limit: Instant, in request: RequestID?
    ) async throws(StorageError) -> [AttachedFile] {
        try await storage.uploads(ids, of: owner, since: limit, in: request)
    }

    func unusedSize(of owner: Uploader, besides id: UniqueID) async throws(StorageError) -> Int64 {
        try await storage.unusedSize(of: owner, besides: id)
    }

    func sizeOfFiles(of request: RequestID, by owner: Uploader) async throws(StorageError) -> Int64 {
        try await storage.sizeOfFiles(of: request, by: owner)
    }

    func attachment(
        _ id: UniqueID, of request: RequestID, for asker: Asker
    ) async throws(StorageError) -> StoredAttachment? {
        try await storage.attachment(id, of: request, for: asker)
    }

    func piece(
        _ number: Int, of id: UniqueID, in request: RequestID, for asker: Asker
    ) async throws(StorageError) -> [UInt8]? {
        try await storage.piece(number, of: id, in: request, for: asker)
    }

    func piece(_ number: Int, of id: UniqueID) async throws(StorageError) -> [UInt8]? {
        try await storage.piece(number, of: id)
    }

    func purgeAttachments(before limit: Instant) async throws(StorageError) -> Int {
        try await storage.purgeAttachments(before: limit)
    }
}
