import Expressions
import Foundation
import Testing

@testable import WorkflowCore

@Suite("Working time")
struct WorkingCalendarTests {
    /// Monday to Friday, 09:00 to 17:00; tables are in Berlin's winter time.
    private static let calendar = WorkingCalendar(hours: World.hours, zone: World.zone)

    private static let berlin: WorkingCalendar? = {
        guard let bytes = FileManager.default.contents(atPath: "/usr/share/zoneinfo/Europe/Berlin"),
            let zone = ZoneRules(name: "Europe/Berlin", tzif: Array(bytes))
        else { return nil }
        return WorkingCalendar(hours: World.hours, zone: zone)
    }()

    @Test(
        "Spans are added",
        arguments: [
            // Friday, 16:00.
            ("2026-11-20T15:00:00Z", "1 working hours", "2026-11-20T16:00:00Z"),
            ("2026-11-20T15:00:00Z", "2 working hours", "2026-11-23T09:00:00Z"),
            ("2026-11-20T15:00:00Z", "90 working minutes", "2026-11-23T08:30:00Z"),
            ("2026-11-20T15:00:00Z", "40 working hours", "2026-11-27T15:00:00Z"),
            ("2026-11-20T15:00:00Z", "1 working days", "2026-11-23T15:00:00Z"),
            ("2026-11-20T15:00:00Z", "5 working days", "2026-11-27T15:00:00Z"),
            ("2026-11-20T15:00:00Z", "6 working days", "2026-11-30T15:00:00Z"),
            ("2026-11-20T15:00:00Z", "-5 working days", "2026-11-13T15:00:00Z"),
            ("2026-11-20T15:00:00Z", "2 days", "2026-11-22T15:00:00Z"),
            ("2026-11-20T15:00:00Z", "1 weeks", "2026-11-27T15:00:00Z"),
            ("2026-10-31T15:00:00Z", "1 months", "2026-11-30T15:00:00Z"),
            ("2026-11-20T15:00:00Z", "3 hours", "2026-11-20T18:00:00Z"),
            ("2026-11-20T15:00:00Z", "0 working hours", "2026-11-20T15:00:00Z"),
            // Saturday, noon.
            ("2026-11-21T11:00:00Z", "1 working hours", "2026-11-23T09:00:00Z"),
            ("2026-11-21T11:00:00Z", "-1 working hours", "2026-11-20T15:00:00Z"),
            ("2026-11-21T11:00:00Z", "1 working days", "2026-11-23T11:00:00Z"),
            ("2026-11-21T11:00:00Z", "5 working days", "2026-11-27T11:00:00Z"),
            ("2026-11-21T11:00:00Z", "-1 working days", "2026-11-20T11:00:00Z"),
            // Before opening and after close.
            ("2026-11-23T05:00:00Z", "8 working hours", "2026-11-23T16:00:00Z"),
            ("2026-11-23T20:00:00Z", "-8 working hours", "2026-11-23T08:00:00Z"),
        ])
    func spans(_ start: String, _ span: String, _ expected: String) throws {
        let span = try #require(Span(span))
        #expect(Self.calendar.instant(moment(start), adding: span) == moment(expected))
    }

    @Test("The largest spans stop at the ends of time instead of overflowing", arguments: Span.Unit.allCases)
    func extremes(_ unit: Span.Unit) {
        let start = moment("2026-11-20T15:00:00Z")
        for amount in [Int64.max, .min, 40_000_000, -40_000_000] {
            let end = Self.calendar.instant(start, adding: Span(amount: amount, unit: unit))
            #expect(amount > 0 ? end > start : end < start)
        }
    }

    @Test("Civil days keep the time on the clock when the clocks change, working hours are elapsed ones")
    func daylightSaving() throws {
        let calendar = try #require(Self.berlin, "this machine has no zone files")
        // Saturday before the spring change, 10:00; 26 hours later clocks show 10:00 less one.
        let saturday = moment("2026-03-28T09:00:00Z")
        #expect(calendar.instant(saturday, adding: Span(amount: 1, unit: .days)) == moment("2026-03-29T08:00:00Z"))
        #expect(calendar.instant(saturday, adding: Span(amount: 24, unit: .hours)) == moment("2026-03-29T09:00:00Z"))
        let friday = moment("2026-03-27T15:00:00Z")
        #expect(
            calendar.instant(friday, adding: Span(amount: 2, unit: .workingHours)) == moment("2026-03-30T08:00:00Z"))
        #expect(calendar.instant(friday, adding: Span(amount: 1, unit: .workingDays)) == moment("2026-03-30T14:00:00Z"))
        // 02:30 does not exist on the day of the change.
        let night = moment("2026-03-28T01:30:00Z")
        #expect(calendar.instant(night, adding: Span(amount: 1, unit: .days)) == moment("2026-03-29T01:30:00Z"))
    }

    @Test("Longer spans never end earlier, and working time taken back leads back to where it began")
    func properties() throws {
        let calendars = [Self.calendar, try #require(Self.berlin, "this machine has no zone files")]
        let seed = UInt64.random(in: 0..<1_000_000)
        print("working time: seed \(seed)")
        var random = SeededRandom(seed: seed)
        for _ in 0..<2_000 {
            let calendar = random.pick(calendars)
            let start = Instant(seconds: 1_780_000_000 + Int64.random(in: 0..<90_000_000, using: &random))
            let unit = random.pick(Span.Unit.allCases)
            let (a, b) = (Int64.random(in: -300...300, using: &random), Int64.random(in: -300...300, using: &random))
            let first = calendar.instant(start, adding: Span(amount: min(a, b), unit: unit))
            let second = calendar.instant(start, adding: Span(amount: max(a, b), unit: unit))
            #expect(first <= second, "\(start) + \(a), \(b) \(unit)")
            if calendar.isWorking(start) {
                let there = calendar.instant(start, adding: Span(amount: abs(a), unit: .workingMinutes))
                #expect(
                    calendar.instant(there, adding: Span(amount: -abs(a), unit: .workingMinutes)) == start,
                    "\(start) \(a)")
            }
            let day = CivilDate(daysSinceEpoch: 20_000 + Int.random(in: 0..<3_000, using: &random))
            let later = calendar.date(day, adding: Span(amount: abs(a), unit: .workingDays))
            #expect(Self.workingDays(after: day, through: later) == Int(abs(a)))
        }
    }

    private static func workingDays(after start: CivilDate, through end: CivilDate) -> Int {
        ((start.daysSinceEpoch + 1)..<(end.daysSinceEpoch + 1)).count { CivilDate(daysSinceEpoch: $0).weekday <= 5 }
    }

    @Test("Hours that make no sense do not loop")
    func senseless() {
        let hours = WorkingHours(weekdays: [], from: time("17:00"), to: time("09:00"))
        let calendar = WorkingCalendar(hours: hours, zone: .utc)
        let start = moment("2026-11-20T15:00:00Z")
        #expect(calendar.instant(start, adding: Span(amount: 1, unit: .workingHours)) == moment("2026-11-20T16:00:00Z"))
        #expect(calendar.instant(start, adding: Span(amount: 1, unit: .workingDays)) == moment("2026-11-21T15:00:00Z"))
    }
}

extension WorkingCalendar {
    /// Within opening hours, close of business excluded.
    fileprivate func isWorking(_ instant: Instant) -> Bool {
        let local = zone.civil(of: instant)
        let minute = local.hour * 60 + local.minute
        return local.date.weekday <= 5 && minute >= hours.from.minuteOfDay && minute < hours.to.minuteOfDay
    }
}
