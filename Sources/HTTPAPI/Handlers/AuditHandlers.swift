package import Expressions
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceDesk

/// The audit and journals.
struct AuditHandlers: Sendable {
    let desk: any Desk

    func list(_ request: Request, _ context: ViewerContext) async throws -> Response {
        var query = try QueryReader(request)
        guard let log = try query.choice("log", of: AuditLog.self) else {
            throw Problem(.invalidParameter, detail: "The query parameter “log” is missing.")
        }
        let filter = AuditFilter(
            log: log, from: try query.date("from"), to: try query.date("to"), kind: try query.choice("kind"),
            principal: try query.text("principal"))
        let cursor = try query.cursor()
        let limit = try query.limit()
        try query.finish()
        let page = try await desk.auditEntries(for: context.viewer, filter: filter, cursor: cursor, limit: limit)
        return .page(page) { $0.auditEntry($1) }
    }

    func export(_ request: Request, _ context: ViewerContext) async throws -> Response {
        var query = try QueryReader(request)
        let log = try query.choice("log", of: AuditLog.self)
        let (from, to) = (try query.date("from"), try query.date("to"))
        try query.finish()
        let export = try await desk.exportAudit(of: log.map { [$0] }, from: from, to: to, by: context.viewer)
        return .lines(named: "audit.jsonl", export.write)
    }

    func journal(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let export = try await desk.journalExport(of: context.variable("id"), by: context.viewer)
        return .lines(named: "journal.jsonl", export.write)
    }
}

extension Response {
    /// JSON Lines as they are written; whoever reads slowly makes the writer wait. When it fails in the middle, the connection breaks.
    static func lines(
        named name: String, _ write: @escaping @Sendable (@escaping (String) async throws -> Void) async throws -> Void
    ) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/jsonl", .contentDisposition: "attachment; filename=\"\(name)\"",
                .cacheControl: "no-store",
            ],
            body: ResponseBody { writer in
                let sink = LineSink(writer)
                try await write { try await sink.write($0) }
                try await sink.finish()
            })
    }
}

/// Gathers lines into parts that are worth sending. Used by one task at a time.
private final class LineSink {
    private var writer: any ResponseBodyWriter
    private var part = ByteBuffer()

    init(_ writer: any ResponseBodyWriter) {
        self.writer = writer
    }

    func write(_ line: String) async throws {
        part.writeString(line)
        guard part.readableBytes >= 32 << 10 else { return }
        try await writer.write(part)
        part.clear()
    }

    func finish() async throws {
        if part.readableBytes > 0 { try await writer.write(part) }
        try await writer.finish(nil)
    }
}

extension QueryReader {
    /// A day, `2026-11-22`; nil when the parameter is absent.
    package mutating func date(_ name: String) throws(Problem) -> CivilDate? {
        guard let value = try text(name) else { return nil }
        guard let date = CivilDate(iso8601: value) else {
            throw Problem(.invalidParameter, detail: "The query parameter “\(name)” takes a day such as 2026-11-22.")
        }
        return date
    }
}
