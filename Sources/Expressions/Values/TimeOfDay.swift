/// A wall-clock time to the minute, without date or zone, from 00:00 to 23:59.
public struct TimeOfDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int

    /// 00:00.
    public static let midnight = TimeOfDay(minuteOfDay: 0)

    /// Nil outside 00:00 to 23:59.
    public init?(hour: Int, minute: Int) {
        guard (0..<24).contains(hour), (0..<60).contains(minute) else { return nil }
        (self.hour, self.minute) = (hour, minute)
    }

    /// Reads `09:00`, two digits each; nil for everything else.
    public init?(_ text: String) {
        var scanner = Scanner(text)
        guard let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2), scanner.isAtEnd else {
            return nil
        }
        self.init(hour: hour, minute: minute)
    }

    private init(minuteOfDay: Int) {
        (hour, minute) = (minuteOfDay / 60, minuteOfDay % 60)
    }

    /// Minutes since midnight, 0 to 1439.
    public var minuteOfDay: Int { hour * 60 + minute }

    /// `09:00`.
    public var description: String { "\(padded(hour, 2)):\(padded(minute, 2))" }

    /// The earlier time is less.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minuteOfDay < right.minuteOfDay }
}

extension TimeOfDay: Codable {
    /// Reads the text of `description`.
    public init(from decoder: any Decoder) throws {
        self = try decodeText(from: decoder, "a time of day like 09:00") { TimeOfDay($0) }
    }

    /// Writes `description`.
    public func encode(to encoder: any Encoder) throws {
        try encodeText(description, to: encoder)
    }
}
