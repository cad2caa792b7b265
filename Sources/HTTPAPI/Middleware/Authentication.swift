import HTTPTypes
import Hummingbird
import Logging
import ServiceDesk
import WorkflowCore

/// Finds out who asks, by bearer token (RFC 6750) only: no cookies, hence no forged cross-site requests.
struct Authentication: RouterMiddleware {
    typealias Context = APIContext

    let desk: any Desk
    let languages: [String]

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization] else { throw Problem(.missingToken) }
        guard let token = Self.token(in: header) else { throw Problem(.invalidToken) }
        guard let viewer = try await desk.viewer(bearer: token) else { throw Problem(.invalidToken) }
        var context = context
        context.viewer = speaking(viewer, header: request.headers[.acceptLanguage])
        context.logger[metadataKey: "person"] = "\(viewer.person.id)"
        return try await next(request, context)
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
        guard let header, let language = AcceptLanguage(header).best(of: languages), language != viewer.language else {
            return viewer
        }
        var viewer = viewer
        viewer.language = language
        return viewer
    }
}
