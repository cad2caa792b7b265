import NIOCore
import NIOHTTPTypes

/// How long it may take to bring something over: a time for all, and more as more of it comes.
struct TransferPatience: Sendable, Hashable {
    var base: Duration
    /// Below it, whoever sends or reads is too slow.
    var bytesPerSecond: Int

    func allowed(bytes: Int) -> TimeAmount {
        TimeAmount(base) + .milliseconds(Int64(bytes) * 1000 / Int64(max(1, bytesPerSecond)))
    }
}

/// Somebody sent the body of a request too slowly.
struct TransferTooSlow: Error {}

/// Ends connections on which a request comes in, or an answer is taken, too slowly: each holds memory and a descriptor for as long as
/// its client likes otherwise. What is slow on our side counts for nothing. Header fields that never end are the idle time's.
final class TransferDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A request on its way in.
    private struct Receiving {
        let start: NIODeadline
        var bytes = 0
        let timer: Scheduled<Void>
    }

    /// Parts of answers that the client has not taken yet.
    private struct Sending {
        var since: NIODeadline
        var parts = 0
        var bytes = 0
        var timer: Scheduled<Void>?
    }

    /// How long after being told so a sender who is too slow may read why.
    static let farewell = TimeAmount.seconds(5)

    private let patience: TransferPatience
    private var receiving: Receiving?
    private var sending = Sending(since: .uptimeNanoseconds(0))

    init(patience: TransferPatience) {
        self.patience = patience
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            let start = context.eventLoop.now
            receiving?.timer.cancel()
            receiving = Receiving(
                start: start, timer: schedule(at: start + patience.allowed(bytes: 0), context) { $0.checkReceiving($1) }
            )
        case .body(let part): receiving?.bytes += part.readableBytes
        case .end:
            receiving?.timer.cancel()
            receiving = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var bytes = 0
        if case .body(let part) = unwrapOutboundIn(data) { bytes = part.readableBytes }
        if sending.parts == 0 { sending.since = context.eventLoop.now }
        sending.parts += 1
        sending.bytes += bytes
        if sending.timer == nil { watchSending(context) }
        let taken = promise ?? context.eventLoop.makePromise(of: Void.self)
        let count = bytes
        taken.futureResult.assumeIsolated().whenComplete { [self] _ in
            sending.parts -= 1
            sending.bytes -= count
            sending.since = context.eventLoop.now
            if sending.parts == 0 {
                sending.timer?.cancel()
                sending.timer = nil
            }
        }
        context.write(data, promise: taken)
    }

    private func checkReceiving(_ context: ChannelHandlerContext) {
        guard let current = receiving else { return }
        let end = current.start + patience.allowed(bytes: current.bytes)
        guard context.eventLoop.now >= end else {
            receiving = Receiving(
                start: current.start, bytes: current.bytes, timer: schedule(at: end, context) { $0.checkReceiving($1) })
            return
        }
        receiving = nil
        // Whoever waits for the body answers; whoever does not has answered.
        context.fireErrorCaught(TransferTooSlow())
        _ = schedule(at: context.eventLoop.now + Self.farewell, context) { $1.close(promise: nil) }
    }

    private func watchSending(_ context: ChannelHandlerContext) {
        let end = sending.since + patience.allowed(bytes: sending.bytes)
        sending.timer = schedule(at: end, context) { handler, context in
            handler.sending.timer = nil
            guard handler.sending.parts > 0 else { return }
            let end = handler.sending.since + handler.patience.allowed(bytes: handler.sending.bytes)
            if context.eventLoop.now >= end { context.close(promise: nil) } else { handler.watchSending(context) }
        }
    }

    private func schedule(
        at deadline: NIODeadline, _ context: ChannelHandlerContext,
        _ body: @escaping (TransferDeadlines, ChannelHandlerContext) -> Void
    ) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            guard let self, context.channel.isActive else { return }
            body(self, context)
        }
    }

    private func stop() {
        receiving?.timer.cancel()
        receiving = nil
        sending.timer?.cancel()
        sending.timer = nil
    }
}

@available(*, unavailable)
extension TransferDeadlines: Sendable {}
