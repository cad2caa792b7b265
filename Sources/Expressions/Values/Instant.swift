/// A moment on the UTC time line, to the nanosecond, between the years 0001 and 9999.
///
/// What lies outside is moved to the nearest end, so every instant prints as RFC 3339 and reads back unchanged.
/// `Swift.Duration` is the elapsed time between two of them; leap seconds are not counted (as in POSIX time).
public struct Instant: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Whole seconds since 1970-01-01T00:00:00Z; negative before it.
    public let seconds: Int64
    /// The nanoseconds after `seconds`, from 0 to 999,999,999.
    public let nanoseconds: Int32

    /// 0001-01-01T00:00:00Z.
    public static let earliest = Instant(seconds: lowest)
    /// 9999-12-31T23:59:59.999999999Z.
    public static let latest = Instant(seconds: highest, nanoseconds: 999_999_999)

    static let lowest: Int64 = -62_135_596_800
    static let highest: Int64 = 253_402_300_799

    /// The instant so many seconds and nanoseconds after 1970 began in UTC; both may be negative, and nanoseconds carry
    /// over.
    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        let carry = Int64(nanoseconds).flooredDivision(by: 1_000_000_000)
        let (whole, overflow) = seconds.addingReportingOverflow(carry)
        if overflow ? seconds < 0 : whole < Self.lowest {
            (self.seconds, self.nanoseconds) = (Self.lowest, 0)
        } else if overflow || whole > Self.highest {
            (self.seconds, self.nanoseconds) = (Self.highest, 999_999_999)
        } else {
            (self.seconds, self.nanoseconds) = (whole, Int32(Int64(nanoseconds) - carry * 1_000_000_000))
        }
    }

    /// Reads RFC 3339 with `Z` or a numeric offset and up to nine digits of a second's fraction; nil for everything
    /// else, a leap second (`:60`) and years outside 0001 to 9999 included.
    public init?(rfc3339 text: String) {
        var scanner = Scanner(text)
        guard let date = scanner.date(), scanner.take("T") || scanner.take("t"),
            let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2), scanner.take(":"),
            let second = scanner.digits(2), hour < 24, minute < 60, second < 60
        else { return nil }
        var nanoseconds = 0
        if scanner.take(".") {
            guard let fraction = scanner.fraction() else { return nil }
            nanoseconds = fraction
        }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let local = Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        let seconds = local - Int64(offset)
        guard seconds >= Self.lowest, seconds <= Self.highest else { return nil }
        self.init(seconds: seconds, nanoseconds: Int32(nanoseconds))
    }

    /// RFC 3339 in UTC, `2026-11-21T08:00:00Z`; a fraction only when there is one, in 3, 6 or 9 digits.
    public var description: String {
        let (date, rest) = utc
        let time = "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
        return "\(date)T\(time)\(fractionDigits(Int(nanoseconds)))Z"
    }

    /// The date in UTC, and the second within its day.
    var utc: (date: CivilDate, secondOfDay: Int) {
        let day = seconds.flooredDivision(by: 86_400)
        return (CivilDate(daysSinceEpoch: Int(day)), Int(seconds - day * 86_400))
    }

    /// The instant so much later, or nil outside the years 0001 to 9999.
    func adding(exactly duration: Duration) -> Instant? {
        let (whole, attoseconds) = duration.components
        let (sum, overflow) = seconds.addingReportingOverflow(whole)
        guard !overflow else { return nil }
        let nanos = Int64(nanoseconds) + attoseconds / 1_000_000_000
        let carry = nanos.flooredDivision(by: 1_000_000_000)
        let (total, again) = sum.addingReportingOverflow(carry)
        guard !again, total >= Self.lowest, total <= Self.highest else { return nil }
        return Instant(seconds: total, nanoseconds: Int32(nanos - carry * 1_000_000_000))
    }

    /// The earlier instant is less.
    public static func < (left: Instant, right: Instant) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The instant `duration` after `instant`, to the nanosecond; stops at the ends of the range.
    public static func + (instant: Instant, duration: Duration) -> Instant {
        instant.adding(exactly: duration) ?? (duration < .zero ? earliest : latest)
    }

    /// The instant `duration` before `instant`, to the nanosecond; stops at the ends of the range.
    public static func - (instant: Instant, duration: Duration) -> Instant {
        instant + (Duration.zero - duration)
    }

    /// The time elapsed from `right` to `left`; negative when `left` is earlier.
    public static func - (left: Instant, right: Instant) -> Duration {
        .seconds(left.seconds - right.seconds) + .nanoseconds(Int64(left.nanoseconds - right.nanoseconds))
    }
}

extension Instant: Codable {
    /// Reads the RFC 3339 text of `description`.
    public init(from decoder: any Decoder) throws {
        self = try decodeText(from: decoder, "an RFC 3339 instant") { Instant(rfc3339: $0) }
    }

    /// Writes `description`.
    public func encode(to encoder: any Encoder) throws {
        try encodeText(description, to: encoder)
    }
}
