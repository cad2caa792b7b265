import JSONText
import Testing
import WorkflowCore

@Suite("Reading JSON")
struct JSONReaderTests {
    @Test(
        "Valid texts give their values",
        arguments: [
            ("null", .null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .number("0")),
            ("-0.10e+5", .number("-0.10e+5")), ("12345678901234567890.50", .number("12345678901234567890.50")),
            ("\"\"", .string("")), ("\"a\\n\\\"\\/\\\\\\u00e9\"", .string("a\n\"/\\é")),
            ("\"\\ud83d\\ude00\"", .string("😀")), ("\"ü😀\u{2028}\"", .string("ü😀\u{2028}")),
            ("[]", .array([])), ("[1, [2]]", .array([.number("1"), .array([.number("2")])])),
            ("{}", .object([:])), ("{\"a\" : {\"b\":null}}\r\n\t", .object(["a": .object(["b": .null])])),
        ] as [(String, JSONValue)])
    func validTexts(text: String, expected: JSONValue) throws {
        #expect(try JSONReader.value(of: text) == expected)
    }

    @Test(
        "Faulty texts are refused with the place of the fault",
        arguments: [
            ("", .unexpectedEnd, 1, 1), ("  ", .unexpectedEnd, 1, 3), ("nul", .unexpectedEnd, 1, 4),
            ("nulL", .unexpected, 1, 4), ("True", .unexpected, 1, 1), ("NaN", .unexpected, 1, 1),
            ("01", .trailing, 1, 2), ("-", .unexpectedEnd, 1, 2), ("1.", .unexpectedEnd, 1, 3),
            ("+1", .unexpected, 1, 1), (".5", .unexpected, 1, 1), ("1e", .unexpectedEnd, 1, 3),
            ("0x10", .trailing, 1, 2), ("[1,]", .unexpected, 1, 4), ("[1 2]", .unexpected, 1, 4),
            ("[", .unexpectedEnd, 1, 2), ("{\"a\":1,}", .unexpected, 1, 8), ("{a:1}", .unexpected, 1, 2),
            ("{\"a\" 1}", .unexpected, 1, 6), ("{\"a\":}", .unexpected, 1, 6), ("'a'", .unexpected, 1, 1),
            ("{} {}", .trailing, 1, 4), ("// no\n{}", .unexpected, 1, 1), ("\"a", .unexpectedEnd, 1, 3),
            ("\"a\nb\"", .controlCharacter, 1, 3), ("\"\\x\"", .escape, 1, 2), ("\"\\u12g4\"", .escape, 1, 6),
            ("\"\\ud83d\"", .surrogate, 1, 2), ("\"\\ude00\"", .surrogate, 1, 2),
            ("\"\\ud83d\\u0041\"", .surrogate, 1, 2), ("\"a\\u0000\"", .nul, 1, 3),
            ("\u{FEFF}{}", .unexpected, 1, 1), ("{\n  \"ü\": 1,\n  \"ü\": 2\n}", .duplicateKey("ü"), 3, 3),
            ("{\"a\":1,\"\\u0061\":2}", .duplicateKey("a"), 1, 8),
        ] as [(String, JSONProblem.Reason, Int, Int)])
    func faultyTexts(text: String, reason: JSONProblem.Reason, line: Int, column: Int) {
        let problem = #expect(throws: JSONProblem.self) { try JSONReader.value(of: text) }
        #expect(problem?.reason == reason)
        #expect(problem?.line == line)
        #expect(problem?.column == column)
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [
            [0x22, 0x80, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22],
        ] as [[UInt8]])
    func invalidEncoding(bytes: [UInt8]) {
        #expect(throws: JSONProblem.self) { try JSONReader.value(of: bytes) }
    }

    @Test("32 levels are read, 33 are refused, and a million brackets do no harm")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSONReader.value(of: nested(32))
        let problem = #expect(throws: JSONProblem.self) { try JSONReader.value(of: nested(33)) }
        #expect(problem?.reason == .tooDeep)
        #expect(throws: JSONProblem.self) { try JSONReader.value(of: String(repeating: "[", count: 1_000_000)) }
        #expect(throws: JSONProblem.self) { try JSONReader.value(of: String(repeating: "{\"a\":", count: 100_000)) }
    }

    @Test("The sentence names the fault and the place")
    func sentence() {
        let problem = #expect(throws: JSONProblem.self) { try JSONReader.value(of: "{\"a\":1,\n\"a\":2}") }
        #expect(problem?.description == "The key \"a\" stands twice in one JSON object, again at line 2, column 1.")
    }
}
