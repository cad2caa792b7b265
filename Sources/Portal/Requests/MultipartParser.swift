import Glibc
import HTTPAPI

/// Takes a form with files apart as it arrives (RFC 7578 in the shape that browsers send). A value that does no I/O.
struct MultipartParser {
    enum Event: Equatable {
        /// A part begins.
        case begin(Part)
        /// The next bytes of its content.
        case data([UInt8])
        case end
        /// Nothing follows.
        case finished
    }

    struct Part: Equatable {
        let name: String
        /// Nil for what is no file.
        let fileName: String?
        let mediaType: String?
    }

    private enum Place { case preamble, head, content, behind }

    /// What stands between parts, with the line end before it.
    private let delimiter: [UInt8]
    private var place = Place.preamble
    private var buffer: [UInt8] = Array("\r\n".utf8)
    /// Where what is not read yet begins.
    private var start = 0

    private static let headLimit = 8 << 10

    /// - Parameter boundary: As the header of the request names it.
    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// The boundary of a form with files; nil for any other type.
    static func boundary(of contentType: String?) -> String? {
        guard let contentType, contentType.utf8.count <= 500 else { return nil }
        let parts = contentType.split(separator: ";").map(\.trimmedText)
        guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
        for part in parts.dropFirst() where part.lowercased().hasPrefix("boundary=") {
            var text = part.dropFirst("boundary=".count)
            if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
            return (1...70).contains(text.utf8.count) ? String(text) : nil
        }
        return nil
    }

    mutating func add(_ bytes: [UInt8]) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer += bytes
    }

    /// What comes next; nil when more bytes must be added first.
    ///
    /// - Throws: `body.unreadable` for what is no such form.
    mutating func next() throws(Problem) -> Event? {
        switch place {
        case .preamble:
            guard let found = firstIndex(of: delimiter) else {
                // Nothing that browsers send.
                guard buffer.count <= Self.headLimit else { throw Problem(.bodyUnreadable) }
                return nil
            }
            start = found + delimiter.count
            place = .head
            return try next()
        case .head: return try head()
        case .content: return content()
        case .behind: return .finished
        }
    }

    private mutating func head() throws(Problem) -> Event? {
        guard buffer.count >= start + 2 else { return nil }
        if buffer[start] == UInt8(ascii: "-"), buffer[start + 1] == UInt8(ascii: "-") {
            place = .behind
            return .finished
        }
        guard let end = firstIndex(of: Array("\r\n\r\n".utf8)) else {
            guard buffer.count - start <= Self.headLimit else { throw Problem(.bodyUnreadable) }
            return nil
        }
        guard end - start <= Self.headLimit, let text = String(validating: buffer[start..<end], as: UTF8.self),
            let part = Self.part(text)
        else { throw Problem(.bodyUnreadable) }
        start = end + 4
        place = .content
        return .begin(part)
    }

    private mutating func content() -> Event? {
        if let found = firstIndex(of: delimiter) {
            guard found > start else {
                start = found + delimiter.count
                place = .head
                return .end
            }
            defer { start = found }
            return .data(Array(buffer[start..<found]))
        }
        // The last bytes may be the beginning of the delimiter.
        let safe = buffer.count - delimiter.count + 1
        guard safe > start else { return nil }
        defer { start = safe }
        return .data(Array(buffer[start..<safe]))
    }

    /// Where the pattern, which begins with a carriage return, stands first in what is not read yet.
    private func firstIndex(of pattern: [UInt8]) -> Int? {
        buffer.withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress else { return nil }
            var place = start
            let last = bytes.count - pattern.count
            while place <= last, let found = memchr(base + place, 0x0D, last - place + 1) {
                place = base.distance(to: found)
                if memcmp(found, pattern, pattern.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }

    /// Reads the header fields of a part; nil for one without a name.
    private static func part(_ text: String) -> Part? {
        var (name, fileName, mediaType): (String?, String?, String?) = (nil, nil, nil)
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmedText
            switch line[..<colon].lowercased() {
            case "content-disposition":
                guard value.lowercased().hasPrefix("form-data") else { return nil }
                name = parameter("name", of: value)
                fileName = parameter("filename", of: value)
            case "content-type": mediaType = value.split(separator: ";").first?.trimmedText.lowercased()
            default: break
            }
        }
        return name.map { Part(name: $0, fileName: fileName, mediaType: mediaType) }
    }

    /// Browsers quote values and encode in them what would end them (HTML, section 4.10.21.8).
    private static func parameter(_ name: String, of header: String) -> String? {
        guard let found = header.firstRange(of: "; \(name)=\"") else { return nil }
        let rest = header[found.upperBound...]
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        return String(rest[..<end]).replacing("%22", with: "\"").replacing("%0D", with: "\r")
            .replacing("%0A", with: "\n")
    }
}

extension Substring {
    fileprivate var trimmedText: String { String(self).trimmed }
}
