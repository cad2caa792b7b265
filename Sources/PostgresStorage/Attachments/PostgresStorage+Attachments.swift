package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: AttachmentStorage {
    package func begin(_ upload: NewAttachment) async throws(StorageError) -> String {
        let names = try await run(
            Statement(
                """
                INSERT INTO bureau.attachment (id, uploaded_by, name, media_type, size, created_at)
                VALUES ($1, $2, normalize($3::text, NFC), $4, 0, $5)
                RETURNING name
                """,
                upload.id, upload.owner.id, upload.name, upload.mediaType, upload.at)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: String.self) }
        guard let name = names.first else { throw .unavailable("an upload was lost on its way") }
        return name
    }

    /// The size grows with every piece, so that unfinished uploads count too. Index: `attachment_pkey`.
    package func append(_ piece: [UInt8], number: Int, to id: UniqueID) async throws(StorageError) {
        do {
            try await pool.pipeline([
                Statement(
                    "INSERT INTO bureau.attachment_chunk (attachment, number, content) VALUES ($1, $2, $3)",
                    id, number, piece),
                Statement(
                    "UPDATE bureau.attachment SET size = size + $2 WHERE id = $1 AND sha256 IS NULL", id, piece.count),
            ])
        } catch {
            throw StorageError(error)
        }
    }

    package func finish(_ id: UniqueID, size: Int64, sha256: [UInt8]) async throws(StorageError) {
        let rows = try await run(
            Statement(
                """
                UPDATE bureau.attachment SET sha256 = $3 WHERE id = $1 AND size = $2 AND sha256 IS NULL
                """,
                id, size, sha256))
        guard rows.affectedRows == 1 else { throw .unavailable("an upload was lost on its way") }
    }

    package func discard(_ id: UniqueID) async throws(StorageError) {
        _ = try await run(Statement("DELETE FROM bureau.attachment WHERE id = $1 AND NOT is_used", id))
    }

    /// Indexes: `attachment_pkey`, `attachment_use_pkey`.
    package func uploads(
        _ ids: [UniqueID], of owner: Uploader, since limit: Instant, in request: RequestID?
    ) async throws(StorageError) -> [AttachedFile] {
        try await run(
            Statement(
                """
                SELECT a.id, a.name, a.size, a.media_type FROM bureau.attachment a
                WHERE a.id = ANY ($1::uuid[]) AND a.uploaded_by = $2 AND a.sha256 IS NOT NULL
                    AND (NOT a.is_used AND a.created_at > $3
                        OR EXISTS (SELECT FROM bureau.attachment_use u WHERE u.request_id = $4 AND u.attachment = a.id))
                """,
                ids, owner.id, limit, request)
        ).decoded(Self.file)
    }

    /// Index: `attachment_unused_of`.
    package func unusedSize(of owner: Uploader, besides id: UniqueID) async throws(StorageError) -> Int64 {
        try await run(
            Statement(
                """
                SELECT coalesce(sum(greatest(size, 16384)), 0)::bigint FROM bureau.attachment
                WHERE uploaded_by = $1 AND NOT is_used AND id <> $2
                """,
                owner.id, id)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: Int64.self) }.first ?? 0
    }

    /// Index: `attachment_use_pkey`.
    package func sizeOfFiles(of request: RequestID, by owner: Uploader) async throws(StorageError) -> Int64 {
        try await run(
            Statement(
                """
                SELECT coalesce(sum(greatest(a.size, 16384)), 0)::bigint
                FROM bureau.attachment_use u JOIN bureau.attachment a ON a.id = u.attachment
                WHERE u.request_id = $1 AND a.uploaded_by = $2
                """,
                request, owner.id)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: Int64.self) }.first ?? 0
    }

    package func attachment(
        _ id: UniqueID, of request: RequestID, for asker: Asker
    ) async throws(StorageError) -> StoredAttachment? {
        try await see(
            Statement(
                """
                SELECT a.id, a.name, a.size, a.media_type, a.sha256, u.event
                FROM bureau.attachment_use u JOIN bureau.attachment a ON a.id = u.attachment
                WHERE u.request_id = $1 AND u.attachment = $2
                """,
                request, id), as: asker
        ).decoded { (row) throws(PostgresError) in
            StoredAttachment(
                file: try Self.file(row), sha256: try row.decode(at: 4), event: try row.decode(at: 5, as: Int?.self))
        }.first
    }

    /// Index: `attachment_chunk_pkey`.
    package func piece(
        _ number: Int, of id: UniqueID, in request: RequestID, for asker: Asker
    ) async throws(StorageError) -> [UInt8]? {
        try await see(
            Statement(
                """
                SELECT c.content FROM bureau.attachment_use u JOIN bureau.attachment_chunk c ON c.attachment = u.attachment
                WHERE u.request_id = $1 AND u.attachment = $2 AND c.number = $3
                """,
                request, id, number), as: asker
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: [UInt8].self) }.first
    }

    /// Index: `attachment_chunk_pkey`.
    package func piece(_ number: Int, of id: UniqueID) async throws(StorageError) -> [UInt8]? {
        try await run(
            Statement(
                "SELECT content FROM bureau.attachment_chunk WHERE attachment = $1 AND number = $2", id, number)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: [UInt8].self) }.first
    }

    /// Index: `attachment_unused`.
    @discardableResult
    package func purgeAttachments(before limit: Instant) async throws(StorageError) -> Int {
        try await run(
            Statement("DELETE FROM bureau.attachment WHERE NOT is_used AND created_at < $1", limit)
        ).affectedRows
    }

    private static func file(_ row: Row) throws(PostgresError) -> AttachedFile {
        AttachedFile(
            id: try row.decode(at: 0), name: try row.decode(at: 1), size: try row.decode(at: 2),
            mediaType: try row.decode(at: 3))
    }
}
