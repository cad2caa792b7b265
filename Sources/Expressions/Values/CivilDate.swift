/// A day of the proleptic Gregorian calendar, without a time zone, between 0001-01-01 and 9999-12-31.
public struct CivilDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 1 to 9999.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int

    static let lowestDay = -719_162
    static let highestDay = 2_932_896

    /// Nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
        else {
            return nil
        }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads `2026-11-21` (ISO 8601, extended form); nil for everything else.
    public init?(iso8601 text: String) {
        var scanner = Scanner(text)
        guard let date = scanner.date(), scanner.isAtEnd else { return nil }
        self = date
    }

    /// The day so many days after 1970-01-01; stops at the ends of the range.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    public init(daysSinceEpoch days: Int) {
        let shifted = min(max(days, Self.lowestDay), Self.highestDay) + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01; negative before it.
    public var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.flooredDivision(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The day so many days later (earlier when negative); stops at the ends of the range.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        return CivilDate(daysSinceEpoch: overflow ? (days < 0 ? Self.lowestDay : Self.highestDay) : sum)
    }

    /// The same day so many months later (earlier when negative), or that month's last day when it has no such day.
    public func adding(months: Int) -> CivilDate {
        let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
        guard !overflow, sum >= 12, sum < 120_000 else {
            return CivilDate(daysSinceEpoch: months < 0 ? Self.lowestDay : Self.highestDay)
        }
        let (year, month) = (sum / 12, sum % 12 + 1)
        let day = min(day, Self.days(in: month, of: year))
        return CivilDate(year: year, month: month, day: day) ?? self
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    public var weekday: Int {
        let days = daysSinceEpoch + 3
        return days - days.flooredDivision(by: 7) * 7 + 1
    }

    /// 1 for 1 January to 366.
    public var dayOfYear: Int {
        guard let first = CivilDate(year: year, month: 1, day: 1) else { return 1 }
        return daysSinceEpoch - first.daysSinceEpoch + 1
    }

    /// ISO 8601, `2026-11-21`.
    public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

    /// The earlier day is less.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CivilDate: Codable {
    /// Reads the ISO 8601 text of `description`.
    public init(from decoder: any Decoder) throws {
        self = try decodeText(from: decoder, "a date like 2026-11-21") { CivilDate(iso8601: $0) }
    }

    /// Writes `description`.
    public func encode(to encoder: any Encoder) throws {
        try encodeText(description, to: encoder)
    }
}
