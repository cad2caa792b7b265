import Glibc

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
