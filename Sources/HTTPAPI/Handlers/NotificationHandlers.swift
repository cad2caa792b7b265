import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// What the caller was told.
struct NotificationHandlers: Sendable {
    let desk: any Desk
    let maximumBodySize: Int

    func list(_ request: Request, _ context: ViewerContext) async throws -> Response {
        var query = try QueryReader(request)
        let onlyUnread = try query.flag("unread")
        let cursor = try query.cursor()
        let limit = try query.limit()
        try query.finish()
        let found = try await desk.notifications(
            for: context.viewer, onlyUnread: onlyUnread, cursor: cursor, limit: limit)
        return .json(capacity: 256 + 512 * found.page.items.count) { writer in
            writer.object { writer in
                writer.key("items")
                writer.array(found.page.items) { $0.notification($1) }
                writer.key("next")
                writer.string(found.page.next)
                writer.key("unread")
                writer.integer(found.unread)
            }
        }
    }

    func read(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        var body = try BodyReader(try await request.json(upTo: maximumBodySize, isOptional: true))
        let ids = body.identifiers("ids")
        try body.finish()
        let unread = try await desk.readNotifications(ids, by: context.viewer)
        return .json { writer in
            writer.object { writer in
                writer.key("unread")
                writer.integer(unread)
            }
        }
    }
}
