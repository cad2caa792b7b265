import PostgresClient
import Testing

@Suite("Values travel to PostgreSQL and back")
struct RoundTripTests {
    /// Sends a value, gets it back as it is and in the server's own text form.
    private func travel<Value: PostgresEncodable & PostgresDecodable & Equatable>(
        _ pool: PostgresPool, _ sql: SQL, _ values: [Value]
    ) async throws {
        for value in values {
            let rows = try await pool.query(Statement(sql, value))
            let back = try rows[0].decode(at: 0, as: Value.self)
            #expect(back == value)
        }
    }

    @Test("Scalars come back equal, at the ends of their ranges too")
    func scalars() async throws {
        try await Database.withPool { pool in
            try await travel(pool, "SELECT $1", [0, -1, Int.max, Int.min])
            try await travel(pool, "SELECT $1", [Int64.max, Int64.min])
            try await travel(pool, "SELECT $1", [Int32.max, Int32.min])
            try await travel(pool, "SELECT $1", [Int16.max, Int16.min])
            try await travel(pool, "SELECT $1", [true, false])
            try await travel(pool, "SELECT $1", [0.0, -1.5, .infinity, .pi, Double.leastNonzeroMagnitude])
            try await travel(pool, "SELECT $1", [[UInt8](), [0], [0, 255, 1, 0]])
            try await travel(
                pool, "SELECT $1", [PostgresUUID(high: 0, low: .max), PostgresUUID(high: 1 << 63, low: 1)])
            try await travel(
                pool, "SELECT $1",
                [PostgresTimestamp(secondsSince1970: -1, nanoseconds: 999_999_000), .infinity, .negativeInfinity])
            try await travel(pool, "SELECT $1", [PostgresJSON(#"{"b":1,  "a":"ü"}"#)])
            try await travel(pool, "SELECT $1", [PostgresJSONB(#"{"a": "ü", "b": 1}"#)])
        }
    }

    @Test("Text comes back equal, whatever is in it")
    func text() async throws {
        let texts = [
            "", "plain", "it's \"quoted\" \\ and \\\\ {braces},; --", "NULL", "line\nfeed\ttab\r",
            "Grüße, 你好, 👩🏽‍🚒, e\u{301}", String(repeating: "0123456789äöüß\"\\", count: 50_000),
        ]
        try await Database.withPool { pool in
            try await travel(pool, "SELECT $1", texts)
            try await travel(pool, "SELECT $1", [texts, texts.reversed(), []])
            let length = try await pool.query(Statement("SELECT octet_length($1)", texts[6])).first(as: Int.self)
            #expect(length == texts[6].utf8.count)
        }
    }

    @Test("Arrays come back equal, empty, with NULLs, and of every scalar")
    func arrays() async throws {
        try await Database.withPool { pool in
            try await travel(pool, "SELECT $1", [[Int64](), [1], [Int64.min, 0, .max]])
            try await travel(pool, "SELECT $1", [[Int64?](), [nil], [1, nil, 3]])
            try await travel(pool, "SELECT $1", [[String?](), [nil, "", "NULL", "a\"b\\c,{}"]])
            try await travel(pool, "SELECT $1", [[[UInt8]](), [[], [1, 2], [0]]])
            try await travel(pool, "SELECT $1", [[[UInt8]?](), [[], nil, [0]]])
            try await travel(pool, "SELECT $1", [[true, false], []])
            try await travel(pool, "SELECT $1", [[1.5, -0.25]])
            try await travel(pool, "SELECT $1", [[PostgresUUID(high: 1, low: 2), PostgresUUID(high: 3, low: 4)]])
            try await travel(pool, "SELECT $1", [[PostgresTimestamp(microsecondsSince2000: 1), nil]])
            try await travel(pool, "SELECT $1", [[PostgresJSON("{}"), PostgresJSON("[1, 2]")]])
            try await travel(pool, "SELECT $1", [[PostgresJSONB("{}"), PostgresJSONB("[1, 2]")]])
            try await travel(pool, "SELECT $1", [Array(0..<100_000)])
        }
    }

    @Test("The server reads what was meant")
    func meaning() async throws {
        try await Database.withPool { pool in
            let row = try await pool.query(
                Statement(
                    "SELECT $1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text",
                    PostgresUUID("01890a5d-ac96-774b-bcce-b302099a8057"),
                    PostgresTimestamp(secondsSince1970: 951_782_400, nanoseconds: 1_999), [1, nil, 3],
                    ["a\"b", nil, "c"],
                    [UInt8](1...3), PostgresJSONB(#"{"b":1,"a":2}"#), Double?.none))[0]
            #expect(try row.decode(at: 0, as: String.self) == "01890a5d-ac96-774b-bcce-b302099a8057")
            #expect(try row.decode(at: 1, as: String.self) == "2000-02-29 00:00:00.000001+00")
            #expect(try row.decode(at: 2, as: String.self) == "{1,NULL,3}")
            #expect(try row.decode(at: 3, as: String.self) == #"{"a\"b",NULL,c}"#)
            #expect(try row.decode(at: 4, as: String.self) == #"\x010203"#)
            #expect(try row.decode(at: 5, as: String.self) == #"{"a": 2, "b": 1}"#)
            #expect(try row.decode(at: 6, as: String?.self) == nil)
        }
    }

    @Test("NULL keeps its type, so that a statement is prepared once for values and for NULL")
    func nulls() async throws {
        try await Database.withPool(connections: 1) { pool in
            let sql: SQL = "SELECT $1 IS NULL, pg_typeof($1)::text"
            for value in [Int64?.none, 5, nil] {
                let row = try await pool.query(Statement(sql, value))[0]
                #expect(try row.decode(at: 0, as: Bool.self) == (value == nil))
                #expect(try row.decode(at: 1, as: String.self) == "bigint")
            }
            let prepared = try await pool.query(
                Statement("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%pg_typeof($1)::text'"))
            #expect(try prepared.first(as: Int.self) == 1)
        }
    }

    @Test("Other types of the server are read where they fit")
    func widening() async throws {
        try await Database.withPool { pool in
            let row = try await pool.query(
                Statement(
                    """
                    SELECT 1::int2 AS small, 2::int4 AS middle, 3::oid AS identifier, 1.5::float4 AS single,
                        'x'::varchar AS narrow, 'n'::name AS name, '{"a":1}'::jsonb AS document, NULL::text AS nothing
                    """))[0]
            #expect(try row.decode("small", as: Int.self) == 1)
            #expect(try row.decode("middle", as: Int64.self) == 2)
            #expect(try row.decode("identifier", as: Int.self) == 3)
            #expect(try row.decode("single", as: Double.self) == 1.5)
            #expect(try row.decode("narrow", as: String.self) == "x")
            #expect(try row.decode("name", as: String.self) == "n")
            #expect(try row.decode("document", as: String.self) == #"{"a": 1}"#)
            #expect(try row.decode("nothing", as: String?.self) == nil)
        }
    }

    @Test("A wrong decoding names the column, the expected type and the type found")
    func wrongDecoding() async throws {
        try await Database.withPool { pool in
            let row = try await pool.query(Statement("SELECT 'x'::text AS label, NULL::int8 AS gap, 70000 AS big"))[0]
            #expect(throws: PostgresError.self) { try row.decode("missing", as: Int.self) }
            #expect(throws: PostgresError.self) { try row.decode(at: 3, as: Int.self) }
            func failure(_ body: () throws -> Void) throws -> DecodingFailure {
                do {
                    try body()
                } catch PostgresError.decoding(let failure) {
                    return failure
                }
                throw Unexpected(description: "This should not decode.")
            }
            let type = try failure { _ = try row.decode("label", as: Int.self) }
            #expect((type.column, type.expected, type.foundOID) == ("label", "Int", 25))
            let null = try failure { _ = try row.decode("gap", as: Int.self) }
            #expect((null.column, null.reason) == ("gap", "it is NULL"))
            let range = try failure { _ = try row.decode("big", as: Int16.self) }
            #expect((range.column, range.expected) == ("big", "Int16"))
        }
    }

    @Test("Enums of Swift and enums of the server travel as their labels")
    func enums() async throws {
        enum Priority: String, PostgresScalar { case low, high }
        try await Database.withPool(connections: 1) { pool in
            try await travel(pool, "SELECT $1", [[Priority.low, .high]])
            try await pool.withConnection { connection in
                _ = try await connection.query(Statement("CREATE TYPE pg_temp.priority AS ENUM ('low', 'high')"))
                let rows = try await connection.query(
                    Statement("SELECT $1::pg_temp.priority, ARRAY[$1::pg_temp.priority]", Priority.high))
                #expect(try rows[0].decode(at: 0, as: Priority.self) == .high)
                #expect(try rows[0].decode(at: 1, as: [Priority].self) == [.high])
            }
            let error = try await postgresError {
                _ = try await pool.query(Statement("SELECT 'other'")).first(as: Priority.self)
            }
            #expect(error.description.contains("Priority"))
        }
    }

    @Test("Text with a NUL is refused by the server, not cut short")
    func nul() async throws {
        try await Database.withPool { pool in
            let error = try await serverError { try await pool.query(Statement("SELECT $1", "a\0b")) }
            #expect(error.sqlState == "22021")
        }
    }
}
