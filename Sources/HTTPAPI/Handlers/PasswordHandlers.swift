import Hummingbird
import ServiceDesk

/// Passwords: signing in with one, setting one with a code, changing one's own.
struct PasswordHandlers: Sendable {
    let desk: any Desk
    let sessions: SessionHandlers

    func signIn(_ request: Request, _ context: APIContext) async throws -> Response {
        try await sessions.signIn(request) { desk, body in
            let handle = body.text("handle")
            let password = body.text("password")
            let label = body.optionalText("label")
            try body.finish()
            return try await desk.signIn(as: handle, password: password, label: label)
        }
    }

    func redeem(_ request: Request, _ context: APIContext) async throws -> Response {
        try await sessions.signIn(request) { desk, body in
            let code = body.text("code")
            let password = body.text("password")
            let label = body.optionalText("label")
            try body.finish()
            return try await desk.signIn(invitation: code, password: password, label: label)
        }
    }

    func change(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        var body = try BodyReader(try await request.json(upTo: 10_000))
        let old = body.text("old_password")
        let new = body.text("new_password")
        try body.finish()
        try await desk.changePassword(from: old, to: new, of: context.viewer)
        return Response(status: .noContent)
    }
}
