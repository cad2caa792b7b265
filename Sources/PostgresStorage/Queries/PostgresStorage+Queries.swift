internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: QueryStorage {
    package func request(_ id: RequestID) async throws(StorageError) -> StoredRequest? {
        try await requests([id]).first
    }

    /// State and sensitive contents are not for `bureau_read`: as `bureau_write`, in one snapshot, so that they belong
    /// together.
    package func requests(_ ids: [RequestID]) async throws(StorageError) -> [StoredRequest] {
        guard !ids.isEmpty else { return [] }
        let answers = try await snapshot([Self.selectRequests(ids), Self.selectSensitiveContents(ids)])
        return try Self.storedRequests(answers[0], sensitive: answers[1])
    }

    /// Index: `request_number_key`.
    package func requestID(number: String) async throws(StorageError) -> RequestID? {
        try await list(Statement("SELECT id FROM bureau.request WHERE number = upper($1)", number))
            .decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: RequestID.self) }.first
    }

    /// Not for `bureau_read`: what follows from a receipt is for nobody else. Index: `receipt_pkey`.
    package func requestID(receipt digest: [UInt8]) async throws(StorageError) -> RequestID? {
        try await run(Statement("SELECT request_id FROM bureau.receipt WHERE digest = $1", digest))
            .decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: RequestID.self) }.first
    }

    package func requests(_ query: RequestQuery) async throws(StorageError) -> [RequestRow] {
        let answers: [RowSet]
        do {
            answers = try await readPool.pipeline([
                RequestListSQL.planAnew(), Statement(RequestListSQL.text, parameters: RequestListSQL.parameters(query)),
            ])
        } catch {
            throw StorageError(error)
        }
        return try answers[1].decoded { (row) throws(PostgresError) in try RequestRow(row) }
    }

    package func inbox(_ query: InboxQuery) async throws(StorageError) -> [InboxRow] {
        try await list(Statement(InboxSQL.text, parameters: InboxSQL.parameters(query))).decoded(InboxSQL.decode)
    }

    /// Numbers have no gaps, so the limit is a range of them. Index: `event_pkey`, `protected_content_pkey`.
    package func events(
        of request: RequestID, after sequence: Int, limit: Int
    ) async throws(StorageError) -> [StoredEvent] {
        let (end, overflow) = sequence.addingReportingOverflow(max(0, limit))
        let last = overflow ? Int.max : end
        let answers = try await snapshot([
            Statement(
                """
                SELECT sequence, at, kind, format, configuration, principal, data, hash
                FROM bureau.event WHERE request_id = $1 AND sequence > $2 AND sequence <= $3
                ORDER BY sequence
                """,
                request, sequence, last),
            Statement(
                """
                SELECT request_id, sequence, readers, content
                FROM bureau.protected_content WHERE request_id = $1 AND sequence > $2 AND sequence <= $3
                ORDER BY sequence, readers
                """,
                request, sequence, last),
        ])
        return try Self.storedEvents(answers[0], contents: answers[1])
    }

    /// All of a journal with its contents; two statements for `storedEvents`. Index: `event_pkey`, `protected_content_pkey`.
    static func selectJournal(of request: RequestID) -> [Statement] {
        [
            Statement(
                """
                SELECT sequence, at, kind, format, configuration, principal, data, hash
                FROM bureau.event WHERE request_id = $1 ORDER BY sequence
                """,
                request),
            Statement(
                """
                SELECT request_id, sequence, readers, content
                FROM bureau.protected_content WHERE request_id = $1 ORDER BY sequence, readers
                """,
                request),
        ]
    }

    static func storedEvents(_ rows: RowSet, contents: RowSet) throws(StorageError) -> [StoredEvent] {
        let contents = Dictionary(
            grouping: try contents.decoded(protectedContent).map(\.content), by: \.sequence)
        return try rows.decoded { (row) throws(PostgresError) in
            let entry = JournalEntry(
                sequence: try row.decode(at: 0), at: try row.decode(at: 1), kind: try row.decode(at: 2),
                format: try row.decode(at: 3), configuration: try row.decode(at: 4), principal: try row.decode(at: 5),
                data: try row.decode(at: 6), hash: try row.decode(at: 7))
            return StoredEvent(entry: entry, contents: contents[entry.sequence] ?? [])
        }
    }

    package func ping() async throws(StorageError) {
        _ = try await run(Statement("SELECT 1"))
    }

    /// Reads with one snapshot for all statements, in one round trip.
    private func snapshot(_ statements: [Statement]) async throws(StorageError) -> [RowSet] {
        do {
            return try await pool.withTransaction(isolation: .readOnlySnapshot) { transaction in
                try await transaction.commit(with: statements)
            }
        } catch let error as PostgresError {
            throw StorageError(error)
        } catch {
            throw .defect("A read ended unexpectedly: \(error)")
        }
    }
}
