import HTTPTypes
import Hummingbird
import Logging
import ServiceDesk
import WorkflowCore

/// Finds out who asks: by bearer token (RFC 6750), or by a session's cookie, with which a write must prove that a page of ours
/// sends it. Never by both.
struct Authentication: RouterMiddleware {
    typealias Context = APIContext

    let desk: any Desk
    let cookie: SessionCookie
    let origin: SameOrigin

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let headers = request.headers[values: .authorization]
        let secret = try cookie.secret(in: request)
        guard headers.count <= 1, headers.isEmpty || secret == nil else { throw Problem(.twoCredentials) }
        if let secret { return try await handle(request, context, session: secret, next: next) }
        guard let header = headers.first else { throw Problem(.missingToken) }
        guard let token = Self.token(in: header) else { throw Problem(.invalidToken) }
        guard let viewer = try await desk.viewer(bearer: token) else { throw Problem(.invalidToken) }
        return try await next(request, known(viewer, in: request, context))
    }

    private func handle(
        _ request: Request, _ context: APIContext, session secret: String,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        // A page that listens or looks by itself does not keep a session from ending.
        let isAttended = request.headers[.unattended] == nil && request.uri.path != StreamHandlers.path
        let found = try await isAttended ? desk.visit(session: secret) : desk.visit(unattended: secret)
        guard let visit = found else {
            var problem = Problem(.invalidSession)
            problem.headers[.setCookie] = cookie.removal
            throw problem
        }
        let newCookie = visit.newSecret.map(cookie.field)
        do {
            if request.method != .get && request.method != .head {
                guard origin.isProven(by: request) else { throw Problem(.foreignOrigin) }
                guard let token = request.headers[.csrfToken], visit.isProven(by: token) else {
                    throw Problem(.csrfToken)
                }
            }
            var context = known(visit.viewer, in: request, context)
            context.csrfToken = visit.csrfToken
            var response = try await next(request, context)
            if let newCookie, response.headers[.setCookie] == nil { response.headers[.setCookie] = newCookie }
            return response
        } catch {
            // A refusal brings the new secret, too: the old one is good for a moment only.
            guard let newCookie, var problem = Problem(foreseen: error) else { throw error }
            problem.headers[.setCookie] = newCookie
            throw problem
        }
    }

    private func known(_ viewer: Viewer, in request: Request, _ context: APIContext) -> APIContext {
        var context = context
        context.viewer = speaking(viewer, header: request.headers[.acceptLanguage])
        context.logger[metadataKey: "person"] = "\(viewer.person.id)"
        return context
    }

    /// The token of `Bearer b64token`; nil for other schemes and for what is no token.
    static func token(in header: String) -> String? {
        let parts = header.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer", (1...512).contains(parts[1].utf8.count) else {
            return nil
        }
        let isToken = parts[1].utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
                true
            default: false
            }
        }
        return isToken ? String(parts[1]) : nil
    }

    /// The viewer with the language that the client asked for, when the organisation has it.
    private func speaking(_ viewer: Viewer, header: String?) -> Viewer {
        guard let header, let language = AcceptLanguage(header).best(of: viewer.languages), language != viewer.language
        else {
            return viewer
        }
        var viewer = viewer
        viewer.language = language
        return viewer
    }
}
