import Foundation
import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Files that somebody has damaged")
struct MutationTests {
    @Test("Random damage to the shipped files never crashes, and every place is inside its file")
    func damage() throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed of random damage: \(seed)")
        var generator = SeededGenerator(seed: seed)
        let shipped = try ConfigurationBundle.load(directory: Folders.configuration.path)
        let paths = shipped.files.keys.sorted()
        for _ in 0..<120 {
            var files = shipped.files
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                guard let path = paths.randomElement(using: &generator), let text = files[path] else { continue }
                files[path] = Self.damaged(text, using: &generator)
            }
            Self.expectSoundFindings(files, seed)
        }
    }

    @Test("Random damage to every construct never crashes either")
    func damageToConstructs() throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed of random damage to constructs: \(seed)")
        var generator = SeededGenerator(seed: seed)
        let cases = try CorpusCase.all(in: "Valid")
        let count = ProcessInfo.processInfo.environment["BUREAU_MUTATIONS"].flatMap { Int($0) } ?? 400
        for _ in 0..<count {
            guard var files = cases.randomElement(using: &generator)?.files else { continue }
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                for (path, text) in files { files[path] = Self.damaged(text, using: &generator) }
            }
            Self.expectSoundFindings(Fixtures.organisation.merging(files) { $1 }, seed)
        }
    }

    /// Every finding stands at a place inside its file, and only what has no errors becomes a configuration.
    private static func expectSoundFindings(_ files: [String: String], _ seed: UInt64) {
        let compilation = Compiler.compile(ConfigurationBundle(files: files), version: Fixtures.version)
        for diagnostic in compilation.diagnostics {
            let lines = (files[diagnostic.location.file] ?? "").unicodeScalars.split(
                omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r" })
            #expect(
                diagnostic.location.line >= 1 && diagnostic.location.line <= max(1, lines.count), "seed \(seed)")
            #expect(diagnostic.location.column >= 1 && diagnostic.location.length >= 1, "seed \(seed)")
        }
        let hasErrors = compilation.diagnostics.contains { $0.severity == .error }
        #expect((compilation.configuration == nil) == hasErrors, "seed \(seed)")
    }

    private static func damaged(_ text: String, using generator: inout SeededGenerator) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let line = Int.random(in: 0..<lines.count, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: lines.remove(at: line)
        case 1: lines.insert(lines.randomElement(using: &generator) ?? "", at: line)
        case 2: lines.swapAt(line, Int.random(in: 0..<lines.count, using: &generator))
        case 3: lines[line] = "  " + lines[line]
        default:
            var scalars = Array(lines[line].unicodeScalars)
            let place = Int.random(in: 0...scalars.count, using: &generator)
            let extra = [
                "{", "}", "[", "]", "\"", "'", ":", " ", "#", "&", "*", "!", "|", ">", "\t", "ä", "{{", "1", ".",
            ]
            if Bool.random(using: &generator), place < scalars.count {
                scalars.remove(at: place)
            } else {
                scalars.insert(contentsOf: (extra.randomElement(using: &generator) ?? "x").unicodeScalars, at: place)
            }
            lines[line] = String(String.UnicodeScalarView(scalars))
        }
        return lines.joined(separator: "\n")
    }
}
