extension Lexer {
    /// `12`, `0x1f`, either with `u`, `1.5`, `.5`, `1e3`.
    mutating func number() -> Token.Kind? {
        let start = position
        if peek() == UInt8(ascii: "0"), let x = peek(1), x | 0x20 == UInt8(ascii: "x"), peek(2)?.hexadecimalValue != nil
        {
            position += 2
            let digits = position
            while let byte = peek(), byte.hexadecimalValue != nil { position += 1 }
            return whole(UInt64(text(digits..<position), radix: 16), start)
        }
        let digits = position
        skipDigits()
        var isDouble = false
        if peek() == UInt8(ascii: "."), peek(1)?.isDigit == true {
            isDouble = true
            position += 1
            skipDigits()
        }
        if let exponent = peek(), exponent | 0x20 == UInt8(ascii: "e") {
            let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
            if peek(1 + sign)?.isDigit == true {
                isDouble = true
                position += 1 + sign
                skipDigits()
            }
        }
        guard isDouble else { return whole(UInt64(text(digits..<position)), start) }
        let written = text(start..<position)
        guard let value = Double(written.hasPrefix(".") ? "0" + written : written), value.isFinite else {
            issue("The number is too large.", code: "expression.number", start..<position)
            return .double(0)
        }
        return .double(value)
    }

    private mutating func skipDigits() {
        while peek()?.isDigit == true { position += 1 }
    }

    private mutating func whole(_ value: UInt64?, _ start: Int) -> Token.Kind {
        var isUnsigned = false
        if let suffix = peek(), suffix | 0x20 == UInt8(ascii: "u") {
            isUnsigned = true
            position += 1
        }
        if let next = peek(), next.isIdentifierStart {
            let end = bytes[position...].firstIndex { !$0.isIdentifierStart && !$0.isDigit } ?? bytes.count
            issue(
                "`\(text(start..<end))` is neither a number nor a name.",
                hint: "A unit stands apart from its number, as in `2 days`.", start..<end)
            position = end
        }
        guard let value, isUnsigned || value <= 1 << 63 else {
            issue("The number is too large.", code: "expression.number", start..<position)
            return isUnsigned ? .uint(0) : .int(0)
        }
        return isUnsigned ? .uint(value) : .int(value)
    }
}
