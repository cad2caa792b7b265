internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: OpenWorkStorage {
    /// Jumps from party to party. Index: `work_offer_inbox`.
    package func partiesWithWork() async throws(StorageError) -> [Party] {
        try await run(
            Statement(
                """
                WITH RECURSIVE found AS (
                    (SELECT party FROM bureau.work_offer ORDER BY party LIMIT 1)
                    UNION ALL
                    SELECT (SELECT o.party FROM bureau.work_offer o WHERE o.party > f.party ORDER BY o.party LIMIT 1)
                    FROM found f WHERE f.party IS NOT NULL
                )
                SELECT party FROM found WHERE party IS NOT NULL
                """)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: Party.self) }
    }

    /// Index: `work_offer_inbox`, `work_item_assignee`, `request_pkey`.
    package func requestsWaiting(
        for absentees: [Directory.Absentee], limit: Int
    ) async throws(StorageError) -> [RequestID] {
        try await run(
            Statement(
                """
                SELECT DISTINCT r.id FROM (
                    SELECT o.request_id, a.department
                    FROM unnest($1::uuid[], $2::text[], $3::text[]) AS a (person, party, department)
                    JOIN bureau.work_offer o ON o.party = a.party
                    JOIN bureau.work_item i ON i.request_id = o.request_id AND i.instance = o.instance
                    WHERE i.assignee IS NULL OR i.assignee = a.person
                    UNION ALL
                    SELECT i.request_id, a.department
                    FROM unnest($1::uuid[], $3::text[]) AS a (person, department)
                    JOIN bureau.work_item i ON i.assignee = a.person
                ) AS found
                JOIN bureau.request r ON r.id = found.request_id
                    AND (found.department IS NULL OR found.department = r.department) AND NOT r.is_confidential
                ORDER BY r.id DESC LIMIT $4
                """,
                absentees.map(\.person), absentees.map { Party.person($0.person) }, absentees.map(\.department),
                Int64(limit))
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: RequestID.self) }
    }

    /// Jumps from person to person. Index: `work_item_assignee`.
    package func assignees() async throws(StorageError) -> [PersonID] {
        try await run(
            Statement(
                """
                WITH RECURSIVE found AS (
                    (SELECT assignee FROM bureau.work_item WHERE assignee IS NOT NULL ORDER BY assignee LIMIT 1)
                    UNION ALL
                    SELECT (SELECT i.assignee FROM bureau.work_item i WHERE i.assignee > f.assignee
                            ORDER BY i.assignee LIMIT 1)
                    FROM found f WHERE f.assignee IS NOT NULL
                )
                SELECT assignee FROM found WHERE assignee IS NOT NULL
                """)
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: PersonID.self) }
    }

    /// Without locks: what changes meanwhile is found out under the lock of each request. Index: `work_offer_inbox`; the second part
    /// reads all work that somebody has, a hash of the memberships beside it, the third all open approvals.
    package func requestsWithWork(
        offeredTo parties: [Party], orTakenOutside memberships: [(person: PersonID, party: Party)],
        after: RequestID?, limit: Int
    ) async throws(StorageError) -> [RequestID] {
        try await run(
            Statement(
                """
                SELECT request_id FROM (
                    SELECT o.request_id FROM bureau.work_offer o WHERE o.party = ANY ($1::text[]) AND o.request_id > $4
                    UNION
                    SELECT i.request_id FROM bureau.work_item i
                    WHERE i.assignee IS NOT NULL AND i.request_id > $4 AND NOT EXISTS (
                        SELECT FROM bureau.work_offer o
                        JOIN unnest($2::uuid[], $3::text[]) AS m (person, party) ON m.party = o.party
                        WHERE o.request_id = i.request_id AND o.instance = i.instance AND m.person = i.assignee)
                    UNION
                    SELECT i.request_id FROM bureau.work_item i
                    JOIN bureau.request r ON r.id = i.request_id AND r.is_confidential
                    WHERE i.kind = 'approval' AND i.request_id > $4
                ) AS found
                ORDER BY request_id LIMIT $5
                """,
                parties, memberships.map(\.person), memberships.map(\.party),
                after ?? RequestID(UniqueID(high: 0, low: 0)), Int64(limit))
        ).decoded { (row) throws(PostgresError) in try row.decode(at: 0, as: RequestID.self) }
    }
}
