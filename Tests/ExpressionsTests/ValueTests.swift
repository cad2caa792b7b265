import Expressions
import Testing

@Suite struct ValueTests {
    @Test("An instant prints as RFC 3339 in UTC and reads back")
    func instants() throws {
        let instant = try #require(Instant(rfc3339: "2026-11-21T09:00:00.25+01:00"))
        #expect(instant.description == "2026-11-21T08:00:00.250Z")
        #expect(Instant(rfc3339: instant.description) == instant)
    }
}
