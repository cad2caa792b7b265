package import Expressions
package import WorkflowCore

/// Something that the viewer was told.
package struct NotificationView: Sendable, Hashable {
    package let id: UniqueID
    package let at: Instant
    /// What it is about in a word.
    package let kind: String
    /// Nil when it is about no request. It may be hidden from the viewer by now.
    package let request: RequestID?
    package let number: String?
    package let instance: InstanceName?
    /// In the viewer's language.
    package let text: String
    package let readAt: Instant?
}

/// A part of what the viewer was told.
package struct NotificationPage: Sendable {
    package let page: Page<NotificationView>
    /// How many the viewer has not read, on all pages.
    package let unread: Int
}

extension ServiceDesk {
    /// What the viewer was told, the newest first.
    ///
    /// - Parameter limit: 1...200.
    package func notifications(
        for viewer: Viewer, onlyUnread: Bool, cursor: String?, limit: Int
    ) async throws(DeskError) -> NotificationPage {
        try Cursor.check(limit: limit)
        let before = try cursor.map { cursor throws(DeskError) in try Cursor.notification(cursor) }
        return try await asking { () throws(StorageError) in
            let rows = try await storage.notifications(
                for: Asker(reading: viewer), onlyUnread: onlyUnread, before: before, limit: limit + 1)
            let languages = try await configurations.current().configuration.organisation.languages
            let items = rows.prefix(limit).map { row in
                NotificationView(
                    id: row.id, at: row.at, kind: row.kind, request: row.request, number: row.number,
                    instance: row.instance,
                    text: LocalizedText(row.text).text(in: viewer.language, fallbacks: languages), readAt: row.readAt)
            }
            let next = rows.count > limit ? items.last.map { Cursor.encode(notification: $0.id) } : nil
            return NotificationPage(
                page: Page(items: items, next: next),
                unread: try await storage.unreadNotifications(for: Asker(reading: viewer)))
        }
    }

    /// Notes that the viewer has read these of what they were told; nil for all. How many are unread then.
    package func readNotifications(_ ids: [UniqueID]?, by viewer: Viewer) async throws(DeskError) -> Int {
        try await asking { () throws(StorageError) in
            try await storage.markRead(ids, of: viewer.person.id, at: clock().truncatedToMicroseconds)
            return try await storage.unreadNotifications(for: Asker(reading: viewer))
        }
    }
}
