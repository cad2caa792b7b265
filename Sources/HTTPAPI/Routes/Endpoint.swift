package import HTTPTypes
import Hummingbird

/// What a client can reach.
package struct Route: Hashable, Sendable, CustomStringConvertible {
    package let method: HTTPRequest.Method
    /// With variables in braces: `/api/v1/requests/{id}`.
    package let path: String

    /// `GET /api/v1/me`.
    package var description: String { "\(method.rawValue) \(path)" }
}

/// A route and what answers it.
struct Endpoint<Context: RequestContext>: Sendable {
    typealias Handler = @Sendable (Request, Context) async throws -> Response

    let route: Route
    let handle: Handler

    static func get(_ path: String, _ handle: @escaping Handler) -> Self {
        Endpoint(route: Route(method: .get, path: path), handle: handle)
    }

    static func post(_ path: String, _ handle: @escaping Handler) -> Self {
        Endpoint(route: Route(method: .post, path: path), handle: handle)
    }

    func register(on routes: some RouterMethods<Context>) {
        routes.on(RouterPath(route.path), method: route.method, use: handle)
    }
}
