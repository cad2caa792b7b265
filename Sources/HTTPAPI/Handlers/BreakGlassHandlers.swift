import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// Requests that are read by exception.
struct BreakGlassHandlers: Sendable {
    let desk: any Desk

    func open(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let body = try ReasonBody(try await request.json(upTo: 100_000))
        let glass = try await desk.breakGlass(context.variable("id"), reason: body.reason, by: context.viewer)
        return .json(status: .created) { writer in
            writer.object { writer in
                writer.key("id")
                writer.string(glass.request.description)
                writer.key("number")
                writer.string(glass.number)
                writer.key("until")
                writer.instant(glass.until)
            }
        }
    }

    func end(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.endBreakGlass(context.variable("id"), by: context.viewer)
        return Response(status: .noContent)
    }
}
