extension Double {
    /// With exactly so many decimals, rounded to the nearest, halves to even: `2.718280`. The number is finite.
    func fixedPoint(places: Int) -> String {
        var digits = magnitude.scaled(byPowerOfTen: places).description
        if digits.count <= places { digits = String(repeating: "0", count: places + 1 - digits.count) + digits }
        let whole = digits.dropLast(places)
        return (sign == .minus ? "-" : "") + whole + (places > 0 ? "." + digits.suffix(places) : "")
    }

    /// With one digit before the point, so many after it, and a power of ten: `1.052033e+03`. The number is finite.
    func scientific(places: Int) -> String {
        var power = 0
        var digits = String(repeating: "0", count: places + 1)
        if self != 0, let decimal = Decimal(magnitude) {
            power = String(decimal.significand).utf8.count + decimal.exponent - 1
            digits = magnitude.scaled(byPowerOfTen: places - power).description
            // The shortest decimal may lie just above a power of ten that the number itself does not reach, and rounding
            // may reach the next one.
            if digits.utf8.count <= places {
                power -= 1
                digits = magnitude.scaled(byPowerOfTen: places - power).description
            }
            if digits.utf8.count > places + 1 {
                power += 1
                digits.removeLast()
            }
        }
        let exponent = (power < 0 ? "-" : "+") + padded(Int(power.magnitude), 2)
        let fraction = places > 0 ? "." + digits.dropFirst() : ""
        return (sign == .minus ? "-" : "") + digits.prefix(1) + fraction + "e" + exponent
    }

    /// The whole number nearest to this one times a power of ten, halves to even. The number is finite and not negative.
    private func scaled(byPowerOfTen power: Int) -> WideInteger {
        guard self != 0 else { return WideInteger(0) }
        let isNormal = exponentBitPattern != 0
        let bits = significandBitPattern | (isNormal ? 1 << Double.significandBitCount : 0)
        let shift = Int(isNormal ? exponentBitPattern : 1) - 1075
        // One bit more than asked for, and whether anything lies below it, decide on the rounding.
        var number = WideInteger(bits)
        number.shiftLeft(by: 1 + max(shift, 0))
        for _ in 0..<max(power, 0) { number.multiply(by: 10) }
        var isInexact = false
        for _ in 0..<max(-power, 0) where number.divide(by: 10) != 0 { isInexact = true }
        if shift < 0, number.shiftRight(by: -shift) { isInexact = true }
        let half = number.shiftRight(by: 1)
        if half, isInexact || number.isOdd { number.add(1) }
        return number
    }
}

/// A whole number of any size, as far as writing decimals needs one.
private struct WideInteger: CustomStringConvertible {
    /// The least significant first, without leading zeros.
    private var limbs: [UInt32]

    init(_ number: UInt64) {
        limbs = [UInt32(truncatingIfNeeded: number), UInt32(number >> 32)]
        trim()
    }

    var isOdd: Bool { (limbs.first ?? 0) & 1 == 1 }

    private mutating func trim() {
        while limbs.last == 0 { limbs.removeLast() }
    }

    mutating func multiply(by factor: UInt32) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let product = UInt64(limbs[index]) * UInt64(factor) + carry
            limbs[index] = UInt32(truncatingIfNeeded: product)
            carry = product >> 32
        }
        if carry > 0 { limbs.append(UInt32(carry)) }
    }

    mutating func add(_ number: UInt32) {
        var carry = number
        for index in limbs.indices where carry > 0 {
            let (sum, overflow) = limbs[index].addingReportingOverflow(carry)
            limbs[index] = sum
            carry = overflow ? 1 : 0
        }
        if carry > 0 { limbs.append(carry) }
    }

    /// Divides, and gives the remainder.
    mutating func divide(by divisor: UInt32) -> UInt32 {
        var remainder: UInt64 = 0
        for index in limbs.indices.reversed() {
            let part = remainder << 32 | UInt64(limbs[index])
            limbs[index] = UInt32(part / UInt64(divisor))
            remainder = part % UInt64(divisor)
        }
        trim()
        return UInt32(remainder)
    }

    mutating func shiftLeft(by bits: Int) {
        for _ in 0..<bits % 32 { multiply(by: 2) }
        if !limbs.isEmpty { limbs.insert(contentsOf: repeatElement(0, count: bits / 32), at: 0) }
    }

    /// Drops bits, and tells whether any of them was set.
    mutating func shiftRight(by bits: Int) -> Bool {
        let dropped = min(bits / 32, limbs.count)
        var isInexact = limbs[..<dropped].contains { $0 != 0 }
        limbs.removeFirst(dropped)
        if bits % 32 > 0, divide(by: 1 << UInt32(bits % 32)) != 0 { isInexact = true }
        return isInexact
    }

    var description: String {
        var number = self
        var parts: [String] = []
        while !number.limbs.isEmpty { parts.append(padded(Int(number.divide(by: 1_000_000_000)), 9)) }
        let digits = parts.reversed().joined().drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }
}
