import HTTPTypes
package import Hummingbird
import JSONText
package import ServiceDesk
import WorkflowCore

/// Sessions of browsers: how they begin and end.
struct SessionHandlers: Sendable {
    let desk: any Desk
    let cookie: SessionCookie
    let publicURL: PublicURL?
    let origin: SameOrigin

    func signInForDemonstration(_ request: Request, _ context: APIContext) async throws -> Response {
        try await signIn(request) { desk, body in
            let handle = body.text("handle")
            let label = body.optionalText("label")
            try body.finish()
            return try await desk.signInForDemonstration(as: handle, label: label)
        }
    }

    /// Begins a session as `start` says and ends the one that the browser came with: nobody's session is taken over.
    func signIn(
        _ request: Request, start: (any Desk, inout BodyReader) async throws -> StartedSession
    ) async throws -> Response {
        try QueryReader(request).finish()
        // Else another site could sign its visitors in as somebody else.
        guard !origin.isContradicted(by: request) else { throw Problem(.foreignOrigin) }
        let before = try cookie.secret(in: request)
        var body = try BodyReader(try await request.json(upTo: 10_000))
        let session = try await start(desk, &body)
        if let before { try await desk.endSession(secret: before) }
        return .signedIn(session, cookie)
    }

    func current(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        guard let csrfToken = context.csrfToken,
            let session = try await desk.sessions(of: context.viewer).first(where: \.isCurrent)
        else { throw Problem(.noSession) }
        return .json { $0.session(session, csrfToken: csrfToken) }
    }

    func list(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let sessions = try await desk.sessions(of: context.viewer)
        return .items(sessions) { $0.session($1, csrfToken: nil) }
    }

    func signOut(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        guard let id = context.viewer.credential.session else { throw Problem(.noSession) }
        let session = try await desk.sessions(of: context.viewer).first(where: \.isCurrent)
        var response = try await end(id, context)
        guard session?.method == .provider, let publicURL,
            let address = await desk.providerSignOutAddress(returnTo: "\(publicURL)/")
        else { return response }
        // The session at the provider goes on, and would sign the next person in without asking.
        let page = Response.json { writer in
            writer.object { writer in
                writer.key("continue_at")
                writer.string(address)
            }
        }
        response.status = .ok
        response.body = page.body
        response.headers[.contentType] = page.headers[.contentType]
        response.headers[.contentLength] = page.headers[.contentLength]
        return response
    }

    func end(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        return try await end(try context.session(), context)
    }

    private func end(_ id: UniqueID, _ context: ViewerContext) async throws -> Response {
        try await desk.endSession(id, of: context.viewer)
        guard id == context.viewer.credential.session else { return Response(status: .noContent) }
        // The browser forgets what it knows of the desk, not only the cookie.
        return Response(
            status: .noContent, headers: [.setCookie: cookie.removal, .clearSiteData: "\"cache\", \"storage\""])
    }
}

extension RequestContext {
    /// The session of the path.
    func session() throws(Problem) -> UniqueID {
        guard let id = UniqueID(try variable("id")) else {
            throw Problem(status: .notFound, code: "session.unknown", detail: "There is no such session.")
        }
        return id
    }
}

extension Response {
    /// The answer to whoever has just signed in, with the cookie.
    package static func signedIn(_ session: StartedSession, _ cookie: SessionCookie) -> Response {
        json(headers: [.setCookie: cookie.field(session.secret)]) { writer in
            writer.session(session.view, csrfToken: session.csrfToken)
        }
    }
}

extension JSONWriter {
    mutating func session(_ session: SessionView, csrfToken: String?) {
        object { writer in
            writer.key("id")
            writer.string(session.id.description)
            writer.key("method")
            writer.string(session.method.rawValue)
            writer.key("label")
            writer.string(session.label)
            writer.key("created_at")
            writer.instant(session.createdAt)
            writer.key("seen_at")
            writer.instant(session.seenAt)
            writer.key("expires_at")
            writer.instant(session.expiresAt)
            writer.key("is_current")
            writer.bool(session.isCurrent)
            if let csrfToken {
                writer.key("csrf_token")
                writer.string(csrfToken)
            }
        }
    }
}
