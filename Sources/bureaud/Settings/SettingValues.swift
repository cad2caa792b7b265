/// Address and port to listen on.
struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// A host name or address, without brackets.
    var host: String
    /// 0 asks the system for a free one.
    var port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `host:port` and `[v6]:port`.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: Int(port))
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// How log lines look.
enum LogFormat: String, CaseIterable, Sendable {
    case text, json
}

extension Duration {
    /// Reads a whole number with a unit: `500ms`, `20s`, `5m`, `12h`, `90d` (of 24 hours).
    ///
    /// - Returns: nil for anything else, for zero, and for what would be longer than ten thousand days.
    init?(settingText text: String) {
        let units: [(suffix: String, milliseconds: Int64)] = [
            ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
        ]
        for unit in units where text.hasSuffix(unit.suffix) {
            let digits = text.dropLast(unit.suffix.count)
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(digits), count > 0,
                count <= 10_000 * 86_400_000 / unit.milliseconds
            else { return nil }
            self = .milliseconds(count * unit.milliseconds)
            return
        }
        return nil
    }
}
