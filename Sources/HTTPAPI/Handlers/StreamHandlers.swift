package import HTTPTypes
import Hummingbird
import JSONText
import NIOCore
import ServiceDesk
import ServiceLifecycle
import WorkflowCore

/// What changes, as server-sent events (HTML, section 9.2).
struct StreamHandlers: Sendable {
    static let path = "/api/v1/stream"

    let desk: any Desk

    func open(_ request: Request, _ context: ViewerContext) async throws -> Response {
        var query = try QueryReader(request)
        let after = try query.text("after", maximum: 64)
        try query.finish()
        let position = request.headers[.lastEventID] ?? after
        guard let (missed, stream) = try await desk.changes(for: context.viewer, after: position) else {
            var problem = Problem(.tooManyRequests, detail: "There are too many streams; close one, or come back.")
            problem.headers[.retryAfter] = "30"
            throw problem
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                // Proxies must not gather what is said.
                .accelBuffering: "no",
            ],
            body: ResponseBody { writer in
                // Whoever hangs up makes room at once: a page that is left must not count until the next beat.
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
                    for event in missed { try await writer.write(ByteBuffer(string: event.text)) }
                    // Nobody waits for streams when the daemon stops.
                    for await event in stream.cancelOnGracefulShutdown() {
                        try await writer.write(ByteBuffer(string: event.text))
                    }
                }
                try await writer.finish(nil)
            })
    }
}

extension LiveEvent {
    /// As it is sent.
    fileprivate var text: String {
        switch self {
        case .ready(let position): Self.text("ready", position, "{}")
        case .reset(let position): Self.text("reset", position, "{}")
        case .changed(let position, let request):
            Self.text("changed", position, Self.json(request))
        case .beat: ":\n\n"
        }
    }

    private static func json(_ request: ChangedRequest) -> String {
        var writer = JSONWriter(capacity: 128)
        writer.object { writer in
            writer.key("id")
            writer.string(request.id.description)
            writer.key("number")
            writer.string(request.number)
            writer.key("version")
            writer.integer(request.version)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func text(_ name: String, _ position: LivePosition, _ data: String) -> String {
        "event: \(name)\nid: \(position)\ndata: \(data)\n\n"
    }
}

extension HTTPField.Name {
    fileprivate static let lastEventID = name("Last-Event-ID")
    fileprivate static let accelBuffering = name("X-Accel-Buffering")
    /// Says of a request that nobody is waiting for it: a page asks by itself.
    package static let unattended = name("Bureau-Unattended")
}
