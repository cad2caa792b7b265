internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

// What a command on existing requests needs, in one round trip that begins its transaction.
extension PostgresStorage {
    static func load(
        _ loads: [CommandLoad], in transaction: Transaction
    ) async throws -> (loaded: [LoadedRequest], directoryRevision: Int64) {
        let ids = loads.map(\.request)
        let answers = try await transaction.pipeline([
            lockRequests(ids), selectSensitiveContents(ids), selectAnswers(loads.compactMap(\.key)), selectRevision(),
        ])
        guard answers.count == 4, let revision = try answers[3].first(as: Int64.self) else {
            throw StorageError.defect("The directory has no revision.")
        }
        var requests: [RequestID: StoredRequest] = [:]
        for request in try storedRequests(answers[0], sensitive: answers[1]) { requests[request.id] = request }
        var previous: [IdempotencyKey: RecordedAnswer] = [:]
        for answer in try answers[2].decoded(answer) { previous[answer.key] = answer }
        let loaded = loads.map { load in
            LoadedRequest(stored: requests[load.request], previous: load.key.flatMap { previous[$0] })
        }
        return (loaded, revision)
    }

    /// Row locks that exclude each other, taken in the order of the identifiers; held until the transaction ends. Not
    /// FOR UPDATE: identifiers never change. Index: `request_pkey`.
    private static func lockRequests(_ ids: [RequestID]) -> Statement {
        Statement(
            """
            SELECT id, type, configuration, version, state, last_hash, raised_at, changed_at
            FROM bureau.request WHERE id = ANY ($1::uuid[])
            ORDER BY id
            FOR NO KEY UPDATE
            """,
            ids)
    }

    /// The same columns without locks. Index: `request_pkey`.
    static func selectRequests(_ ids: [RequestID]) -> Statement {
        Statement(
            """
            SELECT id, type, configuration, version, state, last_hash, raised_at, changed_at
            FROM bureau.request WHERE id = ANY ($1::uuid[])
            """,
            ids)
    }

    /// Index: `protected_content_pkey`; a request's contents lie side by side.
    static func selectSensitiveContents(_ ids: [RequestID]) -> Statement {
        Statement(
            """
            SELECT request_id, sequence, readers, content
            FROM bureau.protected_content WHERE request_id = ANY ($1::uuid[]) AND readers <> ''
            ORDER BY request_id, sequence, readers
            """,
            ids)
    }

    static func storedRequests(_ rows: RowSet, sensitive: RowSet) throws(StorageError) -> [StoredRequest] {
        var contents: [RequestID: [ProtectedContent]] = [:]
        for (request, content) in try sensitive.decoded(protectedContent) {
            contents[request, default: []].append(content)
        }
        return try rows.decoded { (row) throws(PostgresError) in
            let id = try row.decode(at: 0, as: RequestID.self)
            return StoredRequest(
                id: id, type: try row.decode(at: 1), configuration: try row.decode(at: 2),
                version: try row.decode(at: 3), state: try row.decode(at: 4), sensitive: contents[id] ?? [],
                lastHash: try row.decode(at: 5), raisedAt: try row.decode(at: 6), changedAt: try row.decode(at: 7))
        }
    }

    /// Of the columns request_id, sequence, readers, content.
    static func protectedContent(
        _ row: Row
    ) throws(PostgresError) -> (request: RequestID, content: ProtectedContent) {
        (
            try row.decode(at: 0),
            ProtectedContent(
                sequence: try row.decode(at: 1), readers: try row.decode(at: 2), content: try row.decode(at: 3))
        )
    }

    /// Index: `idempotency_pkey`.
    static func selectAnswers(_ keys: [IdempotencyKey]) -> Statement {
        Statement(
            """
            SELECT i.principal, i.key, i.fingerprint, i.request_id, i.version
            FROM unnest($1::text[], $2::text[]) AS asked (principal, key)
            JOIN bureau.idempotency i ON i.principal = asked.principal AND i.key = asked.key
            """,
            keys.map(\.principal), keys.map(\.key))
    }

    static func answer(_ row: Row) throws(PostgresError) -> RecordedAnswer {
        RecordedAnswer(
            key: IdempotencyKey(principal: try row.decode(at: 0), key: try row.decode(at: 1)),
            fingerprint: try row.decode(at: 2), request: try row.decode(at: 3), version: try row.decode(at: 4))
    }

    static func selectRevision() -> Statement {
        Statement("SELECT revision FROM bureau.directory_state")
    }
}
