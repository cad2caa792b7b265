import Expressions
import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// What the caller began to write and has not sent: of new requests by type, of requests that exist by part.
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
        let draft = try await desk.draft(of: try context.draftSubject(), for: context.viewer)
        return .draft(draft)
    }

    func keep(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let subject = try context.draftSubject()
        let condition = try request.draftCondition()
        let body = try DraftBody(try await request.json(upTo: maximumBodySize), of: subject)
        let draft = try await desk.keepDraft(
            of: body.subject, entries: body.form, key: body.key, version: body.version, replacing: condition,
            by: context.viewer)
        guard let draft else { return Response(status: .noContent) }
        return .draft(draft)
    }

    func forget(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.forgetDraft(of: try context.draftSubject(), .any, by: context.viewer)
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

extension ViewerContext {
    /// What the draft of the path is of. A text that is no part names none that anybody began.
    fileprivate func draftSubject() throws(Problem) -> FormSubject {
        guard parameters.get("part") != nil else { return .new(RequestTypeID(try variable("type"))) }
        let text = try variable("part")
        guard let part = DraftPart(text) else {
            throw Problem(
                status: .notFound, code: "drafts.unknown", detail: "Nobody writes a “\(text)” of a request.",
                hint: "There are amend, comment, and complete: with the name of a step.")
        }
        return FormSubject(try variable("id"), part)
    }
}

/// `PUT /me/drafts/{type}`, and `PUT /requests/{id}/drafts/{part}`.
struct DraftBody: Sendable {
    /// With whom it is for, as somebody wrote it; nil for the caller.
    let subject: FormSubject
    /// The version of the request that the caller has before them; nil for the current one, and of a new request.
    let version: Int?
    let form: [FieldID: JSONValue]
    /// The idempotency key with which it is going to be sent.
    let key: String?

    init(_ value: JSONValue, of subject: FormSubject) throws(Problem) {
        var reader = try BodyReader(value)
        if case .new(let type, _) = subject {
            self.subject = .new(type, for: reader.optionalText("for"))
            version = nil
        } else {
            self.subject = subject
            version = reader.optionalInteger("version")
        }
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
            writer.key("request")
            writer.string(draft.request?.number)
            writer.key("part")
            writer.string(draft.request?.part.description)
            writer.key("version")
            writer.value(draft.request.map { .number(String($0.version)) } ?? .null)
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
