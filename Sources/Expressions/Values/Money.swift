/// An exact amount in one currency.
public struct Money: Hashable, Sendable, CustomStringConvertible {
    /// The amount in the currency's smallest unit of ISO 4217: cents for EUR, yen for JPY, fils for KWD.
    public let minorUnits: Int64
    /// The ISO 4217 code, three capital letters.
    public let currency: String

    /// Nil when the currency is not three capital letters (whether ISO lists it is not checked), and for the one amount
    /// whose negation overflows.
    public init?(minorUnits: Int64, currency: String) {
        guard minorUnits != .min, currency.utf8.count == 3, currency.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A })
        else { return nil }
        (self.minorUnits, self.currency) = (minorUnits, currency)
    }

    /// Reads `1250.00 EUR`, `1250 EUR` or `-3 JPY`; nil for everything else, more decimals than the currency has
    /// included.
    public init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let places = Self.decimals(of: String(parts[1]))
        var scanner = Scanner(String(parts[0]))
        let isNegative = scanner.take("-")
        guard let whole = scanner.number() else { return nil }
        var fraction: Int64 = 0
        if scanner.take(".") {
            guard places > 0, let digits = scanner.digits(places) else { return nil }
            fraction = Int64(digits)
        }
        let (scaled, overflow) = whole.multipliedReportingOverflow(by: Self.scale(of: places))
        let (total, again) = scaled.addingReportingOverflow(fraction)
        guard scanner.isAtEnd, !overflow, !again else { return nil }
        self.init(minorUnits: isNegative ? -total : total, currency: String(parts[1]))
    }

    /// The amount with all decimals of its currency, and the code: `1250.00 EUR`.
    public var description: String {
        let places = Self.decimals(of: currency)
        let magnitude = minorUnits.magnitude
        let scale = UInt64(Self.scale(of: places))
        let fraction = places == 0 ? "" : "." + padded(Int(magnitude % scale), places)
        return "\(minorUnits < 0 ? "-" : "")\(magnitude / scale)\(fraction) \(currency)"
    }

    /// How many decimals amounts of a currency have (ISO 4217, minor unit): 2 unless listed otherwise.
    static func decimals(of currency: String) -> Int {
        switch currency {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
            "XOF",
            "XPF":
            0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        case "CLF", "UYW": 4
        default: 2
        }
    }

    private static func scale(of places: Int) -> Int64 {
        (0..<places).reduce(1) { scale, _ in scale * 10 }
    }
}

extension Money: Codable {
    /// Reads the text of `description`.
    public init(from decoder: any Decoder) throws {
        self = try decodeText(from: decoder, "an amount like 1250.00 EUR") { Money($0) }
    }

    /// Writes `description`.
    public func encode(to encoder: any Encoder) throws {
        try encodeText(description, to: encoder)
    }
}
