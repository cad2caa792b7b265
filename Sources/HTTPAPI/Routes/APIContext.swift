package import Hummingbird
import NIOCore
package import ServiceDesk

/// A request before anybody knows who sends it.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Knows where the request comes from; only the limit of sign-ins asks it.
    let channel: any Channel
    /// Set by `Authentication`.
    package var viewer: Viewer?
    /// Set by `Authentication` for whoever came with a session.
    package var csrfToken: String?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// A request of somebody: handlers that take this context cannot be reached without a valid token or session.
package struct ViewerContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let viewer: Viewer
    /// What writes of the session must carry; nil for whoever came with a token.
    package let csrfToken: String?

    package init(context: APIContext) throws {
        guard let viewer = context.viewer else { throw Problem(.missingToken) }
        coreContext = context.coreContext
        self.viewer = viewer
        csrfToken = context.csrfToken
    }
}
