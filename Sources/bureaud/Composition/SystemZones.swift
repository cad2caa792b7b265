import Expressions
import Synchronization

/// Time zones as the machine's tzdata package has them, each read once.
final class SystemZones: Sendable {
    private let directory: String
    private let known = Mutex<[String: ZoneRules?]>([:])

    /// - Parameter directory: where the compiled zone files lie.
    init(directory: String = "/usr/share/zoneinfo") { self.directory = directory }

    /// The rules of an IANA name, as `Europe/Lisbon`; nil for one that the machine does not know.
    func rules(of name: String) -> ZoneRules? {
        known.withLock { known in
            if let rules = known[name] { return rules }
            let rules = read(name)
            known[name] = .some(rules)
            return rules
        }
    }

    private func read(_ name: String) -> ZoneRules? {
        // A name is a path below the directory, and must stay there.
        let isName = name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                        || byte == 0x2B || byte == 0x2D || byte == 0x5F
                }
        }
        // A file that cannot be read is a zone that is not known; the configuration's check says so with its name.
        guard isName, let bytes = try? Files.bytes(of: "\(directory)/\(name)") else { return nil }
        return ZoneRules(name: name, tzif: bytes)
    }
}
