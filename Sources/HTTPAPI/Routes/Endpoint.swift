package import HTTPTypes
import Hummingbird
import ServiceDesk

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

    func register(on routes: some RouterMethods<Context>) {
        routes.on(RouterPath(route.path), method: route.method, use: handle)
    }
}

/// For everybody.
extension Endpoint<APIContext> {
    static func get(_ path: String, _ handle: @escaping Handler) -> Self {
        Endpoint(route: Route(method: .get, path: path), handle: handle)
    }

    static func post(_ path: String, _ handle: @escaping Handler) -> Self {
        Endpoint(route: Route(method: .post, path: path), handle: handle)
    }
}

/// For somebody: none without saying which tokens are good for it.
extension Endpoint<ViewerContext> {
    static func get(_ path: String, _ need: ScopeNeed, _ handle: @escaping Handler) -> Self {
        Endpoint(.get, path, need, handle)
    }

    static func post(_ path: String, _ need: ScopeNeed, _ handle: @escaping Handler) -> Self {
        Endpoint(.post, path, need, handle)
    }

    static func put(_ path: String, _ need: ScopeNeed, _ handle: @escaping Handler) -> Self {
        Endpoint(.put, path, need, handle)
    }

    static func delete(_ path: String, _ need: ScopeNeed, _ handle: @escaping Handler) -> Self {
        Endpoint(.delete, path, need, handle)
    }

    private init(_ method: HTTPRequest.Method, _ path: String, _ need: ScopeNeed, _ handle: @escaping Handler) {
        self.init(route: Route(method: method, path: path)) { request, context in
            guard need.isMet(by: context.viewer.credential) else { throw Problem(insufficientScopeFor: need) }
            return try await handle(request, context)
        }
    }
}

/// What a credential must be good for.
enum ScopeNeed: Sendable, Hashable {
    /// Whatever is valid: who am I?
    case anything
    /// Tokens of any of these scopes.
    case oneOf(Set<Scope>)

    /// What shows requests is for those who read them and for those who work on them.
    static let readRequests = ScopeNeed.oneOf([.requestsRead, .work])
    static let writeRequests = ScopeNeed.oneOf([.requestsWrite])
    /// What somebody has not sent is for those who could send it, and for those who read what they did send.
    static let drafts = ScopeNeed.oneOf([.requestsRead, .requestsWrite])
    static let draftsOfRequests = ScopeNeed.oneOf([.requestsRead, .requestsWrite, .work])
    static let work = ScopeNeed.oneOf([.work])
    static let directory = ScopeNeed.oneOf([.directoryWrite])
    static let configuration = ScopeNeed.oneOf([.configurationWrite])
    static let audit = ScopeNeed.oneOf([.auditRead])
    static let account = ScopeNeed.oneOf([.account])

    func isMet(by credential: Credential) -> Bool {
        switch self {
        case .anything: true
        case .oneOf(let scopes): scopes.contains(where: credential.allows)
        }
    }

    /// Any one of them is enough, in alphabetical order; empty: every credential is.
    var names: [String] {
        switch self {
        case .anything: []
        case .oneOf(let scopes): scopes.map(\.rawValue).sorted()
        }
    }
}

extension Problem {
    /// As RFC 6750, section 3.1, has it.
    init(insufficientScopeFor need: ScopeNeed) {
        let names = need.names
        self.init(
            .insufficientScope,
            detail: "This token is not made for this: it would need \(names.joined(separator: " or ")).")
        headers[.wwwAuthenticate] =
            "Bearer realm=\"bureau\", error=\"insufficient_scope\", scope=\"\(names.first ?? "all")\""
    }
}
