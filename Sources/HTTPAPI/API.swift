import HTTPTypes
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The HTTP API: routes, what stands around them, and the server that serves them.
package struct API: Sendable {
    let desk: any Desk
    let settings: APISettings

    package init(desk: any Desk, settings: APISettings = APISettings()) {
        self.desk = desk
        self.settings = settings
    }

    /// The routes with everything around them. More routes of the same daemon may be added to it.
    package func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            Envelope(logsAccess: settings.logsAccess, isSecure: settings.publicURL?.isSecure == true)
            ProblemResponses(routes: RouteTable(everyRoute))
            SingleFields()
        }
        for endpoint in healthEndpoints { endpoint.register(on: router) }
        let signIn = router.group("")
            .add(middleware: SecurityLog<APIContext> { _ in true })
            .add(middleware: ConcurrencyLimit(maximum: max(1, settings.maximumConcurrentRequests / 8)))
        if settings.addressRate > 0 {
            signIn.add(
                middleware: AddressLimit(
                    rate: settings.addressRate, burst: 10 * settings.addressRate,
                    atOnce: settings.addressRequestsAtOnce,
                    proxies: settings.trustedProxies))
        }
        for endpoint in signInEndpoints { endpoint.register(on: signIn) }
        // Whoever does not say who they are gets a part of the daemon, and takes nothing from those who do.
        let anonymous = router.group("")
            .add(middleware: ConcurrencyLimit(maximum: max(1, settings.maximumConcurrentRequests / 8)))
        for endpoint in anonymousEndpoints { endpoint.register(on: anonymous) }
        // Whoever watches over the daemon is answered also when there is more to do than it can.
        let personal = router.group("")
            .add(middleware: SecurityLog<APIContext> { $0.isBeforeAnybodyIsKnown })
            .add(middleware: ConcurrencyLimit(maximum: settings.maximumConcurrentRequests))
            .add(
                middleware:
                    Authentication(
                        desk: desk, cookie: SessionCookie(publicURL: settings.publicURL),
                        origin: SameOrigin(publicURL: settings.publicURL))
            )
            .group("", context: ViewerContext.self)
            .add(middleware: SecurityLog<ViewerContext> { !$0.isBeforeAnybodyIsKnown })
        if settings.personRate > 0 {
            personal.add(
                middleware: PersonLimit(
                    rate: settings.personRate, burst: 10 * settings.personRate, atOnce: settings.personRequestsAtOnce))
        }
        for endpoint in personalEndpoints { endpoint.register(on: personal) }
        return router
    }

    /// The server, a service that ends requests in work before it stops; `onListening` is called with the port once it accepts connections.
    package func application(
        address: BindAddress, logger: Logger, onListening: @escaping @Sendable (Int?) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        application(router: router(), address: address, logger: logger, onListening: onListening)
    }

    /// The server of a router that `router()` made and that got more routes since.
    package func application(
        router: Router<APIContext>, address: BindAddress, logger: Logger,
        onListening: @escaping @Sendable (Int?) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let limits = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: settings.maximumHeaderSize, maxHeaderListSize: settings.maximumHeaderSize,
            maxHeaderFieldCount: 100)
        return Application(
            router: router,
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [TransferDeadlines(patience: settings.transferPatience)],
                    idleTimeout: TimeAmount(settings.idleTimeout), httpDecoderConfiguration: limits)),
            configuration: ApplicationConfiguration(
                address: address, backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(settings.maximumConnections, logger: logger)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port) },
            logger: logger
        )
    }
}
