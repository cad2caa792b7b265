import Expressions
import Foundation
import Testing

@Suite struct ValueCodingTests {
    static let cases: [(String, Value)] = [
        ("null", .null), ("true", .bool(true)), ("-7", .int(-7)), ("9223372036854775807", .int(.max)),
        (#""a""#, .string("a")), (#"[1,"x",null]"#, .list([.int(1), .string("x"), .null])),
        (#"{"uint":18446744073709551615}"#, .uint(.max)), (#"{"double":0.5}"#, .double(0.5)),
        (#"{"double":"nan"}"#, .double(.nan)), (#"{"double":"inf"}"#, .double(.infinity)),
        (#"{"double":"-inf"}"#, .double(-.infinity)), (#"{"bytes":"00ff"}"#, .bytes([0, 255])),
        (#"{"map":[]}"#, .map([:])),
        (
            #"{"map":[[true,1],[2,2],["a",{"map":[["b",null]]}],["b",3]]}"#,
            .map([
                .string("b"): .int(3), .int(2): .int(2), .bool(true): .int(1),
                .string("a"): .map([.string("b"): .null]),
            ])
        ),
        (#"{"timestamp":"1970-01-01T00:00:01.500Z"}"#, .timestamp(Instant(seconds: 1, nanoseconds: 500_000_000))),
        (#"{"duration":"3.5s"}"#, .duration(.milliseconds(3500))),
        (#"{"duration":"-0.000000001s"}"#, .duration(.nanoseconds(-1))),
        (#"{"type":"int"}"#, .type("int")), (#"{"optional":null}"#, .optional(nil)),
        (#"{"optional":[1]}"#, .optional(.list([.int(1)]))),
        (#"{"some":null}"#, .optional(.some(.null))), (#"{"optional":{"optional":null}}"#, .optional(.optional(nil))),
        (#"{"span":"2 working days"}"#, .span(Span(amount: 2, unit: .workingDays))),
        (#"{"person":"p-1"}"#, .person("p-1")),
    ]

    @Test("Values are written as documented and read back", arguments: cases)
    func roundTrip(_ json: String, _ value: Value) throws {
        #expect(String(decoding: try JSONEncoder().encode([value]), as: UTF8.self) == "[\(json)]")
        #expect(try JSONDecoder().decode([Value].self, from: Data("[\(json)]".utf8)) == [value])
    }

    @Test(
        "Dates, times and amounts are texts under their name",
        arguments: [
            #"{"date":"2026-11-21"}"#, #"{"time":"09:00"}"#, #"{"money":"1.00 EUR"}"#,
        ])
    func texts(_ json: String) throws {
        let value = try JSONDecoder().decode(Value.self, from: Data(json.utf8))
        #expect(String(decoding: try JSONEncoder().encode(value), as: UTF8.self) == json)
    }

    @Test(
        "JSON that is no value is refused",
        arguments: [
            "{}", #"{"date":"tomorrow"}"#, #"{"date":"2026-11-21","time":"09:00"}"#, #"{"map":[[1]]}"#,
            #"{"map":[[1,1],[1,2]]}"#,
            #"{"bytes":"0"}"#, #"{"bytes":"zz"}"#, #"{"double":"big"}"#, #"{"unknown":1}"#, #"{"duration":"1h"}"#,
            "1.5",
        ])
    func refused(_ json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Value].self, from: Data("[\(json)]".utf8)) }
    }

    @Test("Values are equal by their scalars and their representation")
    func equality() {
        #expect(Value.string("Am\u{E9}lie") != .string("Ame\u{301}lie"))
        #expect(Value.int(1) != .uint(1))
        #expect(Value.double(.nan) == .double(.nan))
        #expect(Set<Value>([.double(0), .double(-0.0), .double(.nan), .double(.nan)]).count == 2)
    }
}
