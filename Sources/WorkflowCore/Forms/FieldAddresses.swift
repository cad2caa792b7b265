/// Addresses at which people and things are reached: only their shape is checked.
extension FieldReader {
    /// At most 254 octets (RFC 5321, section 4.5.3.1.3); whether mail arrives there is for mail to say.
    func checkedEmail(_ text: String) throws(FieldMistake) -> String {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), text.utf8.count <= 254, text.isPrintable,
            parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty })
        else { throw .type("This must be an e-mail address.") }
        return text
    }

    /// 3 to 15 digits (ITU-T E.164 has at most 15, emergency numbers have 3), set out as people do; an internal number is one too.
    func checkedPhone(_ text: String) throws(FieldMistake) -> String {
        let scalars = text.unicodeScalars
        let digits = scalars.count { ("0"..."9").contains($0) }
        guard (3...15).contains(digits), scalars.count <= 40,
            scalars.dropFirst().allSatisfy({ "0123456789 -()/.".unicodeScalars.contains($0) }),
            scalars.first.map({ "+(0123456789".unicodeScalars.contains($0) }) == true
        else { throw .type("This must be a telephone number like +49 30 1234567.") }
        return text
    }

    /// At most 2048 octets, with a host and without a name before it: `https://bank.example@elsewhere.example` misleads who reads it.
    func checkedURL(_ text: String) throws(FieldMistake) -> String {
        for scheme in ["https://", "http://"] where text.prefix(scheme.count).lowercased() == scheme {
            let rest = text.dropFirst(scheme.count)
            let host = rest.prefix { !"/?#".contains($0) }
            guard !host.isEmpty, !host.contains("@"), !host.contains("\\"), text.utf8.count <= 2048, text.isPrintable
            else { break }
            return scheme + rest
        }
        throw .type("This must be an address that begins with https:// or http://.")
    }
}

extension String {
    /// Without white space and control characters.
    fileprivate var isPrintable: Bool {
        unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value >= 0x20 && $0.value != 0x7F }
    }
}
