import Expressions
import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// Forms that the caller began and has not sent.
struct DraftHandlers: Sendable {
    let desk: any Desk
    let maximumBodySize: Int

    func list(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let drafts = try await desk.drafts(of: context.viewer)
        return .items(drafts) { $0.draft($1) }
    }

    func show(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let draft = try await desk.draft(of: RequestTypeID(try context.variable("type")), for: context.viewer)
        return .draft(draft)
    }

    func keep(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let type = RequestTypeID(try context.variable("type"))
        let condition = try request.draftCondition()
        let body = try DraftBody(try await request.json(upTo: maximumBodySize))
        let draft = try await desk.keepDraft(
            of: type, entries: body.form, beneficiary: body.beneficiary, key: body.key, replacing: condition,
            by: context.viewer)
        guard let draft else { return Response(status: .noContent) }
        return .draft(draft)
    }

    func forget(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.forgetDraft(of: RequestTypeID(try context.variable("type")), .any, by: context.viewer)
        return Response(status: .noContent)
    }
}

extension Request {
    /// The draft that `If-Match` names; any where it names none.
    fileprivate func draftCondition() throws(Problem) -> DraftCondition {
        try expectedVersion().map { .seen(version: $0, page: nil) } ?? .any
    }
}

extension Response {
    fileprivate static func draft(_ draft: KeptDraft) -> Response {
        json(headers: [.eTag: EntityTag(version: draft.version).description]) { $0.draft(draft) }
    }
}

/// `PUT /me/drafts/{type}`.
struct DraftBody: Sendable {
    /// Whom it is for, as somebody wrote it; nil for the caller.
    let beneficiary: String?
    let form: [FieldID: JSONValue]
    /// The idempotency key with which it is going to be sent.
    let key: String?

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        beneficiary = reader.optionalText("for")
        form = reader.form("form")
        key = reader.optionalText("key")
        try reader.finish()
    }
}

extension JSONWriter {
    fileprivate mutating func draft(_ draft: KeptDraft) {
        object { writer in
            writer.key("type")
            writer.string(draft.type.text)
            writer.key("title")
            writer.string(draft.title)
            writer.key("for")
            writer.string(draft.beneficiary)
            writer.key("form")
            writer.value(DraftCodec.value(draft.entries))
            writer.key("key")
            writer.string(draft.key)
            writer.key("changed_at")
            writer.string(draft.changedAt.description)
            writer.key("whole")
            writer.bool(draft.isWhole)
        }
    }
}
