import HTTPTypes
import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// Requests as a whole.
struct RequestHandlers: Sendable {
    let desk: any Desk
    let maximumBodySize: Int

    func raise(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let key = try request.idempotencyKey()
        let body = try RaiseBody(try await request.json(upTo: maximumBodySize))
        let written = try await desk.raise(
            body.type, entries: body.form, beneficiary: body.beneficiary, by: context.viewer, key: key)
        return .request(written, status: .created)
    }

    func list(_ request: Request, _ context: ViewerContext) async throws -> Response {
        var query = try QueryReader(request)
        let filter = RequestFilter(
            phase: try query.choice("phase"), type: try query.text("type").map { RequestTypeID($0) },
            department: try query.text("department").map { DepartmentID($0) }, onlyMine: try query.flag("mine"))
        let cursor = try query.cursor()
        let limit = try query.limit()
        try query.finish()
        let page = try await desk.requests(for: context.viewer, filter: filter, cursor: cursor, limit: limit)
        return .page(page) { writer, summary in
            writer.object { $0.members(of: summary) }
        }
    }

    func search(_ request: Request, _ context: ViewerContext) async throws -> Response {
        var query = try QueryReader(request)
        let text = try query.text("q")
        let cursor = try query.cursor()
        let limit = try query.limit()
        try query.finish()
        guard let text else { throw Problem(.invalidParameter, detail: "The query parameter “q” is missing.") }
        let page = try await desk.search(text, for: context.viewer, cursor: cursor, limit: limit)
        return .page(page) { writer, summary in
            writer.object { $0.members(of: summary) }
        }
    }

    func show(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let view = try await desk.request(context.variable("id"), for: context.viewer)
        let tag = EntityTag(version: view.summary.version)
        guard !tag.isKnown(by: request.headers[.ifNoneMatch]) else {
            return Response(status: .notModified, headers: [.eTag: tag.description])
        }
        return .request(view)
    }

    func timeline(_ request: Request, _ context: ViewerContext) async throws -> Response {
        var query = try QueryReader(request)
        let cursor = try query.cursor()
        let limit = try query.limit()
        try query.finish()
        let page = try await desk.timeline(
            of: context.variable("id"), for: context.viewer, cursor: cursor, limit: limit)
        return .page(page) { $0.timelineEntry($1) }
    }

    func access(_ request: Request, _ context: ViewerContext) async throws -> Response {
        var query = try QueryReader(request)
        let person = try query.text("person")
        try query.finish()
        let access = try await desk.access(to: context.variable("id"), of: person, for: context.viewer)
        return .json { $0.access(access) }
    }

    func comment(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) { try CommentBody($0).action }
    }

    func cancel(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: true) { .cancel(reason: try CancellationBody($0).reason) }
    }

    func amend(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) { .amend(try FormBody($0).form) }
    }

    func receive(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) {
            let body = try EventBody($0)
            return .receive(event: body.event, key: body.key, body.data)
        }
    }

    func rate(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: false) {
            let body = try RatingBody($0)
            return .rate(score: body.score, comment: body.comment)
        }
    }

    func reopen(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await perform(request, context, isBodyOptional: true) { .reopen(try FormBody($0).form) }
    }

    func restrict(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let key = try request.idempotencyKey()
        let body = try RestrictionBody(try await request.json(upTo: maximumBodySize))
        try await desk.restrict(
            context.variable("id"), to: body.team, reason: body.reason, by: context.viewer, key: key)
        return Response(status: .noContent)
    }

    func endRestriction(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let key = try request.idempotencyKey()
        let body = try ReasonBody(try await request.json(upTo: maximumBodySize))
        try await desk.restrict(context.variable("id"), to: nil, reason: body.reason, by: context.viewer, key: key)
        return Response(status: .noContent)
    }

    private func perform(
        _ request: Request, _ context: ViewerContext, isBodyOptional: Bool, action: (JSONValue) throws -> Action
    ) async throws -> Response {
        try await desk.perform(
            request, context, upTo: maximumBodySize, isBodyOptional: isBodyOptional, action: action)
    }
}

extension Desk {
    /// Reads what every change of a request has in common, carries the action out and answers with the request.
    func perform(
        _ request: Request, _ context: ViewerContext, upTo limit: Int, isBodyOptional: Bool,
        action: (JSONValue) throws -> Action
    ) async throws -> Response {
        try QueryReader(request).finish()
        let key = try request.idempotencyKey()
        let version = try request.expectedVersion()
        let action = try action(try await request.json(upTo: limit, isOptional: isBodyOptional))
        let written = try await perform(
            action, on: context.variable("id"), by: context.viewer, key: key, expectedVersion: version)
        return .request(written, status: .ok)
    }
}
