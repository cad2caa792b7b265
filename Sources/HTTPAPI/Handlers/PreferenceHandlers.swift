import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// How pages and notifications are for the caller, and the lists that they saved.
struct PreferenceHandlers: Sendable {
    let desk: any Desk
    let maximumBodySize: Int

    func show(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let preferences = try await desk.preferences(of: context.viewer)
        return .json { $0.preferences(preferences) }
    }

    func keep(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let body = try PreferencesBody(try await request.json(upTo: maximumBodySize))
        let preferences = try await desk.keepPreferences(timeZone: body.timeZone, off: body.off, by: context.viewer)
        return .json { $0.preferences(preferences) }
    }

    func views(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let views = try await desk.savedViews(of: context.viewer)
        return .json { writer in
            writer.object { writer in
                writer.key("views")
                writer.array(views) { $0.savedView($1) }
            }
        }
    }

    func saveView(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let body = try SavedViewBody(try await request.json(upTo: maximumBodySize))
        let view = try await desk.saveView(body.name, of: body.list, filters: body.filters, by: context.viewer)
        return .json(status: .created) { $0.savedView(view) }
    }

    func renameView(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let body = try ViewNameBody(try await request.json(upTo: maximumBodySize))
        let view = try await desk.renameView(context.identifier("view"), to: body.name, by: context.viewer)
        return .json { $0.savedView(view) }
    }

    func forgetView(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.forgetView(context.identifier("view"), by: context.viewer)
        return Response(status: .noContent)
    }
}
