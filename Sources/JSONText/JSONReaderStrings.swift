/// Strings and their escapes.
extension JSONReader {
    /// The string whose opening quotation mark is at the position.
    mutating func string() throws(JSONProblem) -> String {
        position += 1
        let start = position
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                let text = try validated(bytes[start..<position], at: start)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw problem(.controlCharacter) }
            position += 1
        }
        throw problem(.unexpectedEnd)
    }

    /// Goes on from the first backslash of a string that began at `start`, now with a copy that the escapes are written into.
    private mutating func escapedString(from start: Int) throws(JSONProblem) -> String {
        var content = Array(bytes[start..<position])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                // Escapes write whole scalars, so a fault in the encoding stood in the text as it was sent.
                let text = try validated(content, at: start)
                position += 1
                return text
            case UInt8(ascii: "\\"):
                try escape(into: &content)
            default:
                guard byte >= 0x20 else { throw problem(.controlCharacter) }
                content.append(byte)
                position += 1
            }
        }
        throw problem(.unexpectedEnd)
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONProblem) {
        let start = position
        position += 1
        guard let byte = current else { throw problem(.unexpectedEnd) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try unicodeEscape(from: start)
            guard scalar.value != 0 else { throw problem(.nul, at: start) }
            content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default:
            throw problem(.escape, at: start)
        }
    }

    /// The scalar of `\uXXXX`, or of two of them that make a surrogate pair; the position is behind the first `u`.
    private mutating func unicodeEscape(from start: Int) throws(JSONProblem) -> Unicode.Scalar {
        let unit = try hexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, current == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw problem(.surrogate, at: start) }
        position += 2
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00))
        else { throw problem(.surrogate, at: start) }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONProblem) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current else { throw problem(.unexpectedEnd) }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            default: throw problem(.escape)
            }
            position += 1
        }
        return unit
    }

    private func validated(_ content: some Sequence<UInt8>, at start: Int) throws(JSONProblem) -> String {
        guard let text = String(validating: content, as: UTF8.self) else { throw problem(.encoding, at: start) }
        return text
    }
}
