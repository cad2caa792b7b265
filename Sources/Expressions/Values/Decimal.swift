/// A finite number as it is written in decimals, for arithmetic with money: 0.29 is 29/100, though no `Double` is.
struct Decimal: Hashable {
    let significand: Int64
    /// The power of ten that the significand is multiplied by.
    let exponent: Int

    /// The shortest decimal that reads back as that number (at most 17 digits); nil for infinities and NaN.
    init?(_ number: Double) {
        guard number.isFinite else { return nil }
        var exponent = 0
        var significand: Int64 = 0
        var isFraction = false
        let parts = String(describing: number).split(separator: "e")
        for byte in parts[0].utf8 {
            switch byte {
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "-"): break
            default:
                significand = significand * 10 + Int64(byte - UInt8(ascii: "0"))
                if isFraction { exponent -= 1 }
            }
        }
        if parts.count > 1 { exponent += Int(parts[1]) ?? 0 }
        while significand != 0, significand % 10 == 0 {
            significand /= 10
            exponent += 1
        }
        self.significand = number < 0 ? -significand : significand
        self.exponent = significand == 0 ? 0 : exponent
    }

    /// The whole number nearest to this one times `factor` times a power of ten, halves away from zero; nil when it
    /// does not fit.
    func times(_ factor: Int64, shiftedBy places: Int = 0) -> Int64? {
        var product = Int128(significand) * Int128(factor)
        var power = exponent + places
        while power > 0, product != 0 {
            let (scaled, overflow) = product.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            product = scaled
            power -= 1
        }
        guard power < 0 else { return Int64(exactly: product) }
        guard power >= -38 else { return 0 }
        let divisor = (0..<(-power)).reduce(into: Int128(1)) { divisor, _ in divisor *= 10 }
        return Int64(exactly: product.dividedRoundingHalfAway(by: divisor))
    }
}

extension FixedWidthInteger {
    /// The quotient rounded to the nearest, halves away from zero. The divisor is positive.
    func dividedRoundingHalfAway(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        guard remainder.magnitude >= divisor.magnitude - remainder.magnitude else { return quotient }
        return quotient + (self < 0 ? -1 : 1)
    }
}

extension Money {
    /// So many times the amount, in the currency's smallest unit, halves away from zero. The factor counts as it is
    /// written in decimals. Nil when it becomes too large.
    func times(_ factor: Double) -> Money? {
        guard let units = Decimal(factor)?.times(minorUnits) else { return nil }
        return Money(minorUnits: units, currency: currency)
    }

    /// The amount in so many equal parts, one of them in the currency's smallest unit, halves away from zero. The divisor
    /// is not 0.
    func divided(by divisor: Int64) -> Money? {
        let quotient = Int128(minorUnits) * (divisor < 0 ? -1 : 1)
        let units = quotient.dividedRoundingHalfAway(by: Int128(divisor.magnitude))
        return Int64(exactly: units).flatMap { Money(minorUnits: $0, currency: currency) }
    }

    /// The amount with so many decimals at most, halves away from zero; nil when it becomes too large.
    func rounded(toPlaces places: Int) -> Money? {
        let dropped = Self.decimals(of: currency) - places
        guard dropped > 0 else { return self }
        let scale = (0..<dropped).reduce(into: Int64(1)) { scale, _ in scale *= 10 }
        let (units, overflow) = minorUnits.dividedRoundingHalfAway(by: scale).multipliedReportingOverflow(by: scale)
        return overflow ? nil : Money(minorUnits: units, currency: currency)
    }
}
