/// A word of the source.
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Without its sign; up to 2^63, which only a minus in front makes an int.
        case int(UInt64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case identifier(String)
        /// A field's name between backticks.
        case quoted(String)
        case symbol(Symbol)
        case end
    }

    enum Symbol: String, Hashable, Sendable {
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case and = "&&"
        case or = "||"
        case less = "<"
        case greater = ">"
        case plus = "+"
        case minus = "-"
        case star = "*"
        case slash = "/"
        case percent = "%"
        case not = "!"
        case question = "?"
        case colon = ":"
        case comma = ","
        case dot = "."
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBracket = "["
        case closeBracket = "]"
        case openBrace = "{"
        case closeBrace = "}"

        /// Those of one byte, by that byte.
        private static let ofOneByte: [Symbol?] = (0..<128).map { Symbol(rawValue: String(UnicodeScalar(UInt8($0)))) }

        /// That of one byte; nil when there is none.
        static func of(_ byte: UInt8) -> Symbol? { byte < 128 ? ofOneByte[Int(byte)] : nil }

        /// That of two bytes; nil when there is none.
        static func of(_ first: UInt8, _ second: UInt8) -> Symbol? {
            switch (first, second) {
            case (UInt8(ascii: "="), UInt8(ascii: "=")): .equal
            case (UInt8(ascii: "!"), UInt8(ascii: "=")): .notEqual
            case (UInt8(ascii: "<"), UInt8(ascii: "=")): .lessOrEqual
            case (UInt8(ascii: ">"), UInt8(ascii: "=")): .greaterOrEqual
            case (UInt8(ascii: "&"), UInt8(ascii: "&")): .and
            case (UInt8(ascii: "|"), UInt8(ascii: "|")): .or
            default: nil
            }
        }
    }

    let kind: Kind
    /// UTF-8 offsets into the source.
    let range: Range<Int>
}
