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

    @Test(
        "The word of a trusted proxy counts, and of nobody else",
        arguments: [
            ("10.1.2.3", "10.1.0.0/16", true), ("10.2.2.3", "10.1.0.0/16", false), ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.4", "10.1.2.3", false), ("10.1.2.2", "10.1.2.3/31", true), ("::ffff:10.1.2.3", "10.0.0.0/8", true),
            ("2001:db8::7", "2001:db8::/32", true), ("2001:db9::7", "2001:db8::/32", false),
            ("10.1.2.3", "::/1", false),
        ])
    func trusted(peer: String, range: String, isTrusted: Bool) throws {
        let range = try #require(AddressRange(range))
        let network = ClientNetwork(peer: peer, forwarded: "1.2.3.4, 198.51.100.1", proxies: [range])
        #expect(network == Self.network(isTrusted ? "198.51.100.1" : peer))
    }

    @Test(
        "What is no address or network is refused",
        arguments: ["", "10.0.0.0/33", "10.0.0.0/0", "10.0.0.0/", "10.0.0/8", "desk.example", "::1/129", "10.0.0.0/+8"])
    func malformed(text: String) {
        #expect(AddressRange(text) == nil)
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
