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

    enum Symbol: String, Hashable, Sendable, CaseIterable {
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

        /// By their one or two bytes, the first above the second.
        static let byBytes: [UInt16: Symbol] = Dictionary(
            uniqueKeysWithValues: allCases.map { symbol in
                (symbol.rawValue.utf8.reduce(0) { $0 << 8 | UInt16($1) }, symbol)
            })
    }

    let kind: Kind
    /// UTF-8 offsets into the source.
    let range: Range<Int>
}
