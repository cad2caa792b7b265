extension Duration {
    /// The longest duration that CEL's type holds, either way: 315,576,000,000 seconds, about 10,000 years.
    static let celLimit = Duration.seconds(315_576_000_000)

    /// Seconds with as many decimals as needed and the unit, `3.5s` (CEL's `string(duration)`); less than a nanosecond
    /// is cut.
    var inSeconds: String {
        let (seconds, attoseconds) = components
        let nanoseconds = Int(attoseconds / 1_000_000_000)
        let sign = self < .zero ? "-" : ""
        guard nanoseconds != 0 else { return "\(sign)\(seconds.magnitude)s" }
        var fraction = padded(Int(nanoseconds.magnitude), 9)
        while fraction.last == "0" { fraction.removeLast() }
        return "\(sign)\(seconds.magnitude).\(fraction)s"
    }

    /// Reads `3.5s` and `-2s`; nil for everything else.
    init?(seconds text: String) {
        guard text.utf8.last == UInt8(ascii: "s"), !text.utf8.dropLast().contains(where: { $0 >= 0x61 }) else {
            return nil
        }
        self.init(celText: text)
    }

    /// Reads CEL's durations: a sign, then one or more decimal numbers with `h`, `m`, `s`, `ms`, `us` or `ns`, as in
    /// `1h30m`. Nil for everything else and beyond `celLimit`; fractions of a nanosecond are cut.
    init?(celText text: String) {
        var rest = Substring(text).unicodeScalars
        var isNegative = false
        if let first = rest.first, first == "-" || first == "+" {
            isNegative = first == "-"
            rest.removeFirst()
        }
        guard !rest.isEmpty else { return nil }
        var total = Duration.zero
        while !rest.isEmpty {
            guard let (part, after) = Self.part(of: rest) else { return nil }
            total += part
            guard total <= Self.celLimit else { return nil }
            rest = after
        }
        self = isNegative ? .zero - total : total
    }

    /// One number with its unit, and what follows.
    private static func part(of text: Substring.UnicodeScalarView) -> (Duration, Substring.UnicodeScalarView)? {
        let number = text.prefix { $0 == "." || ("0"..."9").contains($0) }
        let unit = text[number.endIndex...].prefix { ("a"..."z").contains($0) }
        let nanosecondsInUnit: Int64
        switch String(unit) {
        case "h": nanosecondsInUnit = 3_600_000_000_000
        case "m": nanosecondsInUnit = 60_000_000_000
        case "s": nanosecondsInUnit = 1_000_000_000
        case "ms": nanosecondsInUnit = 1_000_000
        case "us": nanosecondsInUnit = 1000
        case "ns": nanosecondsInUnit = 1
        default: return nil
        }
        let pieces = number.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count <= 2, number.count(where: { $0 != "." }) > 0 else { return nil }
        var sum = Duration.zero
        if let whole = pieces.first, !whole.isEmpty {
            guard let count = Int64(String(whole)), count <= Int64.max / 1000 else { return nil }
            sum += .nanoseconds(nanosecondsInUnit) * count
        }
        if pieces.count == 2 {
            var (remainder, scale) = (Int64(0), Int64(1))
            for digit in pieces[1].prefix(15) {
                remainder = remainder * 10 + Int64(digit.value - 0x30)
                scale *= 10
            }
            // Hours have 13 digits of nanoseconds and the fraction up to 15: their product needs more than 64 bits.
            let (high, low) = remainder.multipliedFullWidth(by: nanosecondsInUnit)
            sum += .nanoseconds(scale.dividingFullWidth((high, low)).quotient)
        }
        return (sum, text[unit.endIndex...])
    }
}
