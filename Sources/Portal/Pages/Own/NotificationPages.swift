import HTTPAPI
import Hummingbird
import ServiceDesk
import WorkflowCore

/// What somebody was told, and what they have read of it.
struct NotificationPages: Sendable {
    let sheets: Sheets

    private static let path = OwnPage.notifications.address
    private static let pageSize = 25

    func show(_ visit: Visit) async throws -> Response {
        var query = try QueryReader(visit.request)
        let onlyUnread = try query.flag("unread")
        let trail = try PageTrail(&query)
        try query.finish()
        let found = try await sheets.desk.notifications(
            for: visit.viewer, onlyUnread: onlyUnread, cursor: trail.cursor, limit: Self.pageSize)
        let texts = visit.texts
        var section = SectionModel(
            anchor: "told", heading: texts[onlyUnread ? .unread : .everythingTold],
            rows: found.page.items.map { row($0, texts) }, empty: texts[.nothingTold])
        section.links = [
            onlyUnread
                ? LineModel(text: texts[.everythingTold], address: Self.path)
                : LineModel(text: texts[.onlyUnread], address: "\(Self.path)?unread=true")
        ]
        if found.unread > 0 {
            section.actions = [
                ActionForm(
                    address: "\(Self.path)/read", key: "",
                    buttons: [ButtonModel(text: texts(.readAll, String(found.unread)))])
            ]
        }
        let content = SheetContent(
            heading: texts[.notifications], tabs: OwnPage.notifications.tabs(texts), sections: [section],
            pager: PagerModel(trail, next: found.page.next, Self.path, ["unread": onlyUnread ? "true" : nil]))
        return sheets.page(content, visit, .profile)
    }

    private func row(_ told: NotificationView, _ texts: Texts) -> SheetRowModel {
        var row = SheetRowModel(
            title: told.text, address: told.number.map { "/requests/\($0.percentEncoded)" },
            facts: [texts.moment(told.at)])
        if told.readAt == nil {
            row.tags = [TagModel(text: texts[.unread], tone: "open")]
            row.action = .small("\(Self.path)/read", id: told.id, texts[.markRead], of: told.text)
        }
        return row
    }

    func read(_ visit: Visit) async throws -> Response {
        let ids = visit.fields["id"] == nil ? nil : [visit.fields.identifier]
        _ = try await sheets.desk.readNotifications(ids, by: visit.viewer)
        return .seeOther(Self.path)
    }
}
