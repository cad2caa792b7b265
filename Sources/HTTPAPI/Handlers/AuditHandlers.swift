import HTTPTypes
import Hummingbird
import NIOCore
import ServiceDesk

/// The audit and journals.
struct AuditHandlers: Sendable {
    let desk: any Desk

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
