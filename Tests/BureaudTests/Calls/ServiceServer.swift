import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A real HTTP server on this machine, which plays a service and remembers what it was asked.
final class ServiceServer: Sendable {
    /// What arrived.
    struct Asked: Sendable {
        let method: String
        let path: String
        let headers: HTTPFields
        let body: String
    }

    private let asked = Mutex<[Asked]>([])

    /// Everything that arrived, in its order.
    var requests: [Asked] { asked.withLock { $0 } }

    /// Runs the body beside a server that answers as told; the address has no slash at its end.
    static func with(
        _ answer: @escaping @Sendable (Asked) async throws -> Response,
        _ body: @escaping @Sendable (ServiceServer, String) async throws -> Void
    ) async throws {
        let server = ServiceServer()
        let router = Router()
        let handle: @Sendable (Request, BasicRequestContext) async throws -> Response = { request, _ in
            let content = try await request.body.collect(upTo: 1 << 20)
            let asked = Asked(
                method: request.method.rawValue, path: request.uri.description, headers: request.headers,
                body: String(buffer: content))
            server.asked.withLock { $0.append(asked) }
            return try await answer(asked)
        }
        for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
            router.on("/", method: method, use: handle)
            router.on("**", method: method, use: handle)
        }
        let (ports, source) = AsyncStream<Int>.makeStream()
        var logger = Logger(label: "service")
        logger.logLevel = .critical
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in source.yield(channel.localAddress?.port ?? 0) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                try await body(server, "http://127.0.0.1:\(port)")
                break
            }
            group.cancelAll()
            // The server ends because it was told to.
            while let result = await group.nextResult() { _ = result }
        }
    }
}

extension Response {
    /// A JSON text.
    static func json(
        _ text: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
