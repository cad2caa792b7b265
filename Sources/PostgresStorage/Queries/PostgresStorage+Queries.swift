internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: QueryStorage {
    package func request(_ id: RequestID, for asker: Asker) async throws(StorageError) -> StoredRequest? {
        try await requests([id], for: asker).first
    }

    package func requests(_ ids: [RequestID], for asker: Asker) async throws(StorageError) -> [StoredRequest] {
        guard !ids.isEmpty else { return [] }
        let answers = try await seeTogether([Self.selectRequests(ids), Self.selectSensitiveContents(ids)], as: asker)
        return try Self.storedRequests(answers[0], sensitive: answers[1])
    }

    package func requestID(number: String, for asker: Asker) async throws(StorageError) -> RequestID? {
        try await see(Self.selectID(number: number), as: asker).decoded(Self.requestID).first
    }

    package func requests(_ query: RequestQuery) async throws(StorageError) -> [RequestRow] {
        try await see(
            Statement(RequestListSQL.text, parameters: RequestListSQL.parameters(query)), as: query.asker
        ).decoded { (row) throws(PostgresError) in try RequestRow(row) }
    }

    package func inbox(_ query: InboxQuery) async throws(StorageError) -> [InboxRow] {
        try await see(Statement(InboxSQL.text, parameters: InboxSQL.parameters(query)), as: query.asker)
            .decoded(InboxSQL.decode)
    }

    package func events(
        of request: RequestID, after sequence: Int, limit: Int, for asker: Asker
    ) async throws(StorageError) -> [StoredEvent] {
        let statements = Self.selectEvents(of: request, after: sequence, limit: limit)
        let answers = try await seeTogether(statements, as: asker)
        return try Self.storedEvents(answers[0], contents: answers[1])
    }

    package func ping() async throws(StorageError) {
        _ = try await run(Statement("SELECT 1"))
    }
}

/// As `bureau_write`, in one snapshot, so that what is read belongs together.
extension PostgresStorage: JournalStorage {
    package func request(_ id: RequestID) async throws(StorageError) -> StoredRequest? {
        try await requests([id]).first
    }

    package func requests(_ ids: [RequestID]) async throws(StorageError) -> [StoredRequest] {
        guard !ids.isEmpty else { return [] }
        let answers = try await Self.snapshot(
            [Self.selectRequests(ids), Self.selectSensitiveContents(ids)], in: pool)
        return try Self.storedRequests(answers[0], sensitive: answers[1])
    }

    package func requestID(number: String) async throws(StorageError) -> RequestID? {
        try await run(Self.selectID(number: number)).decoded(Self.requestID).first
    }

    /// Not for `bureau_read`: what follows from a receipt is for nobody else. Index: `receipt_pkey`.
    package func requestID(receipt digest: [UInt8]) async throws(StorageError) -> RequestID? {
        try await run(Statement("SELECT request_id FROM bureau.receipt WHERE digest = $1", digest))
            .decoded(Self.requestID).first
    }

    package func events(
        of request: RequestID, after sequence: Int, limit: Int
    ) async throws(StorageError) -> [StoredEvent] {
        let statements = Self.selectEvents(of: request, after: sequence, limit: limit)
        let answers = try await Self.snapshot(statements, in: pool)
        return try Self.storedEvents(answers[0], contents: answers[1])
    }
}

extension PostgresStorage {
    /// Index: `request_number_key`.
    private static func selectID(number: String) -> Statement {
        Statement("SELECT id FROM bureau.request WHERE number = upper($1)", number)
    }

    private static func requestID(_ row: Row) throws(PostgresError) -> RequestID {
        try row.decode(at: 0)
    }

    /// Events, then what was entered with them. Numbers have no gaps, so the limit is a range of them. Index: `event_pkey`,
    /// `protected_content_pkey`.
    private static func selectEvents(of request: RequestID, after sequence: Int, limit: Int) -> [Statement] {
        let (end, overflow) = sequence.addingReportingOverflow(max(0, limit))
        let last = overflow ? Int.max : end
        return [
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
        ]
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
}
