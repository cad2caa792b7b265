package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

// Claiming locks the rows only for the moment of the statement and passes over those that somebody else is claiming or
// consuming: workers never wait for each other. What holds a claim is `available_at`, moved to the end of the lease.
extension PostgresStorage: WorkerStorage {
    /// Index: `timer_available`. The CTE is materialised so that its LIMIT holds, whatever join the planner picks.
    package func claimTimers(
        dueAt now: Instant, limit: Int, leaseUntil leaseEnd: Instant
    ) async throws(StorageError) -> [DueTimer] {
        try await run(
            Statement(
                """
                WITH claimed AS MATERIALIZED (
                    SELECT request_id, instance FROM bureau.timer
                    WHERE available_at <= $1
                    ORDER BY available_at LIMIT $2
                    FOR UPDATE SKIP LOCKED
                )
                UPDATE bureau.timer t SET available_at = $3
                FROM claimed c WHERE t.request_id = c.request_id AND t.instance = c.instance
                RETURNING t.request_id, t.instance, t.due
                """,
                now, limit, leaseEnd)
        ).decoded { (row) throws(PostgresError) in
            DueTimer(request: try row.decode(at: 0), instance: try row.decode(at: 1), due: try row.decode(at: 2))
        }.sorted { ($0.due, $0.request, $0.instance) < ($1.due, $1.request, $1.instance) }
    }

    /// Kinds that this program does not know are left to a newer one. Two orders hold, whoever delivers and whatever fails:
    /// a child's reports reach its parent one after the other, and a child is not told anything while it may still be
    /// about to be raised, for it would not hear it.
    ///
    /// Indexes: `outbox_available`, and `outbox_order` once for each report and cancellation.
    package func claimMessages(
        _ kinds: [OutboxMessage.Kind], at now: Instant, limit: Int, leaseUntil leaseEnd: Instant
    ) async throws(StorageError) -> [ClaimedMessage] {
        try await run(
            Statement(
                """
                WITH claimed AS MATERIALIZED (
                    SELECT id FROM bureau.outbox o
                    WHERE available_at <= $1 AND kind = ANY ($4::text[])
                        AND CASE kind
                            WHEN 'reportToParent' THEN NOT EXISTS (
                                SELECT FROM bureau.outbox earlier
                                WHERE earlier.origin = o.origin AND earlier.kind = 'reportToParent'
                                    AND earlier.id < o.id)
                            ELSE kind NOT IN ('cancelChild', 'amendChild') OR NOT EXISTS (
                                SELECT FROM bureau.outbox order_
                                WHERE order_.origin = o.origin AND order_.kind = 'raiseChild')
                            END
                    ORDER BY available_at, id LIMIT $2
                    FOR UPDATE SKIP LOCKED
                )
                UPDATE bureau.outbox o SET available_at = $3, is_claimed = true, attempts = o.attempts + 1
                FROM claimed c WHERE o.id = c.id
                RETURNING o.id, o.origin, o.kind, o.payload, o.attempts
                """,
                now, limit, leaseEnd, kinds)
        ).decoded { (row) throws(PostgresError) in
            let message = OutboxMessage(
                id: try row.decode(at: 0), origin: try row.decode(at: 1), kind: try row.decode(at: 2),
                payload: try row.decode(at: 3))
            return ClaimedMessage(message: message, attempts: try row.decode(at: 4))
        }.sorted { $0.message.id < $1.message.id }
    }

    /// Only that deadline: one set meanwhile stays. Index: `timer_pkey`.
    package func drop(_ timer: DueTimer) async throws(StorageError) {
        _ = try await run(
            Statement(
                "DELETE FROM bureau.timer WHERE request_id = $1 AND instance = $2 AND due = $3",
                timer.request, timer.instance, timer.due))
    }

    /// Index: `outbox_pkey`.
    package func drop(messages: [UniqueID]) async throws(StorageError) {
        guard !messages.isEmpty else { return }
        _ = try await run(Statement("DELETE FROM bureau.outbox WHERE id = ANY ($1::uuid[])", messages.sorted()))
    }

    /// Index: `outbox_pkey`.
    package func postpone(_ message: UniqueID, until: Instant) async throws(StorageError) {
        _ = try await run(
            Statement(
                "UPDATE bureau.outbox SET available_at = $2, is_claimed = false WHERE id = $1", message, until))
    }

    /// Index: `outbox_pkey`.
    package func hasten(_ message: UniqueID, to now: Instant) async throws(StorageError) {
        _ = try await run(
            Statement(
                """
                UPDATE bureau.outbox SET available_at = $2
                WHERE id = $1 AND NOT is_claimed AND available_at > $2
                """,
                message, now))
    }

    /// Index: `outbox_pkey`.
    package func extendLease(
        of message: UniqueID, from leaseEnd: Instant, to newEnd: Instant
    ) async throws(StorageError) -> Bool {
        try await run(
            Statement(
                "UPDATE bureau.outbox SET available_at = $3 WHERE id = $1 AND is_claimed AND available_at = $2",
                message, leaseEnd, newEnd)
        ).affectedRows == 1
    }

    /// Reads one entry from each end: `timer_available`, `outbox_available`.
    package func nextWake() async throws(StorageError) -> Instant? {
        try await run(
            Statement(
                """
                SELECT least(
                    (SELECT min(available_at) FROM bureau.timer), (SELECT min(available_at) FROM bureau.outbox))
                """)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: Instant?.self) }.first ?? nil
    }
}
