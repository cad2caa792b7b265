import Expressions
import Foundation
import Testing

@Suite struct ZoneRulesTests {
    @Test("In Berlin a skipped time moves forward, and of a repeated one the first is meant")
    func berlin() throws {
        let berlin = try #require(systemZone("Europe/Berlin"))
        func instant(_ date: String, _ time: String) throws -> String {
            try berlin.instant(of: #require(CivilDate(iso8601: date)), #require(TimeOfDay(time))).description
        }
        #expect(try instant("2026-03-29", "01:59") == "2026-03-29T00:59:00Z")
        #expect(try instant("2026-03-29", "02:30") == "2026-03-29T01:30:00Z")
        #expect(try instant("2026-03-29", "03:00") == "2026-03-29T01:00:00Z")
        #expect(try instant("2026-10-25", "02:30") == "2026-10-25T00:30:00Z")
        #expect(try instant("2026-10-25", "03:00") == "2026-10-25T02:00:00Z")
        #expect(try instant("2026-11-21", "09:00") == "2026-11-21T08:00:00Z")
        // Long after the file's last transition: the footer's rule.
        #expect(try instant("2099-07-01", "09:00") == "2099-07-01T07:00:00Z")
        #expect(try instant("2099-03-29", "02:30") == "2099-03-29T01:30:00Z")
        // Long before its first: local mean time.
        let early = try #require(CivilDate(iso8601: "1800-01-01"))
        #expect(berlin.offset(at: Instant(seconds: Int64(early.daysSinceEpoch) * 86_400)) == 3208)
    }

    @Test(
        "Offsets follow each zone's own rules",
        arguments: [
            ("Europe/Dublin", "2026-07-01T12:00:00Z", 3600), ("Europe/Dublin", "2040-12-01T12:00:00Z", 0),
            ("Australia/Sydney", "2040-01-01T12:00:00Z", 39_600), ("Australia/Sydney", "2040-07-01T12:00:00Z", 36_000),
            ("America/New_York", "2026-11-01T05:59:59Z", -14_400),
            ("America/New_York", "2026-11-01T06:00:00Z", -18_000),
            ("Asia/Kathmandu", "2026-01-01T00:00:00Z", 20_700), ("America/Nuuk", "2045-06-01T00:00:00Z", -3600),
            ("UTC", "2026-01-01T00:00:00Z", 0),
        ])
    func offsets(_ name: String, _ instant: String, _ offset: Int) throws {
        let zone = try #require(systemZone(name))
        #expect(zone.offset(at: try #require(Instant(rfc3339: instant))) == offset)
    }

    @Test("Every moment's calendar and clock lead back to a moment of the same calendar and clock")
    func everyHour() throws {
        let zones = try ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo"].map {
            try #require(systemZone($0))
        }
        for zone in zones {
            for hour in 0..<24 * 366 {
                let instant = Instant(seconds: 1_767_225_600 + Int64(hour) * 3600)
                let civil = zone.civil(of: instant)
                let time = try #require(TimeOfDay(hour: civil.hour, minute: civil.minute))
                let back = zone.instant(of: civil.date, time)
                #expect(back <= instant)
                #expect(zone.civil(of: back) == civil)
            }
        }
    }

    @Test("A zone of one offset has a name of its own")
    func fixed() {
        #expect(ZoneRules.fixed(offsetSeconds: -34_200).name == "-09:30")
        #expect(ZoneRules.fixed(offsetSeconds: 3600).civil(of: Instant(seconds: 0)).hour == 1)
    }

    @Test("A file that is cut short or no zone file at all is refused")
    func broken() throws {
        let data = try #require(FileManager.default.contents(atPath: "/usr/share/zoneinfo/Europe/Berlin"))
        let bytes = [UInt8](data)
        for count in 0..<bytes.count {
            #expect(ZoneRules(name: "x", tzif: Array(bytes.prefix(count))) == nil)
        }
        #expect(ZoneRules(name: "x", tzif: [UInt8](repeating: 0x54, count: 500)) == nil)
    }
}
