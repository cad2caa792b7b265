internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

/// The list of requests that somebody may see, a page at a time, the newest first.
///
/// The policy on `request` (migration `wall`) says who sees what; here stand the ways to find it. Each way reads one page
/// from its own index, which is in the order of the list already, and the pages are merged: mine (`request_requester`),
/// for me (`request_beneficiary`), where work waits for somebody for whom I stand in (`request_pkey`, for what
/// `standingIn` names), seen by one of my parties (`request_viewer_pkey`), or of a department whose agent I am or that I
/// lead (`request_department`, or `request_department_open` when open ones are asked for: only a branch of their own can
/// use it in a plan for all parameters, and one for these parameters takes five times as long to make as to carry out).
/// Whoever gives people another
/// way to see a request adds a branch here, or lists miss it. The lateral joins are what keeps the order:
/// `party = ANY (…)` would read everything that a large team has ever seen. The viewers' branch looks at requests only
/// for a filter, so that the policy is asked about the rows of the page and not about those that the merge leaves out;
/// `OFFSET 0` keeps the planner from reading all requests into a hash instead.
enum RequestListSQL {
    static let text: SQL = """
        WITH page AS (
            (SELECT r.id FROM bureau.request r
             WHERE r.requester = $1 AND r.id < $4
                AND ($5::text IS NULL OR r.phase = $5) AND ($6::text IS NULL OR r.type = $6)
                AND ($7::text IS NULL OR r.department = $7)
             ORDER BY r.id DESC LIMIT $8)
            UNION
            (SELECT r.id FROM bureau.request r
             WHERE r.beneficiary = $1 AND r.beneficiary <> r.requester AND r.id < $4
                AND ($5::text IS NULL OR r.phase = $5) AND ($6::text IS NULL OR r.type = $6)
                AND ($7::text IS NULL OR r.department = $7)
             ORDER BY r.id DESC LIMIT $8)
            UNION
            (SELECT r.id FROM bureau.request r
             WHERE r.id = ANY ($9::uuid[]) AND r.id < $4
                AND ($5::text IS NULL OR r.phase = $5) AND ($6::text IS NULL OR r.type = $6)
                AND ($7::text IS NULL OR r.department = $7)
             ORDER BY r.id DESC LIMIT $8)
            UNION
            SELECT seen.id FROM unnest($2::text[]) AS mine (party)
            CROSS JOIN LATERAL (
                SELECT v.request_id AS id FROM bureau.request_viewer v
                WHERE v.party = mine.party AND v.request_id < $4
                    AND ($5::text IS NULL AND $6::text IS NULL AND $7::text IS NULL OR EXISTS (
                        SELECT FROM bureau.request r
                        WHERE r.id = v.request_id AND ($5::text IS NULL OR r.phase = $5)
                            AND ($6::text IS NULL OR r.type = $6) AND ($7::text IS NULL OR r.department = $7)
                        OFFSET 0))
                ORDER BY v.request_id DESC LIMIT $8) AS seen
            UNION
            SELECT served.id FROM unnest($3::text[]) AS mine (department)
            CROSS JOIN LATERAL (
                (SELECT r.id FROM bureau.request r
                 WHERE $5::text = 'open' AND r.department = mine.department AND NOT r.is_confidential AND r.id < $4
                    AND r.phase = 'open' AND ($6::text IS NULL OR r.type = $6)
                    AND ($7::text IS NULL OR r.department = $7)
                 ORDER BY r.id DESC LIMIT $8)
                UNION ALL
                (SELECT r.id FROM bureau.request r
                 WHERE $5::text IS DISTINCT FROM 'open' AND r.department = mine.department AND NOT r.is_confidential
                    AND r.id < $4 AND ($5::text IS NULL OR r.phase = $5) AND ($6::text IS NULL OR r.type = $6)
                    AND ($7::text IS NULL OR r.department = $7)
                 ORDER BY r.id DESC LIMIT $8)) AS served
            ORDER BY id DESC LIMIT $8
        )
        SELECT r.id, r.number, r.type, r.department, r.configuration, r.requester, r.beneficiary, r.parent_request,
            r.parent_instance, r.phase, r.outcome, r.version, r.raised_at, r.changed_at
        FROM page JOIN bureau.request r ON r.id = page.id
        ORDER BY r.id DESC
        """

    static func parameters(_ query: RequestQuery) -> [any PostgresEncodable] {
        [
            query.asker.person,
            query.onlyMine ? [] : query.asker.parties,
            query.onlyMine ? [] : query.asker.readerOf,
            query.before ?? latest,
            query.phase, query.type, query.department, max(0, query.limit),
            query.onlyMine ? [] : query.asker.standingIn,
        ]
    }

    /// After every identifier that is given out: version 7 has other bits.
    static let latest = RequestID(UniqueID(high: .max, low: .max))
}
