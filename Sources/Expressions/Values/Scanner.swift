/// Reads the fixed-width texts of dates, times and offsets, byte by byte.
struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Skips the character when it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly so many decimal digits.
    mutating func digits(_ count: Int) -> Int? {
        guard rest.count >= count else { return nil }
        var number = 0
        for byte in rest.prefix(count) {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        rest.removeFirst(count)
        return number
    }

    /// All decimal digits that follow, at least one; nil as well when they do not fit.
    mutating func number() -> Int64? {
        var number: Int64 = 0
        var isEmpty = true
        while let byte = rest.first, byte >= 0x30, byte <= 0x39 {
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, again) = tens.addingReportingOverflow(Int64(byte - 0x30))
            guard !overflow, !again else { return nil }
            number = sum
            isEmpty = false
            rest.removeFirst()
        }
        return isEmpty ? nil : number
    }

    /// One to nine digits after the point, as nanoseconds.
    mutating func fraction() -> Int? {
        var nanoseconds = 0
        var scale = 100_000_000
        var isEmpty = true
        while let byte = rest.first, byte >= 0x30, byte <= 0x39 {
            guard scale > 0 else { return nil }
            nanoseconds += Int(byte - 0x30) * scale
            scale /= 10
            isEmpty = false
            rest.removeFirst()
        }
        return isEmpty ? nil : nanoseconds
    }

    /// A date as `YYYY-MM-DD`.
    mutating func date() -> CivilDate? {
        guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2) else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// `Z`, `+HH:MM` or `-HH:MM`, in seconds east of UTC.
    mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        return numericOffset()
    }

    /// `+HH:MM` or `-HH:MM`, in seconds east of UTC.
    mutating func numericOffset() -> Int? {
        let isNegative = take("-")
        guard isNegative || take("+"), let hours = digits(2), take(":"), let minutes = digits(2), hours < 24,
            minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
    }
}

extension FixedWidthInteger {
    /// The quotient rounded towards negative infinity.
    func flooredDivision(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}

/// The number in decimal, with zeros in front up to `width`.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// `.5`-like text of a fraction of a second in 3, 6 or 9 digits, empty for none.
func fractionDigits(_ nanoseconds: Int) -> String {
    if nanoseconds == 0 { return "" }
    if nanoseconds % 1_000_000 == 0 { return "." + padded(nanoseconds / 1_000_000, 3) }
    if nanoseconds % 1000 == 0 { return "." + padded(nanoseconds / 1000, 6) }
    return "." + padded(nanoseconds, 9)
}

/// A value that is stored as one text.
func decodeText<T>(from decoder: any Decoder, _ what: String, _ parse: (String) -> T?) throws -> T {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = parse(text) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "\"\(text)\" is not \(what)")
    }
    return value
}

func encodeText(_ text: String, to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
}
