import HTTPAPI
import HTTPTypes
import Hummingbird
import JSONText
import Logging
import NIOCore
import NIOEmbedded
import WorkflowCore

/// An answer with its body read.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONReader.value(of: body) }
    }

    /// The members of a body that is an object.
    var members: [String: JSONValue]? {
        get throws {
            if case .object(let members) = try json { members } else { nil }
        }
    }

    /// The `code` of a problem.
    var code: String? {
        get throws {
            if case .string(let code) = try members?["code"] { code } else { nil }
        }
    }
}

/// The API's whole path from request to response, without a socket.
struct TestServer {
    private let responder: RouterResponder<APIContext>

    init(desk: FailingDesk = FailingDesk(), settings: APISettings = APISettings()) {
        responder = API(desk: desk, settings: settings).router().buildResponder()
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String = "",
        token: String? = "good"
    ) async throws -> Answer {
        try await send(method, path, headers: headers, bytes: Array(body.utf8), token: token)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], bytes: [UInt8], token: String? = "good"
    ) async throws -> Answer {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if !bytes.isEmpty, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers),
            body: RequestBody(buffer: ByteBuffer(bytes: bytes)))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        logger[metadataKey: "hb.request.id"] = "test-1"
        let context = APIContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger))
        let response = try await responder.respond(to: request, context: context)
        let collector = Collector()
        try await response.body.write(collector)
        return Answer(status: response.status.code, headers: response.headers, body: collector.bytes)
    }
}

/// Gathers a body; used by one test at a time.
private final class Collector: ResponseBodyWriter {
    var bytes: [UInt8] = []

    func write(_ buffer: ByteBuffer) async throws { bytes.append(contentsOf: buffer.readableBytesView) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
