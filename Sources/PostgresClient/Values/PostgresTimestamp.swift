/// An instant as a `timestamptz` column holds it: whole microseconds.
package struct PostgresTimestamp: PostgresScalar, Hashable, Comparable {
    /// Microseconds since 2000-01-01T00:00:00Z, PostgreSQL's own epoch.
    package let microsecondsSince2000: Int64

    /// PostgreSQL's `infinity`, after every instant.
    package static let infinity = PostgresTimestamp(microsecondsSince2000: .max)
    /// PostgreSQL's `-infinity`, before every instant.
    package static let negativeInfinity = PostgresTimestamp(microsecondsSince2000: .min)

    private static let secondsFrom1970To2000: Int64 = 946_684_800

    package init(microsecondsSince2000: Int64) {
        self.microsecondsSince2000 = microsecondsSince2000
    }

    /// Microseconds since 1970-01-01T00:00:00Z; instants too far for the type become the infinities.
    package init(microsecondsSince1970 microseconds: Int64) {
        let (difference, overflow) = microseconds.subtractingReportingOverflow(Self.secondsFrom1970To2000 * 1_000_000)
        self.init(microsecondsSince2000: overflow ? .min : difference)
    }

    /// Seconds since 1970-01-01T00:00:00Z and the nanoseconds after that second (0 to 999,999,999), which are cut to
    /// microseconds. Instants too far for the type become the infinities.
    package init(secondsSince1970 seconds: Int64, nanoseconds: Int = 0) {
        let (shifted, overflow) = seconds.subtractingReportingOverflow(Self.secondsFrom1970To2000)
        let (scaled, overflow2) = shifted.multipliedReportingOverflow(by: 1_000_000)
        let (sum, overflow3) = scaled.addingReportingOverflow(Int64(nanoseconds / 1000))
        self.init(microsecondsSince2000: overflow || overflow2 || overflow3 ? (seconds < 0 ? .min : .max) : sum)
    }

    /// Microseconds since 1970-01-01T00:00:00Z; the infinities and what lies beyond `Int64` stay at its ends.
    package var microsecondsSince1970: Int64 {
        guard self != .negativeInfinity else { return .min }
        let (sum, overflow) = microsecondsSince2000.addingReportingOverflow(Self.secondsFrom1970To2000 * 1_000_000)
        return overflow ? .max : sum
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    package var secondsSince1970: Int64 {
        let (quotient, remainder) = microsecondsSince2000.quotientAndRemainder(dividingBy: 1_000_000)
        return quotient - (remainder < 0 ? 1 : 0) + Self.secondsFrom1970To2000
    }

    /// The nanoseconds after that second: 0 to 999,999,000.
    package var nanoseconds: Int {
        Int(((microsecondsSince2000 % 1_000_000) + 1_000_000) % 1_000_000) * 1000
    }

    package static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microsecondsSince2000 < right.microsecondsSince2000
    }

    package static var postgresType: PostgresType { .timestamptz }
    package func encode(into writer: inout PostgresWriter) { writer.append(microsecondsSince2000) }

    package static func decode(_ cell: PostgresCell) throws(PostgresDecodingProblem) -> PostgresTimestamp {
        let bytes = try cell.value(expected: "PostgresTimestamp")
        guard cell.oid == PostgresType.timestamptz.oid, bytes.count == 8 else {
            throw .wrongType(expected: "PostgresTimestamp")
        }
        return PostgresTimestamp(microsecondsSince2000: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
    }
}
