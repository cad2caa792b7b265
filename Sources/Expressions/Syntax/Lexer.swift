/// Splits a source into tokens. It goes on after what it cannot read, so that one run finds every bad word.
struct Lexer {
    let bytes: [UInt8]
    var position = 0
    var issues: [ExpressionIssue] = []

    init(_ source: String) {
        bytes = Array(source.utf8)
    }

    mutating func tokens() -> [Token] {
        var tokens: [Token] = []
        tokens.reserveCapacity(bytes.count / 3 + 2)
        while let token = next() { tokens.append(token) }
        tokens.append(Token(kind: .end, range: bytes.count..<bytes.count))
        return tokens
    }

    func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    mutating func issue(
        _ message: String, hint: String? = nil, code: String = "expression.syntax", _ range: Range<Int>
    ) {
        issues.append(ExpressionIssue(code: code, message: message, hint: hint, range: range))
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private mutating func next() -> Token? {
        while true {
            skipSpace()
            guard let byte = peek() else { return nil }
            let start = position
            let kind: Token.Kind?
            if let prefix = stringPrefix() {
                kind = string(prefix)
            } else if byte.isIdentifierStart {
                while let next = peek(), next.isIdentifierStart || next.isDigit { position += 1 }
                kind = .identifier(text(start..<position))
            } else if byte.isDigit || (byte == UInt8(ascii: ".") && peek(1)?.isDigit == true) {
                kind = number()
            } else if byte == UInt8(ascii: "`") {
                kind = quotedName()
            } else {
                kind = symbol()
            }
            if let kind { return Token(kind: kind, range: start..<position) }
        }
    }

    private mutating func skipSpace() {
        while let byte = peek() {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
            case UInt8(ascii: "/") where peek(1) == byte:
                while let byte = peek(), byte != 0x0A { _ = byte; position += 1 }
            default: return
            }
        }
    }

    private mutating func quotedName() -> Token.Kind? {
        let start = position
        position += 1
        while let byte = peek(), byte != UInt8(ascii: "`"), byte != 0x0A { position += 1 }
        guard peek() == UInt8(ascii: "`") else {
            issue("A backtick is not closed.", start..<position)
            return nil
        }
        position += 1
        let name = text(start + 1..<position - 1)
        let isSound = name.utf8.allSatisfy { $0.isIdentifierStart || $0.isDigit || " -./".utf8.contains($0) }
        guard isSound, !name.isEmpty else {
            issue("Between backticks stand letters, digits, and any of `_-./ `.", start..<position)
            return nil
        }
        return .quoted(name)
    }

    private mutating func symbol() -> Token.Kind? {
        let start = position
        if let second = peek(1), let symbol = Token.Symbol.of(bytes[start], second) {
            position += 2
            return .symbol(symbol)
        }
        if let symbol = Token.Symbol.of(bytes[start]) {
            position += 1
            return .symbol(symbol)
        }
        position += 1
        while let byte = peek(), byte & 0xC0 == 0x80 { position += 1 }
        let found = text(start..<position)
        let hint: String? =
            switch found {
            case "=": "Compare with `==`."
            case "&": "Write `and` or `&&`."
            case "|": "Write `or` or `||`."
            case "“", "”", "„", "‘", "’", "«", "»": "Texts stand between straight quotes, \"like this\"."
            case "–", "—", "−": "Minus is `-`."
            case "≤": "Write `<=`."
            case "≥": "Write `>=`."
            case "≠": "Write `!=`."
            default: nil
            }
        let isShown = found.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        issue("\(isShown ? "`\(found)`" : "A control character") has no meaning here.", hint: hint, start..<position)
        return nil
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isIdentifierStart: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A || self == 0x5F }
    var hexadecimalValue: UInt32? { Unicode.Scalar(self).hexadecimalValue }
}
