import PostgresClient
import Testing

@Suite("Values without a database")
struct ValueTests {
    @Test("A UUID reads and writes its text form")
    func uuidText() {
        let text = "01890a5d-ac96-774b-bcce-b302099a8057"
        #expect(PostgresUUID(text)?.description == text)
        #expect(PostgresUUID(text.uppercased())?.description == text)
        #expect(PostgresUUID(text) == PostgresUUID(high: 0x0189_0a5d_ac96_774b, low: 0xbcce_b302_099a_8057))
    }

    @Test(
        "What is no UUID is refused",
        arguments: [
            "", "01890a5d-ac96-774b-bcce-b302099a805", "01890a5d-ac96-774b-bcce-b302099a80577",
            "01890a5dac96774bbcceb302099a8057", "g1890a5d-ac96-774b-bcce-b302099a8057",
            "01890a5d_ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a805é",
        ])
    func noUUID(text: String) {
        #expect(PostgresUUID(text) == nil)
    }

    @Test("UUIDs are ordered as their text is")
    func uuidOrder() {
        let seed = UInt64.random(in: 0 ... .max)
        print("uuidOrder seed: \(seed)")
        var generator = SplitMix(state: seed)
        for _ in 0..<500 {
            let a = PostgresUUID(high: generator.next(), low: generator.next())
            let b = PostgresUUID(high: generator.next() % 2 == 0 ? a.high : generator.next(), low: generator.next())
            #expect((a < b) == (a.description < b.description))
            #expect(PostgresUUID(a.description) == a)
        }
    }

    @Test("Instants split into seconds and nanoseconds, before 1970 and 2000 too")
    func instants() {
        for (seconds, nanoseconds) in [(0, 0), (-1, 999_999_000), (946_684_799, 1000), (4_102_444_800, 5000)] {
            let instant = PostgresTimestamp(secondsSince1970: Int64(seconds), nanoseconds: nanoseconds)
            #expect(instant.secondsSince1970 == Int64(seconds))
            #expect(instant.nanoseconds == nanoseconds)
            #expect(instant.microsecondsSince1970 == Int64(seconds) * 1_000_000 + Int64(nanoseconds / 1000))
            #expect(PostgresTimestamp(microsecondsSince1970: instant.microsecondsSince1970) == instant)
        }
        #expect(PostgresTimestamp(secondsSince1970: 0).microsecondsSince2000 == -946_684_800_000_000)
    }

    @Test("Instants beyond the type become the infinities, and those do not trap")
    func infinities() {
        #expect(PostgresTimestamp(secondsSince1970: .max) == .infinity)
        #expect(PostgresTimestamp(secondsSince1970: .min) == .negativeInfinity)
        #expect(PostgresTimestamp(microsecondsSince1970: .min) == .negativeInfinity)
        #expect(PostgresTimestamp.infinity.microsecondsSince1970 == .max)
        #expect(PostgresTimestamp.negativeInfinity.microsecondsSince1970 == .min)
        #expect(PostgresTimestamp.negativeInfinity.secondsSince1970 < PostgresTimestamp.infinity.secondsSince1970)
        #expect(PostgresTimestamp.negativeInfinity.nanoseconds >= 0)
    }

    @Test("SQL is equal by its text, wherever it is written")
    func sqlEquality() {
        let a: SQL = "SELECT 1"
        #expect(a == SQL(unsafeRuntimeText: "SELECT " + "1"))
        #expect(Set([a, SQL(unsafeRuntimeText: "SELECT 1"), "SELECT 2"]).count == 2)
    }

    @Test("A statement shows its text and no values")
    func statementDescription() {
        let statement = Statement("SELECT $1", "secret")
        #expect(statement.parameterCount == 1)
        #expect(statement.description.contains("SELECT $1"))
        #expect(!statement.description.contains("secret"))
    }

    @Test("Error descriptions show no SQL, no values and no message")
    func errorDescriptions() {
        var report = ServerError(sqlState: .uniqueViolation, severity: "ERROR", message: "the message")
        report.detail = "Key (email)=(jane@example.org) already exists."
        report.constraint = "person_email_key"
        report.sql = "INSERT INTO person (email) VALUES ($1)"
        let error = PostgresError.server(report)
        #expect(error.description == "The database refused the statement (23505), constraint person_email_key.")
        #expect(error.debugDescription.contains("INSERT INTO person"))
        #expect(!error.debugDescription.contains("jane"))
        #expect(error.sqlState?.errorClass == "23")
    }
}

/// A generator that gives the same numbers for the same seed (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
