package import Expressions
internal import PostgresClient
package import ServiceDesk
package import WorkflowCore

extension PostgresStorage: NotificationStorage {
    /// One statement. Index: `outbox_pkey`.
    @discardableResult
    package func deliver(
        _ notifications: [StoredNotification], consuming message: UniqueID
    ) async throws(StorageError) -> Bool {
        try await inTransaction { transaction in
            let gone = try await transaction.query(Statement("DELETE FROM bureau.outbox WHERE id = $1", message))
            guard gone.affectedRows > 0 else { return false }
            try await transaction.store(try Self.insert(notifications))
            return true
        }
    }

    /// Of two at the same moment both may stay: somebody then reads it twice. Index: `notification_unread`.
    package func tellUnlessUnread(_ notifications: [StoredNotification]) async throws(StorageError) {
        let statements = try Self.insert(notifications, unlessUnread: true)
        guard !statements.isEmpty else { return }
        try await inTransaction { transaction in try await transaction.store(statements) }
    }

    /// Whether somebody sees the request is what its policy says. Whoever was told a text without the request's number is not told which
    /// request it is. Indexes: `notification_person`, read
    /// backwards, and `request_pkey`.
    package func notifications(
        for asker: Asker, onlyUnread: Bool, before: UniqueID?, limit: Int
    ) async throws(StorageError) -> [StoredNotification] {
        let rows = try await see(
            Statement(
                """
                SELECT id, person, at, kind, CASE WHEN number IS NOT NULL THEN request_id END, number, instance, text,
                    read_at
                FROM bureau.notification
                WHERE person = $1 AND ($2::uuid IS NULL OR id < $2) AND (NOT $3 OR read_at IS NULL)
                    AND (number IS NULL OR kind = ANY ($5)
                        OR EXISTS (SELECT FROM bureau.request r WHERE r.id = notification.request_id OFFSET 0))
                ORDER BY id DESC LIMIT $4
                """,
                asker.person, before, onlyUnread, Int64(limit), StoredNotification.kindsOfUnseen),
            as: asker)
        return try rows.decoded(Self.notification)
    }

    /// Indexes: `notification_unread`, `request_pkey`.
    package func unreadNotifications(for asker: Asker) async throws(StorageError) -> Int {
        let rows = try await see(
            Statement(
                """
                SELECT count(*) FROM bureau.notification
                WHERE person = $1 AND read_at IS NULL
                    AND (number IS NULL OR kind = ANY ($2)
                        OR EXISTS (SELECT FROM bureau.request r WHERE r.id = notification.request_id OFFSET 0))
                """,
                asker.person, StoredNotification.kindsOfUnseen),
            as: asker)
        return try rows.decoded { (row) throws(PostgresError) in Int(try row.decode(at: 0, as: Int64.self)) }.first ?? 0
    }

    /// Index: `notification_unread`.
    package func markRead(
        _ ids: [UniqueID]?, of person: PersonID, at now: Instant
    ) async throws(StorageError) {
        _ = try await run(
            Statement(
                """
                UPDATE bureau.notification SET read_at = $3
                WHERE person = $1 AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY ($2))
                """,
                person, ids, now))
    }

    /// Index: `notification_read`.
    @discardableResult
    package func purgeNotifications(readBefore limit: Instant) async throws(StorageError) -> Int {
        try await run(Statement("DELETE FROM bureau.notification WHERE read_at < $1", limit)).affectedRows
    }

    /// Nothing for nobody, and nothing that they do without. Index: `preference_pkey`.
    static func insert(
        _ notifications: [StoredNotification], unlessUnread: Bool = false
    ) throws(StorageError) -> [Statement] {
        guard !notifications.isEmpty else { return [] }
        var texts: [JSONColumn] = []
        for notification in notifications { texts.append(JSONColumn(NotificationText.json(notification.text))) }
        return [
            Statement(
                """
                INSERT INTO bureau.notification (id, person, at, kind, request_id, number, instance, text)
                SELECT id, person, at, kind, request_id, number, instance, text
                FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::text[], $7::text[],
                    $8::json[]) AS new (id, person, at, kind, request_id, number, instance, text)
                WHERE NOT ($9 AND EXISTS (
                    SELECT FROM bureau.notification n
                    WHERE n.person = new.person AND n.read_at IS NULL AND n.request_id = new.request_id
                        AND n.kind = new.kind))
                    AND NOT (new.kind = ANY ($10::text[]) AND EXISTS (
                        SELECT FROM bureau.preference p WHERE p.person = new.person AND new.kind = ANY (p.muted)))
                """,
                notifications.map(\.id), notifications.map(\.person), notifications.map(\.at),
                notifications.map(\.kind), notifications.map(\.request), notifications.map(\.number),
                notifications.map(\.instance), texts, unlessUnread, NotificationKind.optional.map(\.rawValue))
        ]
    }

    private static func notification(_ row: Row) throws(PostgresError) -> StoredNotification {
        StoredNotification(
            id: try row.decode(at: 0), person: try row.decode(at: 1), at: try row.decode(at: 2),
            kind: try row.decode(at: 3), request: try row.decode(at: 4), number: try row.decode(at: 5),
            instance: try row.decode(at: 6),
            text: NotificationText.read(try row.decode(at: 7, as: JSONColumn.self).text),
            readAt: try row.decode(at: 8))
    }
}
