import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// What waits for the caller.
struct InboxHandlers: Sendable {
    let desk: any Desk

    func list(_ request: Request, _ context: ViewerContext) async throws -> Response {
        var query = try QueryReader(request)
        let filter = InboxFilter(
            kind: try query.choice("kind"), department: try query.text("department").map { DepartmentID($0) },
            onlyMine: try query.flag("mine"))
        let cursor = try query.cursor()
        let limit = try query.limit()
        try query.finish()
        let page = try await desk.inbox(for: context.viewer, filter: filter, cursor: cursor, limit: limit)
        return .page(page) { $0.inboxItem($1) }
    }

    func counts(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let counts = try await desk.counts(for: context.viewer)
        return .json { $0.counts(counts) }
    }
}
