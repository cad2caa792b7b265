/// The version of a request as an entity tag: `"v7"`.
struct EntityTag: Hashable, Sendable, CustomStringConvertible {
    let version: Int

    init(version: Int) {
        self.version = version
    }

    /// Reads what `description` writes; nil for weak tags, lists and everything else.
    init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 4, bytes.starts(with: "\"v".utf8), bytes.last == UInt8(ascii: "\"") else { return nil }
        let digits = bytes[2..<(bytes.count - 1)]
        guard digits.count <= 17, digits.first != UInt8(ascii: "0") || digits.count == 1,
            digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let version = Int(String(decoding: digits, as: UTF8.self))
        else { return nil }
        self.version = version
    }

    var description: String { "\"v\(version)\"" }

    /// Whether `If-None-Match` says that the client has this version (weak comparison, RFC 9110 section 13.1.2).
    func isKnown(by header: String?) -> Bool {
        guard let header else { return false }
        if header == "*" { return true }
        return header.split(separator: ",").contains { item in
            var tag = item.drop { $0 == " " }
            while tag.last == " " { tag.removeLast() }
            if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
            return EntityTag(tag) == self
        }
    }
}
