import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import HTTPAPI

@Suite("Deadlines of transfers")
struct TransferDeadlineTests {
    private static let patience = TransferPatience(base: .seconds(30), bytesPerSecond: 1000)

    /// Remembers what reached it.
    private final class Watcher: ChannelInboundHandler {
        typealias InboundIn = HTTPRequestPart
        var isTold = false

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            if error is TransferTooSlow { isTold = true }
        }
    }

    private let channel = EmbeddedChannel()
    private let watcher = Watcher()

    init() throws {
        try channel.pipeline.syncOperations.addHandlers([TransferDeadlines(patience: Self.patience), watcher])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 80)).wait()
    }

    private func receiveHead() throws {
        try channel.writeInbound(
            HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/")))
    }

    private func receive(bytes: Int) throws {
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(repeating: 0, count: bytes)))
    }

    @Test("Who sends a body byte by byte is told so, and left")
    func slow() throws {
        try receiveHead()
        for _ in 0..<29 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try receive(bytes: 1)
        }
        #expect(!watcher.isTold && channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(watcher.isTold && channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        #expect(!channel.isActive)
    }

    @Test("Who sends much gets the time for it")
    func large() throws {
        try receiveHead()
        for _ in 0..<300 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            try receive(bytes: 1000)
        }
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .hours(1))
        #expect(!watcher.isTold && channel.isActive)
    }

    @Test("What is slow on our side counts for nothing")
    func thinking() throws {
        try receiveHead()
        try channel.writeInbound(HTTPRequestPart.end(nil))
        channel.embeddedEventLoop.advanceTime(by: .hours(1))
        channel.write(HTTPResponsePart.head(HTTPResponse(status: .ok)), promise: nil)
        channel.writeAndFlush(HTTPResponsePart.end(nil), promise: nil)
        channel.embeddedEventLoop.advanceTime(by: .hours(1))
        #expect(!watcher.isTold && channel.isActive)
    }

    @Test("Who does not take an answer is left")
    func untaken() throws {
        channel.write(HTTPResponsePart.head(HTTPResponse(status: .ok)), promise: nil)
        channel.write(HTTPResponsePart.body(ByteBuffer(repeating: 0, count: 10_000)), promise: nil)
        channel.embeddedEventLoop.advanceTime(by: .seconds(39))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(2))
        #expect(!channel.isActive)
    }
}
