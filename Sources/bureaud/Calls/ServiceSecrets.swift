/// The bearer tokens of the services that requests call. They come from outside of the configuration and are read anew for
/// every call, so that a secret can be replaced while the daemon serves.
struct ServiceSecrets: Sendable {
    /// A folder with one file for each secret, named as the secret; nil for none.
    let directory: String?
    /// The daemon's environment, with variables as `BUREAU_SECRET_DIRECTORY_TOKEN`.
    let environment: [String: String]

    static let prefix = "BUREAU_SECRET_"

    /// A file larger than this is no token.
    private static let maximumSize = 16 * 1024

    /// The token of that name, the file's before the variable's; nil when there is none or it is not one that a header can carry.
    func token(_ name: String) -> String? {
        guard Self.isName(name) else { return nil }
        // A file that cannot be read is a secret that is not there; the caller says so without naming the path.
        let bytes = directory.flatMap { try? Files.bytes(of: "\($0)/\(name)", last: Self.maximumSize) }
        let text = bytes.map { String(decoding: $0, as: UTF8.self) } ?? environment[Self.prefix + name]
        guard let text else { return nil }
        let token = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        let isToken = !token.isEmpty && token.allSatisfy { $0.isASCII && $0 > " " && $0 != "\u{7F}" }
        return isToken ? String(token) : nil
    }

    /// A name is also the name of a file, so it holds nothing but letters, digits, `_`, `-` and inner dots.
    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "."), name.utf8.count <= 128 else { return false }
        return name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
    }
}
