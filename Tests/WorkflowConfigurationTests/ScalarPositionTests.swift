import Testing

@testable import WorkflowConfiguration

@Suite("Places inside scalars")
struct ScalarPositionTests {
    /// A document with one key, whose value holds the word `here`, and how the file says that word.
    @Test(
        "A word inside a scalar is found where it stands in the file",
        arguments: [
            "key: not here at all",
            "key: one\n  two\n  here three",
            "key: one\n\n\n  two here",
            "key: 'it''s here'",
            "key: 'one\n  two\n\n  here'",
            "key: \"a \\\"quoted\\\" here\"",
            "key: \"\\u00e4\\x41\\t\\\\ here\"",
            "key: \"one \\\n   two here\"",
            "key: \"one\n  two\n\n  three here\"",
            "key: |\n  one\n  two here\n",
            "key: |-\n  one\n\n    indented\n  two here",
            "key: |2\n   one\n  two here\n",
            "key: >\n  one\n  two\n\n  three here\n",
            "key: >-\n  one\n    indented\n  two here",
            "key: >+\n  one\n\n    kept\n\n    kept\n  two here\n\n\n",
            "key: >- # a comment\n  one here",
            "key: \"Grüße 🇵🇹 an alle here\"",
            "{key: [one, two, not here]}",
            "key:\r\n  one\r\n  two here\r\n",
            "\u{FEFF}key: one here",
        ])
    func findsWord(_ text: String) throws {
        let scalar = try #require(Self.scalars(of: text).last { $0.text.contains("here") })
        let bytes = Array(scalar.text.utf8)
        let start = try #require(bytes.indices.last { bytes[$0...].starts(with: Array("here".utf8)) })
        let range = scalar.range(of: start..<start + 4)
        #expect(String(String.UnicodeScalarView(scalar.source.scalars[range])) == "here")
        #expect(ScalarDecoder.places(of: scalar).count == bytes.count + 1)
    }

    @Test("Every place is told apart in random texts of every style")
    func random() {
        let seed = UInt64.random(in: .min ... .max)
        print("seed of random scalars: \(seed)")
        var generator = SeededGenerator(seed: seed)
        let pieces = ["a", "bc", " ", "  ", "\n", "\n\n", "'", "\"", "\\", "#", ":", "ä", "𝛼", ",", "{", "-", "\t"]
        for _ in 0..<3_000 {
            let content = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? "a"
            }.joined()
            let indented = content.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
            let quoted = indented.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            for document in [
                "k: \(indented)", "k: '\(quoted)'", "k: \"\(indented)\"", "k: |\n  \(indented)",
                "k: >-\n  \(indented)\n",
            ] {
                for scalar in Self.scalars(of: document) where !scalar.text.isEmpty {
                    let places = ScalarDecoder.places(of: scalar)
                    #expect(places.count == scalar.text.utf8.count + 1)
                    // The beginning stands for everything only when the second decoding came to something else.
                    let isLost = scalar.text.utf8.count > 4 && Set(places).count == 1
                    #expect(!isLost, "\(document.debugDescription) seed \(seed)")
                    #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
                }
            }
        }
    }

    private static func scalars(of text: String) -> [YAMLScalar] {
        guard let root = YAMLReader.read(text, path: "x.yaml", findings: Findings()) else { return [] }
        func collect(_ node: YAMLNode) -> [YAMLScalar] {
            switch node {
            case .scalar(let scalar): [scalar]
            case .mapping(let mapping): mapping.entries.flatMap { [$0.key] + collect($0.value) }
            case .sequence(let sequence): sequence.items.flatMap(collect)
            case .broken: []
            }
        }
        return collect(root)
    }
}
