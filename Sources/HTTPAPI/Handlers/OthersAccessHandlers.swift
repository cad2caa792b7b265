import Hummingbird
import ServiceDesk
import WorkflowCore

/// Sessions and tokens of others, for those who manage accounts and service accounts.
struct OthersAccessHandlers: Sendable {
    let desk: any Desk

    func sessions(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let sessions = try await desk.sessions(of: context.variable("handle"), for: context.viewer)
        return .items(sessions) { $0.session($1, csrfToken: nil) }
    }

    func endSession(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.endSession(
            try context.session(), of: context.variable("handle"), by: context.viewer)
        return Response(status: .noContent)
    }

    func tokens(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let tokens = try await desk.tokens(of: context.variable("handle"), for: context.viewer)
        return .items(tokens) { $0.token($1, secret: nil) }
    }

    func createToken(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let body = try TokenBody(try await request.json(upTo: 10_000))
        let token = try await desk.createToken(
            for: context.variable("handle"), body.label, scopes: body.scopes, lifetime: body.lifetime,
            by: context.viewer)
        return .json(status: .created) { $0.token(token.stored, secret: token.secret) }
    }

    func revokeToken(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.revokeToken(try context.token(), of: context.variable("handle"), by: context.viewer)
        return Response(status: .noContent)
    }
}
