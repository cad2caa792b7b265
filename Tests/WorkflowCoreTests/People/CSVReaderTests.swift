import Testing

@testable import WorkflowCore

@Suite struct CSVReaderTests {
    @Test(
        "Records read as RFC 4180 says",
        arguments: [
            ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
            ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
            ("\u{FEFF}a,b\n", [["a", "b"]]),
            ("a,,\n", [["a", "", ""]]),
            ("\"a,b\",\"c\"\"d\",\"e\nf\"\n", [["a,b", "c\"d", "e\nf"]]),
            ("\"\",x\n", [["", "x"]]),
            ("a\n\n\nb\n", [["a"], ["b"]]),
            ("ü,日本\r\n", [["ü", "日本"]]),
            ("a\rb,c", [["a\rb", "c"]]),
            ("", []),
        ])
    func records(text: String, expected: [[String]]) {
        let (records, problems) = CSVReader.read(text)
        #expect(records.map(\.fields) == expected)
        #expect(problems.isEmpty)
    }

    @Test("A record knows the line it begins in, also after line breaks inside quotation marks")
    func lines() {
        let (records, _) = CSVReader.read("h\n\"one\ntwo\"\n\nlast")
        #expect(records.map(\.line) == [1, 2, 5])
    }

    @Test(
        "What is not CSV is said with its line",
        arguments: [("a\n\"b", 2), ("a\"b\n", 1), ("a\n\"b\"c,d\n", 2)])
    func problems(text: String, line: Int) {
        #expect(CSVReader.read(text).problems.map(\.line) == [line])
    }

    @Test("Random fields written with quotation marks read back")
    func random() {
        let seed = UInt64.random(in: .min ... .max)
        print("CSV seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let alphabet: [Character] = ["a", "\"", ",", "\n", " ", "é", ";", "\r\n"]
        for _ in 0..<500 {
            let rows = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                    String(
                        (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                            alphabet.randomElement(using: &generator) ?? "a"
                        })
                }
            }
            let text = rows.map { row in
                row.map {
                    "\"" + $0.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
                }
                .joined(separator: ",")
            }.joined(separator: "\r\n")
            let (records, problems) = CSVReader.read(text)
            #expect(problems.isEmpty)
            #expect(
                records.map { $0.fields.map { Array($0.unicodeScalars) } }
                    == rows.map { $0.map { Array($0.unicodeScalars) } })
        }
    }
}

/// The same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
