public import Expressions
import Glibc

/// Time zones as the machine's tzdata package has them.
public enum ZoneFiles {
    /// The rules of an IANA name, `Europe/Lisbon`; nil for one that the machine does not know. Reads the file at every call.
    ///
    /// - Parameter directory: Where the compiled zone files lie.
    public static func rules(of name: String, in directory: String = "/usr/share/zoneinfo") -> ZoneRules? {
        // A name is a path below the directory, and must stay there.
        let isName = name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                        || byte == 0x2B || byte == 0x2D || byte == 0x5F
                }
        }
        guard isName else { return nil }
        let descriptor = open("\(directory)/\(name)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= 1 << 20 {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { return nil }
            if count == 0 { return ZoneRules(name: name, tzif: bytes) }
            bytes += buffer[..<count]
        }
        return nil
    }
}
