import HTTPTypes
import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// What people reach who do not say who they are. Whatever else their client sends of them (a token, a cookie) is not looked at.
struct AnonymousHandlers: Sendable {
    /// What all of it stands under.
    static let root = "/api/v1/anonymous"
    /// The request of whoever shows its receipt.
    static let request = "\(root)/request"

    /// Whether a path, or the pattern of one, is one of theirs.
    static func serves(_ path: String) -> Bool { path == root || path.hasPrefix("\(root)/") }

    let desk: any Desk
    let attachments: AttachmentHandlers
    let maximumBodySize: Int

    func catalogue(_ request: Request, _ context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let entries = try await desk.anonymousCatalogue(language: try await language(of: request))
        return .json(capacity: 4096) { writer in
            writer.object { writer in
                writer.key("items")
                writer.array(entries) { $0.catalogueEntry($1) }
            }
        }
    }

    func entry(_ request: Request, _ context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let entry = try await desk.anonymousCatalogueEntry(
            RequestTypeID(context.variable("type")), language: try await language(of: request))
        return .json(capacity: 4096) { $0.catalogueEntry(entry) }
    }

    func raise(_ request: Request, _ context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let key = try request.idempotencyKey()
        let body = try AnonymousBody(try await request.json(upTo: maximumBodySize))
        let written = try await desk.raiseAnonymously(body.type, entries: body.form, key: key)
        var headers: HTTPFields = [.location: Self.request]
        if written.isReplay { headers[.idempotencyReplayed] = "true" }
        return .json(status: .created, headers: headers) { writer in
            writer.object { writer in
                writer.key("receipt")
                writer.string(written.value.receipt)
                writer.key("number")
                writer.string(written.value.number)
            }
        }
    }

    func show(_ request: Request, _ context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let view = try await desk.request(receipt: receipt(of: request), language: try await language(of: request))
        let tag = EntityTag(version: view.summary.version)
        guard !tag.isKnown(by: request.headers[.ifNoneMatch]) else {
            return Response(status: .notModified, headers: [.eTag: tag.description])
        }
        return .request(view)
    }

    func timeline(_ request: Request, _ context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let cursor = try query.cursor()
        let limit = try query.limit()
        try query.finish()
        let page = try await desk.timeline(
            receipt: receipt(of: request), language: try await language(of: request), cursor: cursor, limit: limit)
        return .page(page) { $0.timelineEntry($1) }
    }

    func comment(_ request: Request, _ context: APIContext) async throws -> Response {
        try await perform(request) {
            let body = try CommentBody($0, isPublic: true)
            return .comment(body.text, files: body.attachments)
        }
    }

    func upload(_ request: Request, _ context: APIContext) async throws -> Response {
        let receipt = receipt(of: request)
        return try await attachments.receive(request) { name, mediaType, content in
            try await desk.upload(name: name, mediaType: mediaType, content: content, receipt: receipt)
        }
    }

    func download(_ request: Request, _ context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let id = try AttachmentHandlers.identifier(context.variable("attachment"))
        return .file(try await desk.download(id, receipt: receipt(of: request)))
    }

    func cancel(_ request: Request, _ context: APIContext) async throws -> Response {
        try await perform(request, isBodyOptional: true) { .cancel(reason: try CancellationBody($0).reason) }
    }

    func amend(_ request: Request, _ context: APIContext) async throws -> Response {
        try await perform(request) { .amend(try FormBody($0).form) }
    }

    func rate(_ request: Request, _ context: APIContext) async throws -> Response {
        try await perform(request) {
            let body = try RatingBody($0)
            return .rate(score: body.score, comment: body.comment)
        }
    }

    func complete(_ request: Request, _ context: APIContext) async throws -> Response {
        let instance = try context.instance()
        return try await perform(request, isBodyOptional: true) { .complete(instance, try FormBody($0).form) }
    }

    func tick(_ request: Request, _ context: APIContext) async throws -> Response {
        let instance = try context.instance()
        return try await perform(request) {
            let body = try TickBody($0)
            return .tick(instance, item: body.item, isDone: body.isDone)
        }
    }

    private func perform(
        _ request: Request, isBodyOptional: Bool = false, action: (JSONValue) throws -> Action
    ) async throws -> Response {
        try QueryReader(request).finish()
        let key = try request.idempotencyKey()
        let version = try request.expectedVersion()
        let action = try action(try await request.json(upTo: maximumBodySize, isOptional: isBodyOptional))
        let written = try await desk.perform(
            action, receipt: receipt(of: request), language: try await language(of: request), key: key,
            expectedVersion: version)
        var headers: HTTPFields = [:]
        if written.isReplay { headers[.idempotencyReplayed] = "true" }
        return .request(written.value, headers: headers)
    }

    /// Without one, there is no such request either.
    private func receipt(of request: Request) -> String { request.headers[.bureauReceipt] ?? "" }

    /// What they ask for among the organisation's languages of now; nil for its main one.
    private func language(of request: Request) async throws -> String? {
        guard let header = request.headers[.acceptLanguage] else { return nil }
        return AcceptLanguage(header).best(of: try await desk.languages())
    }
}

/// `POST /anonymous/requests`.
struct AnonymousBody: Sendable {
    let type: RequestTypeID
    let form: [FieldID: JSONValue]

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        type = RequestTypeID(reader.text("type"))
        form = reader.form("form")
        try reader.finish()
    }
}
