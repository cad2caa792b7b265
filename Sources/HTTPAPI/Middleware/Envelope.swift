package import HTTPTypes
import Hummingbird
import Logging

/// What every answer carries, and the one log line of each request: never the query, a header or a body.
struct Envelope: RouterMiddleware {
    typealias Context = APIContext

    let logsAccess: Bool
    /// Whether browsers reach the desk by HTTPS, and should never try otherwise.
    let isSecure: Bool

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers[.requestID] = context.id
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] =
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        }
        // Browsers say nothing of where a form was sent from on a page that hides where it is: pages set their own.
        if response.headers[.referrerPolicy] == nil { response.headers[.referrerPolicy] = "no-referrer" }
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        if request.method == .head { response = response.createHeadResponse() }
        let status = response.status.code
        let route = context.endpointPath ?? ""
        if AnonymousHandlers.serves(route) || AnonymousHandlers.serves(request.uri.path) {
            logAnonymous(request.method, route, status, context.logger)
            return response
        }
        let elapsed = (ContinuousClock.now - start).components
        context.logger.log(
            level: logsAccess ? .info : .debug, "request served",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route)",
                "path": "\(request.uri.path)", "status": "\(status)",
                "microseconds": "\(elapsed.seconds * 1_000_000 + elapsed.attoseconds / 1_000_000_000_000)",
            ])
        return response
    }

    /// Neither how long it took nor which request it was, by which other logs could be searched.
    private func logAnonymous(_ method: HTTPRequest.Method, _ route: String, _ status: Int, _ logger: Logger) {
        var logger = logger
        logger[metadataKey: "hb.request.id"] = nil
        logger.log(
            level: logsAccess ? .info : .debug, "request served",
            metadata: ["method": "\(method.rawValue)", "route": "\(route)", "status": "\(status)"])
    }
}

extension HTTPField.Name {
    static let requestID = name("X-Request-Id")
    static let bureauReceipt = name("Bureau-Receipt")
    static let xForwardedFor = name("X-Forwarded-For")
    static let idempotencyKey = name("Idempotency-Key")
    static let idempotencyReplayed = name("Idempotency-Replayed")
    static let permissionsPolicy = name("Permissions-Policy")
    static let crossOriginOpenerPolicy = name("Cross-Origin-Opener-Policy")
    package static let referrerPolicy = name("Referrer-Policy")

    /// A name that Bureau's own source gives.
    package static func name(_ text: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name("\(text)") else { preconditionFailure("\(text) is no name of a header field") }
        return name
    }
}
