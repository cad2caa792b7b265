internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

/// The list of requests that somebody may see, a page at a time, the newest first.
///
/// Five ways make a request visible: it is mine, it is for me, somebody waits in it for whom I stand in (`standingIn` names those), I am (or one of my teams, roles, groups is) among its
/// viewers, or I am an agent of its department and it is not confidential. Each way reads one page from its own index, which is in the order of
/// the list already, and the pages are merged: `request_requester`, `request_beneficiary`, `request_viewer_pkey` and
/// `request_department` (or `request_department_open` when open ones are asked for). The lateral joins are what keeps
/// the order: `party = ANY (…)` would read everything that a large team has ever seen.
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
                SELECT r.id FROM bureau.request_viewer v JOIN bureau.request r ON r.id = v.request_id
                WHERE v.party = mine.party AND v.request_id < $4
                    AND ($5::text IS NULL OR r.phase = $5) AND ($6::text IS NULL OR r.type = $6)
                    AND ($7::text IS NULL OR r.department = $7)
                ORDER BY v.request_id DESC LIMIT $8) AS seen
            UNION
            SELECT served.id FROM unnest($3::text[]) AS mine (department)
            CROSS JOIN LATERAL (
                SELECT r.id FROM bureau.request r
                WHERE r.department = mine.department AND NOT r.is_confidential AND r.id < $4
                    AND ($5::text IS NULL OR r.phase = $5) AND ($6::text IS NULL OR r.type = $6)
                    AND ($7::text IS NULL OR r.department = $7)
                ORDER BY r.id DESC LIMIT $8) AS served
            ORDER BY id DESC LIMIT $8
        )
        SELECT r.id, r.number, r.type, r.department, r.configuration, r.requester, r.beneficiary, r.parent_request,
            r.parent_instance, r.phase, r.outcome, r.version, r.raised_at, r.changed_at
        FROM page JOIN bureau.request r ON r.id = page.id
        ORDER BY r.id DESC
        """

    /// For the rest of the transaction every statement is planned for its parameters. A plan for any of them cannot use
    /// `request_department_open`, and reads 100,000 requests in 80 ms where this one takes 4, for 0.3 ms of planning.
    static func planAnew() -> Statement {
        Statement("SELECT set_config('plan_cache_mode', 'force_custom_plan', true)")
    }

    static func parameters(_ query: RequestQuery) -> [any PostgresEncodable] {
        [
            query.asker.person,
            query.onlyMine ? [] : query.asker.parties,
            query.onlyMine ? [] : query.asker.agentOf,
            query.before ?? latest,
            query.phase, query.type, query.department, max(0, query.limit),
            query.onlyMine ? [] : query.asker.standingIn,
        ]
    }

    /// After every identifier that is given out: version 7 has other bits.
    private static let latest = RequestID(UniqueID(high: .max, low: .max))
}
