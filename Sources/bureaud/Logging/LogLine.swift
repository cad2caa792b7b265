import Glibc
import Logging

/// One log line before it is put into a format.
struct LogLine: Sendable {
    /// UTC, RFC 3339, with milliseconds.
    var time: String
    var level: Logger.Level
    var label: String
    var message: String
    /// Sorted by key.
    var fields: [(key: String, value: String)]

    /// For people: time, level, message, then `key=value`. Line ends within a value are shown as `\n`, so that nobody
    /// can forge a line.
    var text: String {
        var line = "\(time) \(level.rawValue.uppercased()) \(Self.onOneLine(message))"
        for field in fields {
            let value = Self.onOneLine(field.value)
            line += value.contains(" ") ? " \(field.key)=\"\(value)\"" : " \(field.key)=\(value)"
        }
        return line + "\n"
    }

    /// For machines: one JSON object. The metadata lies in an object of its own, so that no key meets one of ours.
    var json: String {
        var line = "{\"time\":\"\(time)\",\"level\":\"\(level.rawValue)\",\"logger\":"
        Self.quote(label, into: &line)
        line += ",\"message\":"
        Self.quote(message, into: &line)
        if !fields.isEmpty {
            line += ",\"metadata\":{"
            for (index, field) in fields.enumerated() {
                if index > 0 { line += "," }
                Self.quote(field.key, into: &line)
                line += ":"
                Self.quote(field.value, into: &line)
            }
            line += "}"
        }
        return line + "}\n"
    }

    private static func onOneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) else { return text }
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": line += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f: line += "\\u{\(String(scalar.value, radix: 16))}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    /// By scalars, never by characters: a combining mark after a quotation mark must not hide it.
    private static func quote(_ text: String, into line: inout String) {
        line += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line += "\\\""
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                line += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: line.unicodeScalars.append(scalar)
            }
        }
        line += "\""
    }

    /// The time of day on this machine.
    static func now() -> String {
        var instant = timespec()
        clock_gettime(CLOCK_REALTIME, &instant)
        return rfc3339(seconds: instant.tv_sec, milliseconds: instant.tv_nsec / 1_000_000)
    }

    /// - Parameter seconds: since 1970, UTC.
    static func rfc3339(seconds: Int, milliseconds: Int) -> String {
        var seconds = time_t(seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ value: some BinaryInteger, _ width: Int) -> String {
            let digits = "\(value)"
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))T"
            + "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))."
            + "\(padded(milliseconds, 3))Z"
    }
}
