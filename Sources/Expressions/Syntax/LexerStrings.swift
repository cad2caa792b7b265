extension Lexer {
    /// What stands before a string's quotes.
    struct StringPrefix {
        var isRaw = false
        var isBytes = false
        var length = 0
    }

    /// The prefix when a string starts here.
    func stringPrefix() -> StringPrefix? {
        var prefix = StringPrefix()
        while let byte = peek(prefix.length) {
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): return prefix
            case UInt8(ascii: "r"), UInt8(ascii: "R"):
                if prefix.isRaw { return nil }
                prefix.isRaw = true
            case UInt8(ascii: "b"), UInt8(ascii: "B"):
                if prefix.isBytes { return nil }
                prefix.isBytes = true
            default: return nil
            }
            prefix.length += 1
        }
        return nil
    }

    /// A whole string or bytes literal.
    mutating func string(_ prefix: StringPrefix) -> Token.Kind? {
        let start = position
        position += prefix.length
        guard let quote = peek() else { return nil }
        let isTriple = peek(1) == quote && peek(2) == quote
        let width = isTriple ? 3 : 1
        position += width
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
                position += width
                return prefix.isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self))
            }
            if !isTriple, byte == 0x0A || byte == 0x0D { break }
            if byte == UInt8(ascii: "\\"), !prefix.isRaw {
                escape(isBytes: prefix.isBytes, into: &content)
            } else {
                content.append(byte)
                position += 1
            }
        }
        issue("The text is not closed.", hint: "End it with the quote it starts with.", start..<position)
        return nil
    }

    private mutating func escape(isBytes: Bool, into content: inout [UInt8]) {
        let start = position
        position += 1
        guard let byte = peek() else { return }
        position += 1
        switch Unicode.Scalar(byte) {
        case "a": content.append(0x07)
        case "b": content.append(0x08)
        case "f": content.append(0x0C)
        case "n": content.append(0x0A)
        case "r": content.append(0x0D)
        case "t": content.append(0x09)
        case "v": content.append(0x0B)
        case "\\", "?", "\"", "'", "`": content.append(byte)
        case "x", "X": code(digits: 2, isBytes: isBytes, start, &content)
        case "u" where !isBytes: code(digits: 4, isBytes: false, start, &content)
        case "U" where !isBytes: code(digits: 8, isBytes: false, start, &content)
        case "0"..."3":
            guard let second = peek(), let third = peek(1), (0x30...0x37).contains(second),
                (0x30...0x37).contains(third)
            else { return badEscape(start) }
            position += 2
            append(
                UInt32(byte - 0x30) * 64 + UInt32(second - 0x30) * 8 + UInt32(third - 0x30), isBytes, start, &content)
        default:
            while let next = peek(), next & 0xC0 == 0x80 { position += 1 }
            badEscape(start)
        }
    }

    private mutating func code(digits: Int, isBytes: Bool, _ start: Int, _ content: inout [UInt8]) {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = peek()?.hexadecimalValue else { return badEscape(start) }
            value = value << 4 | digit
            position += 1
        }
        append(value, isBytes, start, &content)
    }

    private mutating func append(_ value: UInt32, _ isBytes: Bool, _ start: Int, _ content: inout [UInt8]) {
        if isBytes {
            content.append(UInt8(truncatingIfNeeded: value))
        } else if let scalar = Unicode.Scalar(value) {
            content += Array(String(Character(scalar)).utf8)
        } else {
            badEscape(start)
        }
    }

    private mutating func badEscape(_ start: Int) {
        issue(
            "`\(text(start..<position))` is no escape sequence.",
            hint: "A backslash itself is written `\\\\`; in `r\"…\"` none has a meaning.", start..<position)
    }
}
