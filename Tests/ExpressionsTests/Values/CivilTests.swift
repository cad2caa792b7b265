import Expressions
import Testing

@Suite struct CivilTests {
    @Test("Days since 1970 and dates are the same thing, from end to end")
    func days() {
        var weekday = 1  // 0001-01-01 was a Monday
        var last: CivilDate?
        for day in -719_162...2_932_896 where day % 7 == 0 || day < -718_000 || day > 2_931_000 {
            let date = CivilDate(daysSinceEpoch: day)
            #expect(date.daysSinceEpoch == day)
            if let last { #expect(last < date) }
            last = date
        }
        for day in -719_162 ..< -718_000 {
            #expect(CivilDate(daysSinceEpoch: day).weekday == weekday)
            weekday = weekday % 7 + 1
        }
        #expect(CivilDate(daysSinceEpoch: .max).description == "9999-12-31")
        #expect(CivilDate(daysSinceEpoch: .min).description == "0001-01-01")
    }

    @Test(
        "Months are added without leaving the month",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
            ("2026-11-21", 14, "2028-01-21"), ("2026-01-01", -1, "2025-12-01"), ("9999-06-01", 12, "9999-12-31"),
            ("0001-06-01", -12, "0001-01-01"),
        ])
    func months(_ start: String, _ months: Int, _ end: String) throws {
        #expect(try #require(CivilDate(iso8601: start)).adding(months: months).description == end)
    }

    @Test(
        "Days without an existence are refused",
        arguments: ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "x", ""])
    func refused(_ text: String) {
        #expect(CivilDate(iso8601: text) == nil)
    }

    @Test("The weekday is ISO's")
    func weekdays() throws {
        #expect(try #require(CivilDate(iso8601: "2026-11-21")).weekday == 6)
        #expect(try #require(CivilDate(iso8601: "2026-11-22")).weekday == 7)
        #expect(try #require(CivilDate(iso8601: "1969-12-29")).weekday == 1)
    }

    @Test("Spans, times and amounts read what they print")
    func texts() throws {
        for text in ["2 working days", "1 week", "-1 day", "30 minutes", "1 working hour", "12 months", "0 days"] {
            #expect(try #require(Span(text)).description == text)
        }
        for text in ["", "days", "2", "2  days", "+2 days", "2 fortnights", "2.5 days", "99999999999999999999 days"] {
            #expect(Span(text) == nil, "\(text)")
        }
        for text in ["1250.00 EUR", "-0.05 USD", "3 JPY", "1.234 KWD"] {
            #expect(try #require(Money(text)).description == text)
        }
        #expect(Money("12 EUR")?.minorUnits == 1200)
        for text in ["12", "12.5 EUR", "12.345 EUR", "3.0 JPY", "1 eur", "1 EURO", "1,00 EUR", " 1 EUR", "1 ", "."] {
            #expect(Money(text) == nil, "\(text)")
        }
        #expect(TimeOfDay("09:05")?.description == "09:05")
        for text in ["9:05", "24:00", "09:60", "09:05:00", ""] { #expect(TimeOfDay(text) == nil, "\(text)") }
    }
}
