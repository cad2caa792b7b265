/// Where people reach the desk: what their browsers take for its origin (RFC 6454).
package struct PublicURL: Sendable, Hashable, CustomStringConvertible {
    package let isSecure: Bool
    /// In lower case; an IPv6 address in its brackets.
    package let host: String
    /// Nil: the scheme's own.
    package let port: Int?

    /// Reads `https://desk.example.org` and `http://127.0.0.1:8080`, with or without a slash at the end; nil for anything else.
    package init?(_ text: String) {
        var rest = Substring(text.lowercased())
        if rest.hasPrefix("https://") {
            isSecure = true
            rest = rest.dropFirst(8)
        } else if rest.hasPrefix("http://") {
            isSecure = false
            rest = rest.dropFirst(7)
        } else {
            return nil
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        var port: Int?
        if let colon = rest.lastIndex(of: ":"), !rest.hasSuffix("]") {
            guard let number = UInt16(rest[rest.index(after: colon)...]), number > 0 else { return nil }
            port = Int(number)
            rest = rest[..<colon]
        }
        let isBracketed = rest.hasPrefix("[") && rest.hasSuffix("]")
        let isNamed = rest.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                true
            case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"): isBracketed
            default: false
            }
        }
        guard !rest.isEmpty, isNamed else { return nil }
        host = String(rest)
        self.port = port == (isSecure ? 443 : 80) ? nil : port
    }

    /// Whether only this machine reaches it.
    package var isLoopback: Bool { Self.isLoopback(host) }

    /// Whether a name or address can only mean this machine.
    package static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isFour = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return isFour || ["localhost", "::1", "[::1]"].contains(host)
    }

    /// Whether an `Origin` header names it. On a machine of its own, all names of the machine are one.
    func isOrigin(_ header: String) -> Bool {
        guard !header.hasSuffix("/"), let other = PublicURL(header), other.isSecure == isSecure, other.port == port
        else {
            return false
        }
        return other.host == host || (isLoopback && other.isLoopback && !isSecure)
    }

    /// The origin as browsers write it.
    package var description: String {
        (isSecure ? "https://" : "http://") + host + (port.map { ":\($0)" } ?? "")
    }
}
