/// The header `Content-Disposition` (RFC 6266), of which only the file's name counts here.
enum ContentDisposition {
    /// The name in `attachment; filename="a.pdf"` or, which counts more, `filename*=UTF-8''na%C3%AFve.pdf` (RFC 8187); nil when there is
    /// none or it cannot be read.
    static func fileName(in header: String?) -> String? {
        guard let header, header.utf8.count <= 2_000, let parameters = parameters(of: header) else { return nil }
        if let extended = parameters["filename*"] {
            let parts = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
            return percentDecoded(parts[2])
        }
        return parameters["filename"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Says of an answer that it is to be saved under that name.
    static func attachment(_ name: String) -> String {
        var plain = ""
        for scalar in name.unicodeScalars {
            let isPlain = (0x20..<0x7F).contains(scalar.value) && scalar != "\"" && scalar != "\\" && scalar != "%"
            plain.unicodeScalars.append(isPlain ? scalar : "_")
        }
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded(name))"
    }

    /// As an `ext-value` needs it: all but `attr-char` is percent-encoded (RFC 8187, section 3.2.1).
    private static func encoded(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }

    /// Parameters by name in small letters; nil when the header is malformed or names one twice.
    private static func parameters(of header: String) -> [String: String]? {
        var parameters: [String: String] = [:]
        var rest = header.unicodeScalars[...]
        func skipSpaces() { rest = rest.drop { $0 == " " || $0 == "\t" } }
        func token() -> String {
            let end = rest.firstIndex { ";= \t\"".unicodeScalars.contains($0) } ?? rest.endIndex
            defer { rest = rest[end...] }
            return String(rest[..<end])
        }
        func quoted() -> String? {
            var text = String.UnicodeScalarView()
            rest = rest.dropFirst()
            while let scalar = rest.popFirst() {
                if scalar == "\"" { return String(text) }
                guard scalar == "\\" else {
                    text.append(scalar)
                    continue
                }
                guard let escaped = rest.popFirst() else { return nil }
                text.append(escaped)
            }
            return nil
        }
        skipSpaces()
        guard !token().isEmpty else { return nil }
        while true {
            skipSpaces()
            guard let separator = rest.popFirst() else { return parameters }
            guard separator == ";" else { return nil }
            skipSpaces()
            let name = token().lowercased()
            skipSpaces()
            guard !name.isEmpty, rest.popFirst() == "=" else { return nil }
            skipSpaces()
            guard let value = rest.first == "\"" ? quoted() : token(),
                parameters.updateValue(value, forKey: name) == nil
            else { return nil }
        }
    }
}
