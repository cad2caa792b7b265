internal import Expressions
internal import PostgresClient
package import ServiceDesk
internal import WorkflowCore

/// Numbers for leads, each one statement, behind the wall like every read for people: what a lead does not see is not
/// counted.
enum DashboardSQL {
    /// Index: `request_department`, bounded to what is open by a filter; a department has thousands of open requests at
    /// most. `request_department_open` would leave the confidential ones out.
    static let ages: SQL = """
        SELECT r.department,
            width_bucket(extract(epoch FROM $2::timestamptz - r.raised_at)::float8,
                ARRAY[86400, 259200, 604800, 2592000]::float8[]) AS span,
            count(*)
        FROM bureau.request r
        WHERE r.department = ANY ($1::text[]) AND r.phase <> 'closed'
        GROUP BY 1, 2 ORDER BY 1, 2
        """

    /// Index: `work_item_pkey` whole: what waits for people is a narrow table.
    static let work: SQL = """
        SELECT r.department, i.kind, count(*), count(*) FILTER (WHERE i.due < $2::timestamptz)
        FROM bureau.work_item i JOIN bureau.request r ON r.id = i.request_id
        WHERE r.department = ANY ($1::text[])
        GROUP BY 1, 2 ORDER BY 1, 2
        """

    /// Of each department the last two thousand. The journal says when a request ended: `changed_at` moves when it is rated.
    /// Its last events are read first, so that one or two are. Index: `request_department`, `event_pkey`.
    static let flow: SQL = """
        SELECT ended.department, ended.type, count(*),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY ended.seconds),
            percentile_cont(0.9) WITHIN GROUP (ORDER BY ended.seconds)
        FROM unnest($1::text[]) AS mine (department)
        CROSS JOIN LATERAL (
            SELECT last.department, last.type, extract(epoch FROM closing.at - last.raised_at)::float8 AS seconds
            FROM (
                SELECT r.id, r.department, r.type, r.raised_at FROM bureau.request r
                WHERE r.department = mine.department AND r.id >= $2::uuid AND r.phase = 'closed'
                ORDER BY r.id DESC LIMIT 2000) AS last
            CROSS JOIN LATERAL (
                SELECT e.at FROM bureau.event e WHERE e.request_id = last.id AND e.kind = 'closed'
                ORDER BY e.sequence DESC LIMIT 1) AS closing) AS ended
        GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
        """

    /// Index: `work_item_pkey` whole.
    static let load: SQL = """
        SELECT i.assignee, count(*), count(*) FILTER (WHERE i.due < $2::timestamptz)
        FROM bureau.work_item i JOIN bureau.request r ON r.id = i.request_id
        WHERE r.department = ANY ($1::text[]) AND i.kind = 'task'
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50
        """
}

extension PostgresStorage: DashboardStorage {
    package func dashboard(_ query: DashboardQuery) async throws(StorageError) -> DashboardRows {
        guard !query.departments.isEmpty else { return DashboardRows() }
        let (departments, now) = (query.departments, query.now)
        // Identifiers of version 7 are in the order of time.
        let first = UniqueID(high: UInt64(max(0, query.since.seconds * 1000)) << 16, low: 0)
        let answers = try await seeTogether(
            [
                Statement(DashboardSQL.ages, departments, now), Statement(DashboardSQL.work, departments, now),
                Statement(DashboardSQL.flow, departments, RequestID(first)),
                Statement(DashboardSQL.load, departments, now),
            ], as: query.asker)
        var rows = DashboardRows()
        rows.ages = try answers[0].decoded { (row) throws(PostgresError) in
            let span: Int = try row.decode(at: 1)
            return DashboardRows.Age(
                department: try row.decode(at: 0), span: AgeSpan(rawValue: span) ?? .older, count: try row.decode(at: 2)
            )
        }
        rows.work = try answers[1].decoded { (row) throws(PostgresError) in
            DashboardRows.Work(
                department: try row.decode(at: 0), kind: try row.decode(at: 1), open: try row.decode(at: 2),
                overdue: try row.decode(at: 3))
        }
        rows.flow = try answers[2].decoded { (row) throws(PostgresError) in
            let (median, ninetieth): (Double, Double) = (try row.decode(at: 3), try row.decode(at: 4))
            return DashboardRows.Flow(
                department: try row.decode(at: 0), type: try row.decode(at: 1), ended: try row.decode(at: 2),
                median: .seconds(median), ninetieth: .seconds(ninetieth))
        }
        rows.load = try answers[3].decoded { (row) throws(PostgresError) in
            DashboardRows.Load(
                person: try row.decode(at: 0), open: try row.decode(at: 1), overdue: try row.decode(at: 2))
        }
        return rows
    }
}
