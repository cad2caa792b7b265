package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: EventStorage {
    /// The update changes nothing: it lets the row be returned whoever wrote it. Index: `outside_event_once`.
    package func keep(_ event: AddressedEvent) async throws(StorageError) -> KeptAddressedEvent {
        let kept = try await run(
            Statement(
                """
                INSERT INTO bureau.outside_event (id, principal, idempotency_key, fingerprint, event, key, departments,
                    teller, parties, types, payload, received_at, expires_at, is_dispatched)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, false)
                ON CONFLICT (principal, idempotency_key) DO UPDATE SET principal = excluded.principal
                RETURNING id, fingerprint, expires_at, is_dispatched
                """,
                event.id, event.key.principal, event.key.key, event.fingerprint, event.awaited.event,
                event.awaited.key, event.departments, event.teller.person, event.teller.parties, event.teller.types,
                JSONColumn(event.payload), event.receivedAt, event.expiresAt)
        ).decoded { (row) throws(PostgresError) in
            KeptAddressedEvent(
                id: try row.decode(at: 0), fingerprint: try row.decode(at: 1), expiresAt: try row.decode(at: 2),
                isDispatched: try row.decode(at: 3))
        }
        guard let first = kept.first else { throw .defect("An event was not kept.") }
        return first
    }

    /// An event and a wait that arrive at the same moment do not miss each other: each is stored before this looks for the other. The
    /// lock on the event makes one of two that look at the same time wait, and then find it dispatched.
    ///
    /// Who tells it reaches nothing by it that is confidential, restricted or kept from them.
    ///
    /// Indexes: `outside_event_kept`, `event_wait_key`, `request_pkey`, `request_viewer_pkey`, `request_hidden_pkey`.
    package func dispatchEvents(
        _ awaited: AwaitedEvent, at now: Instant
    ) async throws(StorageError) -> [RequestID] {
        try await run(
            Statement(
                """
                WITH kept AS MATERIALIZED (
                    SELECT id, departments, teller, parties, types, payload, received_at FROM bureau.outside_event
                    WHERE key = $2 AND event = $1 AND NOT is_dispatched AND expires_at > $3
                    ORDER BY received_at, id
                    FOR UPDATE
                ), taken AS (
                    SELECT DISTINCT k.id, w.request_id, k.payload::text AS payload
                    FROM kept k
                    JOIN bureau.event_wait w ON w.key = $2 AND w.event = $1
                    JOIN bureau.request r ON r.id = w.request_id
                    WHERE r.department = ANY (k.departments)
                        AND (NOT r.is_confidential OR r.type = ANY (k.types)
                            OR EXISTS (SELECT FROM bureau.request_viewer v
                                WHERE v.request_id = r.id AND v.party = ANY (k.parties)))
                        AND NOT EXISTS (SELECT FROM bureau.request_hidden h
                            WHERE h.person = k.teller AND h.request_id = r.id)
                ), marked AS (
                    UPDATE bureau.outside_event e SET is_dispatched = true
                    WHERE e.id IN (SELECT id FROM taken)
                ), sent AS (
                    INSERT INTO bureau.outbox (id, origin, kind, payload, available_at)
                    SELECT gen_random_uuid(), request_id, 'deliverEvent', payload::json, $3 FROM taken
                )
                SELECT DISTINCT request_id FROM taken ORDER BY request_id
                """,
                awaited.event, awaited.key, now)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: RequestID.self) }
    }

    /// Index: `outside_event_expires`.
    @discardableResult
    package func purgeEvents(before limit: Instant) async throws(StorageError) -> Int {
        try await run(Statement("DELETE FROM bureau.outside_event WHERE expires_at < $1", limit)).affectedRows
    }
}
