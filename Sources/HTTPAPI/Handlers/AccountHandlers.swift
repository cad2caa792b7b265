import Hummingbird
import JSONText
import ServiceDesk

/// What those who manage accounts do to the accounts of others.
struct AccountHandlers: Sendable {
    let desk: any Desk

    func show(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let account = try await desk.account(of: context.variable("handle"), for: context.viewer)
        return .json { $0.account(account) }
    }

    func invite(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        _ = try EmptyBody(try await request.json(upTo: 1000, isOptional: true))
        let invitation = try await desk.invite(context.variable("handle"), by: context.viewer)
        return .json(status: .created) { writer in
            writer.object { writer in
                writer.key("code")
                writer.string(invitation.code)
                writer.key("expires_at")
                writer.instant(invitation.expiresAt)
                writer.key("needs_confirmation")
                writer.bool(invitation.needsConfirmation)
            }
        }
    }

    func confirmInvitation(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        _ = try EmptyBody(try await request.json(upTo: 1000, isOptional: true))
        try await desk.confirmInvitation(of: context.variable("handle"), by: context.viewer)
        return Response(status: .noContent)
    }

    func lock(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.lockAccount(of: context.variable("handle"), by: context.viewer)
        return Response(status: .noContent)
    }

    func unlock(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.unlockAccount(of: context.variable("handle"), by: context.viewer)
        return Response(status: .noContent)
    }
}

extension JSONWriter {
    mutating func account(_ account: AccountView) {
        object { writer in
            writer.key("person")
            writer.person(account.person)
            writer.key("has_password")
            writer.bool(account.hasPassword)
            writer.key("password_changed_at")
            writer.instant(account.passwordChangedAt)
            writer.key("is_locked")
            writer.bool(account.isLocked)
            writer.key("blocked_until")
            writer.instant(account.blockedUntil)
            writer.key("invited_until")
            writer.instant(account.invitedUntil)
        }
    }
}
