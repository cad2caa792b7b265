import HTTPAPI
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Testing

@Suite("On a socket", .serialized)
struct SocketTests {
    /// Sends bytes to a server that runs for this call, and gives everything it answers until it closes.
    private func exchange(_ text: String, settings: APISettings = APISettings()) async throws -> String {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let application = API(desk: ScriptedDesk(), settings: settings).application(
            address: .hostname("127.0.0.1", port: 0), logger: logger,
            onListening: { announce.yield($0 ?? 0) })
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var port = 0
            for await listening in ports {
                port = listening
                break
            }
            let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            let answer = try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: text))
                var answer = ByteBuffer()
                for try await var part in inbound { answer.writeBuffer(&part) }
                return String(buffer: answer)
            }
            group.cancelAll()
            return answer
        }
    }

    @Test("A request is answered in HTTP/1.1")
    func served() async throws {
        let answer = try await exchange(
            "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.contains("\"email\":\"amara@example.org\""))
    }

    @Test("A chunked body is read")
    func chunked() async throws {
        let answer = try await exchange(
            """
            POST /api/v1/requests/HR-1/comments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\n\
            Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n\
            5\r\n{"tex\r\n8\r\nt":"Hi"}\r\n0\r\n\r\n
            """)
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    @Test("A header that is too large ends the connection")
    func largeHeader() async throws {
        let answer = try await exchange(
            "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: \(String(repeating: "a", count: 20_000))\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 400") || answer.hasPrefix("HTTP/1.1 431"))
    }

    @Test("A declared length over the limit is refused without reading")
    func declaredLength() async throws {
        let answer = try await exchange(
            """
            POST /api/v1/requests HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nConnection: close\r\n\
            Content-Type: application/json\r\nContent-Length: 2000000\r\n\r\n{}
            """)
        #expect(answer.hasPrefix("HTTP/1.1 413"))
        #expect(answer.contains("body.too_large"))
    }
}
