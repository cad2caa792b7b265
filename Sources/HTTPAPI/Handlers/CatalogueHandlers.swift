import Hummingbird
import JSONText
import WorkflowCore

/// Who the caller is and what they may raise.
struct CatalogueHandlers: Sendable {
    let desk: any Desk

    func profile(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let profile = try await desk.profile(of: context.viewer)
        return .json { $0.profile(profile) }
    }

    func list(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let entries = try await desk.catalogue(for: context.viewer)
        return .json(capacity: 16_384) { writer in
            writer.object { writer in
                writer.key("items")
                writer.array(entries) { $0.catalogueEntry($1) }
            }
        }
    }

    func entry(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let entry = try await desk.catalogueEntry(RequestTypeID(context.variable("type")), for: context.viewer)
        return .json(capacity: 4096) { $0.catalogueEntry(entry) }
    }
}
