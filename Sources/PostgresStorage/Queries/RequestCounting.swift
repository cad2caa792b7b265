internal import PostgresClient
package import ServiceDesk
internal import WorkflowCore

/// How much there is for somebody, behind the wall like everything else.
enum CountSQL {
    /// Index: `request_requester`, `request_beneficiary`.
    static let mine: SQL = """
        SELECT (SELECT count(*) FROM bureau.request WHERE requester = $1 AND phase = 'open')
            + (SELECT count(*) FROM bureau.request
               WHERE beneficiary = $1 AND beneficiary <> requester AND phase = 'open')
        """

    /// What is offered to me and nobody has claimed, and what I have claimed. Index: `work_offer_inbox`,
    /// `work_item_pkey`, `work_item_assignee`.
    static let waiting: SQL = """
        SELECT kind, count(*) FROM (
            SELECT i.request_id, i.instance, i.kind
            FROM bureau.work_offer o
            JOIN bureau.work_item i ON i.request_id = o.request_id AND i.instance = o.instance
            WHERE o.party = ANY ($2::text[]) AND i.assignee IS NULL
            UNION
            SELECT request_id, instance, kind FROM bureau.work_item WHERE assignee = $1
        ) AS found
        GROUP BY kind
        """

    /// Index: `request_department_open`.
    static let open: SQL = """
        SELECT r.department, count(*)
        FROM unnest($1::text[]) AS mine (department)
        JOIN bureau.request r ON r.department = mine.department AND r.phase = 'open'
        GROUP BY r.department
        """

    static func statements(_ asker: Asker) -> [Statement] {
        [
            Statement(mine, asker.person), Statement(waiting, asker.person, asker.parties),
            Statement(open, asker.readerOf),
        ]
    }
}

extension PostgresStorage {
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
