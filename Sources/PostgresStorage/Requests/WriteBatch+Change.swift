internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

extension WriteBatch {
    /// The rows are locked and their versions were compared by then; the guard stands behind that. Clocks of daemons
    /// differ: a request never goes back in time, as the next command takes its moment from here.
    ///
    /// Index: `request_pkey`. Unless the request closes, no index holds a column that is set, and the new row
    /// stays on the page when there is room.
    func updateRequests() -> Statement {
        let heads = writes.map(\.head)
        return Statement(
            """
            WITH written AS (
                UPDATE bureau.request r
                SET configuration = new.configuration, phase = new.phase, outcome = new.outcome, version = new.version,
                    state = new.state, last_hash = new.last_hash, changed_at = greatest($9, r.changed_at),
                    is_confidential = new.is_confidential
                FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::json[],
                    $8::bytea[], $10::boolean[])
                    AS new (id, previous_version, configuration, phase, outcome, version, state, last_hash,
                        is_confidential)
                WHERE r.id = new.id AND r.version = new.previous_version
                RETURNING r.id
            )
            SELECT CASE WHEN count(*) <> cardinality($1::uuid[]) THEN bureau.refuse('ZB002') END FROM written
            """,
            heads.map(\.id), writes.map(\.previousVersion), heads.map(\.configuration), heads.map(\.phase),
            heads.map(\.outcome), writes.map(\.version), writes.map { JSONColumn($0.state) },
            writes.map(\.lastHash), now, writes.map(\.isConfidential))
    }

    /// Ends the pipeline with ZB003 unless every timer was there with that deadline. Index: `timer_pkey`.
    func consumeTimers() -> Statement? {
        let rows = writes.compactMap { write in
            if case .timer(let instance, let due) = write.consumed { (write.head.id, instance, due) } else { nil }
        }
        guard !rows.isEmpty else { return nil }
        return Statement(
            """
            WITH gone AS (
                DELETE FROM bureau.timer t
                USING unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS old (request_id, instance, due)
                WHERE t.request_id = old.request_id AND t.instance = old.instance AND t.due = old.due
                RETURNING t.request_id
            )
            SELECT CASE WHEN count(*) <> cardinality($1::uuid[]) THEN bureau.refuse('ZB003') END FROM gone
            """,
            rows.map(\.0), rows.map(\.1), rows.map(\.2))
    }

    /// Ends the pipeline with ZB003 unless every message was there. A second delivery waits here for the first one's
    /// row lock and then finds it gone. Index: `outbox_pkey`.
    func consumeMessages() -> Statement? {
        let ids = writes.compactMap { write in
            if case .message(let id) = write.consumed { id } else { nil }
        }
        guard !ids.isEmpty else { return nil }
        return Statement(
            """
            WITH gone AS (
                DELETE FROM bureau.outbox WHERE id = ANY ($1::uuid[]) RETURNING id
            )
            SELECT CASE WHEN count(*) <> cardinality($1::uuid[]) THEN bureau.refuse('ZB003') END FROM gone
            """,
            ids.sorted())
    }

    /// Index: `work_item_pkey`.
    func deleteWorkItems() -> Statement? {
        let rows = rows(\.withdrawals)
        guard !rows.isEmpty else { return nil }
        return Statement(
            """
            DELETE FROM bureau.work_item w
            USING unnest($1::uuid[], $2::text[]) AS old (request_id, instance)
            WHERE w.request_id = old.request_id AND w.instance = old.instance
            """,
            rows.map(\.request), rows.map(\.row))
    }

    /// The offers of items that are withdrawn or replaced. Index: `work_offer_pkey`.
    func deleteWorkOffers() -> Statement? {
        let rows = rows { $0.withdrawals + $0.offers.map(\.instance) }
        guard !rows.isEmpty else { return nil }
        return Statement(
            """
            DELETE FROM bureau.work_offer o
            USING unnest($1::uuid[], $2::text[]) AS old (request_id, instance)
            WHERE o.request_id = old.request_id AND o.instance = old.instance
            """,
            rows.map(\.request), rows.map(\.row))
    }

    /// Index: `timer_pkey`.
    func deleteTimers() -> Statement? {
        let rows = latest(\.timers, instance: \.instance).filter { $0.row.due == nil }
        guard !rows.isEmpty else { return nil }
        return Statement(
            """
            DELETE FROM bureau.timer t
            USING unnest($1::uuid[], $2::text[]) AS old (request_id, instance)
            WHERE t.request_id = old.request_id AND t.instance = old.instance
            """,
            rows.map(\.request), rows.map(\.row.instance))
    }

    /// Those whom a restriction shuts out. Index: `request_viewer_pkey`.
    func deleteViewers() -> Statement? {
        let rows = rows(\.removedViewers)
        guard !rows.isEmpty else { return nil }
        return Statement(
            """
            DELETE FROM bureau.request_viewer v
            USING unnest($1::text[], $2::uuid[]) AS old (party, request_id)
            WHERE v.party = old.party AND v.request_id = old.request_id
            """,
            rows.map(\.row), rows.map(\.request))
    }

    /// Those whom a request is not about any more. Index: `request_hidden_pkey`.
    func deleteHidden() -> Statement? {
        let rows = rows(\.removedHidden)
        guard !rows.isEmpty else { return nil }
        return Statement(
            """
            DELETE FROM bureau.request_hidden h
            USING unnest($1::uuid[], $2::uuid[]) AS old (person, request_id)
            WHERE h.person = old.person AND h.request_id = old.request_id
            """,
            rows.map(\.row), rows.map(\.request))
    }

    /// Index: `event_wait_pkey`.
    func deleteWaits() -> Statement? {
        let rows = latest(\.waits, instance: \.instance).filter { $0.row.awaited == nil }
        guard !rows.isEmpty else { return nil }
        return Statement(
            """
            DELETE FROM bureau.event_wait w
            USING unnest($1::uuid[], $2::text[]) AS old (request_id, instance)
            WHERE w.request_id = old.request_id AND w.instance = old.instance
            """,
            rows.map(\.request), rows.map(\.row.instance))
    }
}
