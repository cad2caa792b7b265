import Testing

@testable import HTTPAPI

@Suite("Where a request comes from")
struct ClientNetworkTests {
    private static func network(_ peer: String?, _ forwarded: String? = nil) -> ClientNetwork {
        ClientNetwork(peer: peer, forwarded: forwarded)
    }

    @Test("What a client says of itself does not count")
    func forged() {
        #expect(Self.network("203.0.113.7", "198.51.100.1") == Self.network("203.0.113.7"))
        #expect(Self.network("127.0.0.1", "1.2.3.4, 198.51.100.1") == Self.network("198.51.100.1"))
        #expect(Self.network("::1", "1.2.3.4,198.51.100.1 ") == Self.network("198.51.100.1"))
        #expect(Self.network("127.0.0.1") != Self.network("127.0.0.2"))
    }

    @Test("Whoever has a network of IPv6 addresses has one share")
    func ipv6() {
        #expect(Self.network("2001:db8:1:2::1") == Self.network("2001:db8:1:2:ffff::9"))
        #expect(Self.network("2001:db8:1:2::1") != Self.network("2001:db8:1:3::1"))
    }

    @Test("An IPv4 address is one, however a socket shows it")
    func mapped() {
        #expect(Self.network("::ffff:203.0.113.7") == Self.network("203.0.113.7"))
        #expect(Self.network("::ffff:127.0.0.1", "203.0.113.7") == Self.network("203.0.113.7"))
    }

    @Test("What is not understood is one place", arguments: ["", "unknown", "a, b", "999.1.1.1", "198.51.100.1:80"])
    func unknown(forwarded: String) {
        let network = Self.network("127.0.0.1", forwarded)
        #expect(network == .unknown || network == Self.network("127.0.0.1"))
        #expect(Self.network(nil) == .unknown)
    }
}
