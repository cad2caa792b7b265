internal import Expressions
internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

/// What somebody can work on, a page at a time, in the order of deadlines.
///
/// Each of the asker's parties reads one page from `work_offer_inbox`, which is in the order of the list already; what
/// the asker has claimed comes from `work_item_assignee` besides, for it stays theirs when they leave the team. An item
/// that somebody else has claimed is passed over. What waits by name for somebody for whom the asker stands in comes in
/// the same way. As in `RequestListSQL`, requests are looked at for a filter and for the page.
enum InboxSQL {
    static let text: SQL = """
        WITH found AS (
            SELECT offered.place, offered.request_id, offered.instance, offered.kind, offered.assignee, offered.since,
                offered.due
            FROM unnest($2::text[], $10::uuid[], $11::text[]) AS mine (party, person, department)
            CROSS JOIN LATERAL (
                SELECT o.due AS place, i.request_id, i.instance, i.kind, i.assignee, i.since, i.due
                FROM bureau.work_offer o
                JOIN bureau.work_item i ON i.request_id = o.request_id AND i.instance = o.instance
                WHERE o.party = mine.party AND (o.due, o.since, o.request_id, o.instance) > ($3, $4, $5, $6)
                    AND (i.assignee IS NULL OR i.assignee = mine.person)
                    AND ($7::text IS NULL OR i.kind = $7)
                    AND (coalesce($8, mine.department) IS NULL OR EXISTS (
                        SELECT FROM bureau.request r
                        WHERE r.id = o.request_id AND ($8::text IS NULL OR r.department = $8)
                            AND (mine.department IS NULL OR r.department = mine.department)
                        OFFSET 0))
                ORDER BY o.due, o.since, o.request_id, o.instance LIMIT $9) AS offered
            UNION
            SELECT coalesce(i.due, 'infinity'), i.request_id, i.instance, i.kind, i.assignee, i.since, i.due
            FROM (
                SELECT $1::uuid, NULL::text
                UNION ALL SELECT person, department FROM unnest($12::uuid[], $13::text[]) AS a (person, department)
            ) AS holder (person, department)
            JOIN bureau.work_item i ON i.assignee = holder.person
            WHERE (coalesce(i.due, 'infinity'), i.since, i.request_id, i.instance) > ($3, $4, $5, $6)
                AND ($7::text IS NULL OR i.kind = $7)
                AND (coalesce($8, holder.department) IS NULL OR EXISTS (
                    SELECT FROM bureau.request r
                    WHERE r.id = i.request_id AND ($8::text IS NULL OR r.department = $8)
                        AND (holder.department IS NULL OR r.department = holder.department)
                    OFFSET 0))
        ), page AS (
            SELECT place, request_id, instance, kind, assignee, since, due FROM found
            ORDER BY place, since, request_id, instance LIMIT $9
        )
        SELECT r.id, r.number, r.type, r.department, r.configuration, r.requester, r.beneficiary, r.parent_request,
            r.parent_instance, r.phase, r.outcome, r.version, r.raised_at, r.changed_at,
            page.instance, page.kind, page.assignee, page.since, page.due,
            ARRAY(SELECT o.party FROM bureau.work_offer o
                  WHERE o.request_id = page.request_id AND o.instance = page.instance ORDER BY o.party)
        FROM page JOIN bureau.request r ON r.id = page.request_id
        ORDER BY page.place, page.since, page.request_id, page.instance
        """

    static func parameters(_ query: InboxQuery) -> [any PostgresEncodable] {
        let after = query.after
        let absentees = query.onlyMine ? [] : query.asker.absentees
        let person = query.asker.person
        let own: [Party] = query.onlyMine ? person.map { [.person($0)] } ?? [] : query.asker.parties
        let parties: [Party] = own + absentees.map { .person($0.person) }
        let people: [PersonID?] = own.map { _ in person } + absentees.map(\.person)
        let departments: [DepartmentID?] = own.map { _ in nil } + absentees.map(\.department)
        let holders: [PersonID] = absentees.map(\.person)
        let holderDepartments: [DepartmentID?] = absentees.map(\.department)
        return [
            person,
            parties,
            after.map { Moment($0.due) } ?? Moment.beforeAll,
            after.map { Moment($0.since) } ?? Moment.beforeAll,
            after?.request ?? RequestID(UniqueID(high: 0, low: 0)),
            after?.instance.description ?? "",
            query.kind, query.department, max(0, query.limit), people, departments, holders, holderDepartments,
        ]
    }

    static func decode(_ row: Row) throws(PostgresError) -> InboxRow {
        let request = try RequestRow(row)
        let item = WorkItem(
            instance: try row.decode(at: 14), kind: try row.decode(at: 15), offeredTo: try row.decode(at: 19),
            assignee: try row.decode(at: 16), since: try row.decode(at: 17), due: try row.decode(at: 18))
        return InboxRow(
            item: item, head: request.head, version: request.version, raisedAt: request.raisedAt,
            changedAt: request.changedAt)
    }

    /// A place on the time line with its ends, as the order of an inbox needs it.
    private struct Moment: PostgresEncodable {
        let timestamp: PostgresTimestamp

        static let beforeAll = Moment(timestamp: .negativeInfinity)

        private init(timestamp: PostgresTimestamp) {
            self.timestamp = timestamp
        }

        /// Nil is after every instant.
        init(_ instant: Instant?) {
            timestamp =
                instant.map {
                    PostgresTimestamp(secondsSince1970: $0.seconds, nanoseconds: Int($0.nanoseconds))
                } ?? .infinity
        }

        static var postgresType: PostgresType { .timestamptz }
        func encode(into writer: inout PostgresWriter) { timestamp.encode(into: &writer) }
    }
}
