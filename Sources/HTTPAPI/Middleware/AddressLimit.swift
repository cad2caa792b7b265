import HTTPTypes
package import Hummingbird
import NIOCore

/// Keeps one place from trying to sign in again and again. Only where nobody has said yet who they are; addresses are kept in memory
/// alone, as long as their share is not whole again, and are logged nowhere.
package struct AddressLimit: RouterMiddleware {
    package typealias Context = APIContext

    private let shares: ShareKeeper<ClientNetwork>
    private let proxies: [AddressRange]

    /// - Parameter proxies: Whose word about where a request comes from counts, besides that of this machine.
    package init(rate: Int, burst: Int, atOnce: Int, proxies: [AddressRange]) {
        self.proxies = proxies
        shares = ShareKeeper(rate: rate, burst: burst, atOnce: atOnce)
    }

    package func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let network = ClientNetwork(
            peer: context.channel.remoteAddress?.ipAddress, forwarded: request.headers[values: .xForwardedFor].last,
            proxies: proxies)
        let refusal = Problem(
            .tooManyRequests, detail: "More comes from where you are than the desk takes of people who sign in.")
        return try await shares.spend(of: network, refusal: refusal) { try await next(request, context) }
    }
}
