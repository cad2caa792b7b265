import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// The tokens that people make for their programs.
struct TokenHandlers: Sendable {
    let desk: any Desk

    func list(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let tokens = try await desk.tokens(of: context.viewer)
        return .items(tokens) { $0.token($1, secret: nil) }
    }

    func create(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let body = try TokenBody(try await request.json(upTo: 10_000))
        let token = try await desk.createToken(
            body.label, scopes: body.scopes, lifetime: body.lifetime, by: context.viewer)
        return .json(status: .created) { $0.token(token.stored, secret: token.secret) }
    }

    func revoke(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.revokeToken(try context.token(), of: context.viewer)
        return Response(status: .noContent)
    }
}

extension RequestContext {
    /// The token of the path.
    func token() throws(Problem) -> UniqueID {
        guard let id = UniqueID(try variable("id")) else {
            throw Problem(status: .notFound, code: "token.unknown", detail: "There is no such token.")
        }
        return id
    }
}

/// `POST /tokens`.
struct TokenBody: Sendable {
    let label: String
    let scopes: Set<Scope>
    let days: Int

    var lifetime: Duration { .seconds(86_400) * days }

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        label = reader.text("label")
        let names = reader.texts("scopes")
        // Far beyond what the desk allows, so that no number overflows.
        days = min(max(reader.integer("days"), 0), 100_000)
        try reader.finish()
        var scopes: Set<Scope> = []
        for name in names {
            guard let scope = Scope(rawValue: name) else {
                throw Problem(
                    status: .unprocessableContent, code: "token.scopes", detail: "There is no scope “\(name)”.",
                    hint: "There are \(Scope.allCases.map(\.rawValue).sorted().joined(separator: ", ")).")
            }
            scopes.insert(scope)
        }
        self.scopes = scopes
    }
}

extension JSONWriter {
    mutating func token(_ token: StoredToken, secret: String?) {
        object { writer in
            writer.key("id")
            writer.string(token.id.description)
            writer.key("label")
            writer.string(token.label)
            writer.key("scopes")
            writer.array(token.scopes.sorted()) { $0.string($1.rawValue) }
            writer.key("created_at")
            writer.instant(token.createdAt)
            writer.key("expires_at")
            writer.instant(token.expiresAt)
            if let secret {
                writer.key("secret")
                writer.string(secret)
            }
        }
    }
}
