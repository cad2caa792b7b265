/// Which addresses secrets may travel to.
package enum PrivateAddress {
    /// Whether `url` is encrypted (`https`) or does not leave this machine, has a host, and no user, fragment, blank or
    /// control character.
    package static func isPrivate(_ url: String) -> Bool {
        let url = url.lowercased()
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") })
        else { return false }
        let rest: Substring
        let isEncrypted = url.hasPrefix("https://")
        if isEncrypted {
            rest = url.dropFirst("https://".count)
        } else if url.hasPrefix("http://") {
            rest = url.dropFirst("http://".count)
        } else {
            return false
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.isEmpty, !authority.contains("@") else { return false }
        if isEncrypted { return true }
        return ["127.0.0.1", "localhost", "[::1]"].contains { host in
            authority == host
                || authority.hasPrefix("\(host):") && UInt16(authority.dropFirst(host.count + 1)) != nil
        }
    }
}
