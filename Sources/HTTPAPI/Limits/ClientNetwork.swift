/// Where a request comes from, as far as one client can be told from another: an IPv4 address, or the /64 network of an IPv6 address.
enum ClientNetwork: Hashable, Sendable {
    case address([UInt8])
    /// A Unix socket, or an address that nobody understands: all of them together.
    case unknown

    /// - Parameters:
    ///   - peer: The address of whoever connects.
    ///   - forwarded: The last `X-Forwarded-For`. Its last address was added by whoever connects, and counts only where that is a proxy
    ///     of ours; whatever stands before it the client may have made up.
    ///   - proxies: Where our proxies are, besides this machine.
    init(peer: String?, forwarded: String?, proxies: [AddressRange] = []) {
        guard let own = peer.flatMap(AddressRange.bytes(of:)) else {
            self = .unknown
            return
        }
        let isOurs = Self.isLoopback(own) || proxies.contains { $0.contains(own) }
        guard isOurs, let last = forwarded?.split(separator: ",").last else {
            self = Self.network(own)
            return
        }
        let text = String(last.drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed())
        self = AddressRange.bytes(of: text).map(Self.network) ?? .unknown
    }

    private static func network(_ bytes: [UInt8]) -> ClientNetwork {
        .address(bytes.count == 4 ? bytes : Array(bytes.prefix(8)))
    }

    private static func isLoopback(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
    }
}
