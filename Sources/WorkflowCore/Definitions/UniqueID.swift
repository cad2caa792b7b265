/// A 128-bit identifier (RFC 9562), as two big-endian halves, so that comparing it is comparing time for version 7.
public struct UniqueID: Hashable, Comparable, Sendable {
    /// The first eight bytes; for version 7 they begin with the milliseconds since 1970.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64

    /// Takes the two halves as they are.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A version 7 identifier of a moment (milliseconds since 1970, the lowest 48 bits count) and 74 random bits taken from the two words.
    public static func version7(milliseconds: UInt64, random first: UInt64, _ second: UInt64) -> UniqueID {
        UniqueID(
            high: milliseconds << 16 | 0x7000 | (first & 0x0FFF),
            low: 0x8000_0000_0000_0000 | (second & 0x3FFF_FFFF_FFFF_FFFF)
        )
    }

    /// Reads the form with 32 hexadecimal digits and hyphens at 8-4-4-4-12, in either case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        var halves: [UInt64] = [0, 0]
        var digits = 0
        var position = 0
        for byte in text.utf8 {
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
            } else {
                guard digits < 32, let digit = Self.hexadecimal(byte) else { return nil }
                halves[digits / 16] = halves[digits / 16] << 4 | digit
                digits += 1
            }
            position += 1
        }
        guard digits == 32, position == 36 else { return nil }
        self.init(high: halves[0], low: halves[1])
    }

    /// Earlier ones of version 7 are less.
    public static func < (left: UniqueID, right: UniqueID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension UniqueID: CustomStringConvertible {
    /// The usual lower-case form with hyphens.
    public var description: String {
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for (half, value) in [high, low].enumerated() {
                for nibble in 0..<16 {
                    if half == 0 ? (nibble == 8 || nibble == 12) : (nibble == 0 || nibble == 4) {
                        buffer[position] = UInt8(ascii: "-")
                        position += 1
                    }
                    buffer[position] = digits.utf8Start[Int(value >> UInt64(60 - 4 * nibble) & 15)]
                    position += 1
                }
            }
            return position
        }
    }
}

extension UniqueID: Codable {
    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = UniqueID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a UUID")
        }
        self = id
    }

    /// Writes the form with hyphens.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Identifiers for what one decision creates: the same seed gives the same identifiers, so that deciding stays a pure function.
public struct UniqueIDSource: Sendable {
    private let milliseconds: UInt64
    private var state: UInt64
    private let salt: UInt64

    /// Takes the decision's moment and two random words that the caller drew from the system.
    public init(milliseconds: UInt64, seed: (UInt64, UInt64)) {
        self.milliseconds = milliseconds
        state = seed.0
        salt = seed.1
    }

    /// The next identifier, a version 7 one of the decision's moment.
    public mutating func next() -> UniqueID {
        let first = word()
        return .version7(milliseconds: milliseconds, random: first, word() ^ salt)
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): every seed gives a full-period sequence.
    private mutating func word() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// A request, whatever its type.
public struct RequestID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The identifier, version 7: later requests sort later.
    public let id: UniqueID

    /// Takes the parts as they are.
    public init(_ id: UniqueID) {
        self.id = id
    }

    /// Reads a UUID; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let id = UniqueID(text) else { return nil }
        self.id = id
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        id = try UniqueID(from: decoder)
    }

    /// Writes the form with hyphens.
    public func encode(to encoder: any Encoder) throws {
        try id.encode(to: encoder)
    }

    /// Earlier ones of version 7 are less.
    public static func < (left: RequestID, right: RequestID) -> Bool { left.id < right.id }

    /// The lower-case form with hyphens.
    public var description: String { id.description }
}

/// A person of the directory. Says nothing about who it is, so that it may stay in a journal after the person is erased.
public struct PersonID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The identifier itself.
    public let id: UniqueID

    /// Takes the parts as they are.
    public init(_ id: UniqueID) {
        self.id = id
    }

    /// Reads a UUID; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let id = UniqueID(text) else { return nil }
        self.id = id
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        id = try UniqueID(from: decoder)
    }

    /// Writes the form with hyphens.
    public func encode(to encoder: any Encoder) throws {
        try id.encode(to: encoder)
    }

    /// Earlier ones of version 7 are less.
    public static func < (left: PersonID, right: PersonID) -> Bool { left.id < right.id }

    /// The lower-case form with hyphens.
    public var description: String { id.description }
}
