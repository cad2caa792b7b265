import Hummingbird
import ServiceDesk

/// Numbers for those who lead a department.
struct DashboardHandlers: Sendable {
    let desk: any Desk

    func show(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let view = try await desk.dashboard(of: context.department(), for: context.viewer)
        return .json { $0.dashboard(view) }
    }
}
