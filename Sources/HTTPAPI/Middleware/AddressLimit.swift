import Glibc
import HTTPTypes
package import Hummingbird
import NIOCore
import Synchronization

/// Keeps one place from trying to sign in again and again. Only where nobody has said yet who they are; addresses are kept in memory
/// alone, as long as their share is not whole again, and are logged nowhere.
package struct AddressLimit: RouterMiddleware {
    package typealias Context = APIContext

    private final class State: Sendable {
        let shares: Mutex<PersonShares<ClientNetwork>>
        let start = ContinuousClock.now

        init(_ shares: PersonShares<ClientNetwork>) {
            self.shares = Mutex(shares)
        }
    }

    private let state: State

    package init(rate: Int, burst: Int, atOnce: Int) {
        state = State(PersonShares(rate: Double(rate), burst: Double(burst), atOnce: atOnce))
    }

    package func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let network = ClientNetwork(
            peer: context.channel.remoteAddress?.ipAddress, forwarded: request.headers[values: .xForwardedFor].last)
        let now = ContinuousClock.now - state.start
        if let seconds = state.shares.withLock({ $0.begin(network, at: now) }) {
            var problem = Problem(
                .tooManyRequests, detail: "More comes from where you are than the desk takes of people who sign in.")
            problem.headers[.retryAfter] = String(seconds)
            throw problem
        }
        defer { state.shares.withLock { $0.end(network) } }
        return try await next(request, context)
    }
}

/// Where a request comes from, as far as one client can be told from another: an IPv4 address, or the /64 network of an IPv6 address.
enum ClientNetwork: Hashable, Sendable {
    case address([UInt8])
    /// A Unix socket, or an address that nobody understands: all of them together.
    case unknown

    /// - Parameters:
    ///   - peer: The address of whoever connects.
    ///   - forwarded: The last `X-Forwarded-For`. Its last address was added by whoever connects, and counts only where that is this
    ///     machine, whose proxy it is; whatever stands before it the client may have made up.
    init(peer: String?, forwarded: String?) {
        guard let own = peer.flatMap(Self.bytes) else {
            self = .unknown
            return
        }
        guard Self.isLoopback(own), let last = forwarded?.split(separator: ",").last else {
            self = Self.network(own)
            return
        }
        let text = String(last.drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed())
        self = Self.bytes(text).map(Self.network) ?? .unknown
    }

    private static func network(_ bytes: [UInt8]) -> ClientNetwork {
        .address(bytes.count == 4 ? bytes : Array(bytes.prefix(8)))
    }

    private static func isLoopback(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
    }

    /// The 4 or 16 bytes of an address; nil for what is none.
    private static func bytes(_ text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            guard inet_pton(family, text, &bytes) == 1 else { continue }
            // An IPv4 address as a socket of both kinds shows it.
            return bytes.starts(with: Array(repeating: 0, count: 10) + [255, 255]) ? Array(bytes.suffix(4)) : bytes
        }
        return nil
    }
}
