import Expressions
import Testing

@Suite struct InstantTests {
    @Test(
        "An instant prints as RFC 3339 in UTC and reads back",
        arguments: [
            ("2026-11-21T09:00:00.25+01:00", "2026-11-21T08:00:00.250Z"),
            ("2026-11-21t08:00:00z", "2026-11-21T08:00:00Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"),
            ("2024-02-29T00:00:00-00:30", "2024-02-29T00:30:00Z"),
        ])
    func roundTrip(_ text: String, _ printed: String) throws {
        let instant = try #require(Instant(rfc3339: text))
        #expect(instant.description == printed)
        #expect(Instant(rfc3339: printed) == instant)
    }

    @Test(
        "What is no instant of the years 1 to 9999 is refused",
        arguments: [
            "", "2026-11-21", "2026-11-21T08:00:00", "2026-11-21T08:00Z", "2026-11-21T24:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-11-21T08:00:60Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00",
            "2026-11-21T08:00:00.Z", "2026-11-21T08:00:00.1234567890Z", "2026-11-21T08:00:00Z ", "２026-11-21T08:00:00Z",
        ])
    func refused(_ text: String) {
        #expect(Instant(rfc3339: text) == nil)
    }

    @Test("Nanoseconds carry over, and sums stop at the ends")
    func arithmetic() {
        #expect(Instant(seconds: 0, nanoseconds: -1).description == "1969-12-31T23:59:59.999999999Z")
        #expect(Instant(seconds: .max) == .latest)
        #expect(Instant(seconds: .min, nanoseconds: -1) == .earliest)
        #expect(Instant.latest + .seconds(1) == .latest)
        #expect(Instant.earliest - .nanoseconds(1) == .earliest)
        #expect(Instant(seconds: 10) + .milliseconds(-10_001) == Instant(seconds: 0, nanoseconds: -1_000_000))
        #expect(Instant.latest - Instant.earliest == .seconds(315_537_897_599) + .nanoseconds(999_999_999))
    }
}
