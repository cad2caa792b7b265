internal import PostgresClient
package import ServiceDesk
internal import WorkflowCore

/// How much there is for somebody, behind the wall like everything else. The lateral joins with `OFFSET 0` keep the
/// planner from reading all work and all requests once, and asking the policies about each.
enum CountSQL {
    /// Index: `request_requester`, `request_beneficiary`.
    static let mine: SQL = """
        SELECT (SELECT count(*) FROM bureau.request WHERE requester = $1 AND phase = 'open')
            + (SELECT count(*) FROM bureau.request
               WHERE beneficiary = $1 AND beneficiary <> requester AND phase = 'open')
        """

    /// What is offered to me and nobody has claimed, and what I have claimed. In an order, so that the index in that order
    /// is read and not the whole of another. Index: `work_offer_inbox`,
    /// `work_item_pkey`, `work_item_assignee`.
    static let waiting: SQL = """
        SELECT kind, count(*) FROM (
            SELECT offered.request_id, offered.instance, item.kind
            FROM unnest($2::text[]) AS mine (party)
            CROSS JOIN LATERAL (
                SELECT o.request_id, o.instance FROM bureau.work_offer o WHERE o.party = mine.party
                ORDER BY o.due OFFSET 0) AS offered
            CROSS JOIN LATERAL (
                SELECT i.kind FROM bureau.work_item i
                WHERE i.request_id = offered.request_id AND i.instance = offered.instance AND i.assignee IS NULL
                OFFSET 0) AS item
            UNION
            SELECT request_id, instance, kind FROM bureau.work_item WHERE assignee = $1
        ) AS found
        GROUP BY kind
        """

    /// What waits, but of each party no more than so many: what many share is as much as anybody wants to know. Distinct, because
    /// several of my parties may be offered the same. Index: `work_offer_inbox`, `work_item_pkey`, `work_item_assignee`.
    static let glance: SQL = """
        SELECT count(*) FROM (
            SELECT offered.request_id, offered.instance
            FROM unnest($2::text[]) AS mine (party)
            CROSS JOIN LATERAL (
                SELECT o.request_id, o.instance FROM bureau.work_offer o
                CROSS JOIN LATERAL (
                    SELECT FROM bureau.work_item i
                    WHERE i.request_id = o.request_id AND i.instance = o.instance AND i.assignee IS NULL
                    OFFSET 0) AS item
                WHERE o.party = mine.party
                ORDER BY o.due LIMIT $3) AS offered
            UNION
            SELECT request_id, instance FROM bureau.work_item WHERE assignee = $1
        ) AS found
        """

    /// Each kind has an index of its own. Index: `request_department_open`, `request_confidential_open`.
    static let open: SQL = """
        SELECT mine.department, served.number + shown.number
        FROM unnest($1::text[]) AS mine (department)
        CROSS JOIN LATERAL (
            SELECT count(*) AS number FROM bureau.request r
            WHERE r.department = mine.department AND r.phase = 'open' AND NOT r.is_confidential OFFSET 0) AS served
        CROSS JOIN LATERAL (
            SELECT count(*) AS number FROM bureau.request r
            WHERE r.department = mine.department AND r.phase = 'open' AND r.is_confidential OFFSET 0) AS shown
        WHERE served.number + shown.number > 0
        """

    static func statements(_ asker: Asker) -> [Statement] {
        [
            Statement(mine, asker.person), Statement(waiting, asker.person, asker.parties),
            Statement(open, asker.readerOf),
        ]
    }
}

extension PostgresStorage {
    package func glance(for asker: Asker, upTo limit: Int) async throws(StorageError) -> (mine: Int, waiting: Int) {
        let answers = try await seeTogether(
            [
                Statement(CountSQL.mine, asker.person),
                Statement(CountSQL.glance, asker.person, asker.parties, Int64(limit)),
            ], as: asker)
        func count(_ rows: RowSet) throws(StorageError) -> Int {
            try rows.decoded { (row) throws(PostgresError) in Int(try row.decode(at: 0, as: Int64.self)) }.first ?? 0
        }
        return (try count(answers[0]), try count(answers[1]))
    }

    package func counts(for asker: Asker) async throws(StorageError) -> RequestCounts {
        let answers = try await seeTogether(CountSQL.statements(asker), as: asker)
        var counts = RequestCounts()
        counts.mine = Int(
            try answers[0].decoded { (row) throws(PostgresError) in
                try row.decode(at: 0, as: Int64.self)
            }.first ?? 0)
        for (kind, count) in try answers[1].decoded({ (row) throws(PostgresError) in
            (try row.decode(at: 0, as: WorkItem.Kind.self), try row.decode(at: 1, as: Int64.self))
        }) {
            counts.waiting[kind] = Int(count)
        }
        for (department, count) in try answers[2].decoded({ (row) throws(PostgresError) in
            (try row.decode(at: 0, as: DepartmentID.self), try row.decode(at: 1, as: Int64.self))
        }) {
            counts.open[department] = Int(count)
        }
        return counts
    }
}
