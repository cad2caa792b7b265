package import Expressions
internal import PostgresClient
package import ServiceDesk
internal import WorkflowCore

extension PostgresStorage: RequestStorage {
    /// One pipeline with one sync: an implicit transaction in one round trip.
    package func create(
        _ writes: [RequestWrite], directoryRevision: Int64, at now: Instant
    ) async throws(StorageError) {
        guard !writes.isEmpty else { return }
        guard writes.allSatisfy({ $0.previousVersion == 0 && !$0.journal.isEmpty }) else {
            throw .defect("A request that is created begins with its first event.")
        }
        let batch = WriteBatch(writes, at: now)
        do {
            try await pool.pipeline([WriteBatch.requireDirectory(revision: directoryRevision)] + batch.creation)
        } catch {
            throw StorageError(error, commits: true)
        }
    }

    /// READ COMMITTED: every statement after the locks sees what the holders of the locks before us committed.
    package func change(
        _ loads: [CommandLoad], at now: Instant,
        decide: @Sendable ([LoadedRequest], _ directoryRevision: Int64) throws(StorageError) -> [RequestWrite?]
    ) async throws(StorageError) {
        guard !loads.isEmpty else { return }
        do {
            try await pool.withTransaction { transaction in
                let (loaded, revision) = try await Self.load(loads, in: transaction)
                let writes = try Self.check(try decide(loaded, revision), against: loaded)
                guard !writes.isEmpty else { throw NothingToWrite() }
                try await transaction.store(WriteBatch(writes, at: now).change)
            }
        } catch let error as StorageError {
            throw error
        } catch let error as PostgresError {
            throw StorageError(error)
        } catch is NothingToWrite {
            return
        } catch {
            throw .defect("A change ended unexpectedly: \(error)")
        }
    }

    /// Ends a transaction by rolling it back.
    private struct NothingToWrite: Error {}

    /// The writes, when each continues what was loaded for it.
    private static func check(
        _ writes: [RequestWrite?], against loaded: [LoadedRequest]
    ) throws(StorageError) -> [RequestWrite] {
        guard writes.count == loaded.count else { throw .defect("Every command has one decision.") }
        for (write, loaded) in zip(writes, loaded) {
            guard let write else { continue }
            guard let stored = loaded.stored, stored.id == write.head.id, stored.version == write.previousVersion else {
                throw .stale(.request(write.head.id))
            }
            guard !write.journal.isEmpty else { throw .defect("A change has at least one event.") }
        }
        return writes.compactMap { $0 }
    }

    package func answer(to key: IdempotencyKey) async throws(StorageError) -> RecordedAnswer? {
        try await run(Self.selectAnswers([key])).decoded(Self.answer).first
    }

    /// Locks the prefix's row for the moment of the statement; the first number is 1.
    package func reserveNumbers(prefix: String, count: Int) async throws(StorageError) -> Range<Int64> {
        guard count > 0 else { throw .defect("A block of numbers has at least one.") }
        let next = try await run(
            Statement(
                """
                INSERT INTO bureau.number_block (prefix, next) VALUES ($1, $2 + 1)
                ON CONFLICT (prefix) DO UPDATE SET next = number_block.next + $2
                RETURNING next
                """,
                prefix, count)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: Int64.self) }
        guard let end = next.first else { throw .defect("A block of numbers was not reserved.") }
        return end - Int64(count)..<end
    }

    /// Forgets what idempotency keys older than `limit` were used for; how many. In portions: what has gathered in a
    /// long pause could take longer than a statement may, and then none of it would ever go.
    @discardableResult
    package func purgeAnswers(before limit: Instant) async throws(StorageError) -> Int {
        try await purgeAnswers(before: limit, portion: 50_000)
    }

    /// Index: `idempotency_at`, then by place: rows are never updated, so each stays at its own.
    func purgeAnswers(before limit: Instant, portion: Int) async throws(StorageError) -> Int {
        var count = 0
        while true {
            let deleted = try await run(
                Statement(
                    """
                    DELETE FROM bureau.idempotency WHERE ctid = ANY (
                        ARRAY(SELECT ctid FROM bureau.idempotency WHERE at < $1 LIMIT $2))
                    """,
                    limit, portion)
            ).affectedRows
            count += deleted
            if deleted < portion { return count }
        }
    }
}
