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
        guard isName, let bytes = contents(of: "\(directory)/\(name)") else { return nil }
        return ZoneRules(name: name, tzif: bytes)
    }

    /// The names that tzdata offers people to choose from, one and more for every country, and `UTC`; in the order of the letters. Empty
    /// where the machine has no such list. Reads the file at every call.
    public static func names(in directory: String = "/usr/share/zoneinfo") -> [String] {
        guard let bytes = contents(of: "\(directory)/zone.tab") else { return [] }
        // Country, coordinates, name, and sometimes a comment, divided by tabulators; see the file's own head.
        let names = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            return line.hasPrefix("#") || parts.count < 3 ? nil : String(parts[2])
        }
        return names.isEmpty ? [] : Set(names + ["UTC"]).sorted()
    }

    /// Nil for what cannot be read, and for more than any such file has.
    private static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= 1 << 20 {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
        return nil
    }
}
