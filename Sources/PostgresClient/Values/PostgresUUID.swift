/// A UUID as two words: what a `uuid` column holds. Ordered as PostgreSQL orders it.
package struct PostgresUUID: PostgresScalar, Hashable, Comparable, CustomStringConvertible {
    /// The first eight bytes, most significant first.
    package let high: UInt64
    /// The last eight bytes, most significant first.
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The UUID in the form `01890a5d-ac96-774b-bcce-b302099a8057`, in either case; nil for anything else.
    package init?(_ text: some StringProtocol) {
        var words: (high: UInt64, low: UInt64) = (0, 0)
        var position = 0
        for unit in text.utf8 {
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard unit == UInt8(ascii: "-") else { return nil }
            } else {
                let digit: UInt64
                switch unit {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(unit - UInt8(ascii: "0"))
                case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(unit - UInt8(ascii: "a") + 10)
                case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt64(unit - UInt8(ascii: "A") + 10)
                default: return nil
                }
                if position < 18 { words.high = words.high << 4 | digit } else { words.low = words.low << 4 | digit }
            }
            position += 1
            guard position <= 36 else { return nil }
        }
        guard position == 36 else { return nil }
        self.init(high: words.high, low: words.low)
    }

    /// The lower-case form with hyphens.
    package var description: String {
        let digits = StaticString("0123456789abcdef")
        return String(unsafeUninitializedCapacity: 36) { output in
            var place = 0
            for nibble in 0..<32 {
                if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
                    output[place] = UInt8(ascii: "-")
                    place += 1
                }
                let word = nibble < 16 ? high : low
                output[place] = digits.utf8Start[Int(word >> UInt64(60 - nibble % 16 * 4) & 15)]
                place += 1
            }
            return place
        }
    }

    package static func < (left: PostgresUUID, right: PostgresUUID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    package static var postgresType: PostgresType { .uuid }

    package func encode(into writer: inout PostgresWriter) {
        writer.append(high)
        writer.append(low)
    }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> PostgresUUID {
        let bytes = try cell.value(expected: "PostgresUUID")
        guard cell.oid == PostgresType.uuid.oid, bytes.count == 16 else { throw .wrongType(expected: "PostgresUUID") }
        return PostgresUUID(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
}
