import HTTPTypes
import Hummingbird

/// Refuses header fields that mean one thing and came twice: proxies and servers disagree on which of them counts (RFC 9110,
/// section 5.3).
struct SingleFields: RouterMiddleware {
    typealias Context = APIContext

    private static let single: Set<HTTPField.Name> = [
        .authorization, .bureauReceipt, .contentEncoding, .contentLength, .contentType, .csrfToken, .idempotencyKey,
        .ifMatch,
        .ifNoneMatch, .origin, .secFetchSite,
    ]

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var seen: Set<HTTPField.Name> = []
        for field in request.headers where Self.single.contains(field.name) {
            guard seen.insert(field.name).inserted else {
                throw Problem(.repeatedField, detail: "The header field \(field.name) came twice.")
            }
        }
        return try await next(request, context)
    }
}
