import Foundation
import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("The short way to read YAML")
struct SimpleYAMLTests {
    /// What the short way makes of a text; nil when it leaves it to libyaml.
    private static func simple(_ text: String) -> [String]? {
        let source = SourceText(path: "a.yaml", text: text)
        var text = text
        return text.withUTF8 { SimpleYAML.read($0, source: source) }.map(lines)
    }

    /// What libyaml makes of it, with what there is to complain about.
    private static func thorough(_ text: String) -> [String] {
        let findings = Findings()
        let node = YAMLReader.readThoroughly(text, path: "a.yaml", findings: findings)
        return (node.map(lines) ?? ["nothing"]) + findings.sorted.map(\.description)
    }

    private static func lines(_ node: YAMLNode) -> [String] {
        switch node {
        case .scalar(let scalar): return [line(scalar)]
        case .mapping(let mapping):
            var found = ["mapping \(place(mapping.location))"]
            for entry in mapping.entries {
                found.append("key \(line(entry.key))")
                found += lines(entry.value)
            }
            return found + ["end"]
        case .sequence(let sequence):
            var found = ["sequence \(place(sequence.location))"]
            for item in sequence.items { found += lines(item) }
            return found + ["end"]
        case .broken(let location): return ["broken \(place(location))"]
        }
    }

    private static func line(_ scalar: YAMLScalar) -> String {
        let style = "\(scalar.style)" + (scalar.isInFlow ? " in flow" : "")
        return "\(scalar.text.debugDescription) \(scalar.range) \(style) \(place(scalar.location))"
    }

    private static func place(_ location: WorkflowCore.SourceLocation) -> String { "\(location) \(location.length)" }

    /// Every YAML text of the project: the configurations, and the files in the corpora, broken ones as well.
    private static func texts() throws -> [String] {
        let roots = ["Config", "Tests/Patterns", "Tests/WorkflowConfigurationTests", "Tests/EndToEnd/Organisation"]
        var texts: [String] = []
        for root in roots {
            let files = FileManager.default.enumerator(
                at: Folders.project.appending(path: root), includingPropertiesForKeys: nil)
            for case let url as URL in files ?? FileManager.DirectoryEnumerator() {
                switch url.pathExtension {
                case "yaml": texts.append(try String(contentsOf: url, encoding: .utf8))
                case "txt":
                    let parts = try String(contentsOf: url, encoding: .utf8).split(separator: "\n--- ")
                    for part in parts.dropFirst() { texts.append(String(part.drop { $0 != "\n" }.dropFirst()) + "\n") }
                default: break
                }
            }
        }
        return texts
    }

    @Test("It reads many files of the project, and each to what libyaml reads")
    func project() throws {
        let texts = try Self.texts()
        var short = 0
        for text in texts {
            guard let lines = Self.simple(text) else { continue }
            short += 1
            #expect(lines == Self.thorough(text), "\(text)")
        }
        print("read in the short way: \(short) of \(texts.count)")
        #expect(short > 100)
    }

    @Test("Whatever is done to a file, it gives what libyaml gives, or nothing")
    func changed() throws {
        let seed = GeneratedProcessTests.firstSeed()
        print("seed of changed files: \(seed)")
        var random = SeededGenerator(seed: seed)
        let texts = try Self.texts().filter { $0.utf8.count < 3_000 }
        let pieces = [
            " ", "  ", "\n", "\n\n", "#", " #", ": ", ":", "- ", "-", "{", "}", "[", "]", ",", ", ", "\"", "'", "|",
            ">", "&a ",
            "*a", "!", "%", "?", "? ", "\t", "\r\n", "---\n", "...", "<<", "a: b", "ä", "\u{85}", "\u{2028}",
            "\u{FEFF}", "\\",
            "null", "~", "''", "\"\"", "a:b", "x.y", "0", "\u{1F600}", "@", "`", "=",
        ]
        for _ in 0..<GeneratedProcessTests.rounds(60) * 50 {
            var characters = Array(try #require(texts.randomElement(using: &random)).unicodeScalars)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0...characters.count, using: &random)
                let piece = Array(try #require(pieces.randomElement(using: &random)).unicodeScalars)
                let end = min(characters.count, place + Int.random(in: 0...4, using: &random))
                characters.replaceSubrange(place..<(Bool.random(using: &random) ? end : place), with: piece)
            }
            let text = String(String.UnicodeScalarView(characters))
            guard let lines = Self.simple(text) else { continue }
            #expect(lines == Self.thorough(text), "seed \(seed)\n\(text)")
        }
    }

    @Test(
        "What it does not surely understand it leaves to libyaml",
        arguments: [
            "", "a", "- a\n", "a: |\n  b\n", "a: b\n  c\n", "a: &x b\n", "a: b: c\n", "a: \"b\n  c\"\n", "a: b\na: c\n",
            "a:\n",
            "a: {b: c\n}\n", "a: {b}\n", "a: [b: c]\n", "a:\tb\n", "a: b\r\n", "a: 'it''s'\n", "a: \"\\n\"\n",
            "---\na: b\n",
            "a: b\n---\n", "a: b\n c: d\n", "  a: b\n", "a: [b, ]\n", "a: {b: c}#d\n", "? a\n: b\n", "a: !t b\n",
        ])
    func leaves(_ text: String) { #expect(Self.simple(text) == nil) }
}
