import Foundation
import Testing

/// One file of the corpus: what it is about, files, and the findings that compiling them gives.
struct CorpusCase: CustomTestStringConvertible {
    let name: String
    /// The first line.
    let about: String
    /// Text by path.
    let files: [String: String]
    /// `code@line:column path`, in order.
    let expected: [String]
    /// The lines below `=== compiled`.
    let compiled: [String]

    var testDescription: String { "\(name): \(about)" }

    /// All cases, by name.
    static func all(in folder: String = "Corpus") throws -> [CorpusCase] {
        let url = Folders.corpus.deletingLastPathComponent().appending(path: folder)
        return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "txt" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { try CorpusCase($0) }
    }

    private init(_ url: URL) throws {
        name = url.deletingPathExtension().lastPathComponent
        let lines = try String(contentsOf: url, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        about = String(lines[0].dropFirst(2))
        var files: [String: String] = [:]
        var first: String?
        var path: String?
        var expected: [String] = []
        var compiled: [String]?
        for line in lines.dropFirst() {
            if line == "=== expected" {
                path = nil
            } else if line == "=== compiled" {
                compiled = []
            } else if compiled != nil {
                if !line.isEmpty { compiled?.append(String(line)) }
            } else if line.hasPrefix("--- ") {
                path = String(line.dropFirst(4))
                first = first ?? path
                files[path ?? ""] = ""
            } else if let path {
                files[path, default: ""] += line + "\n"
            } else if !line.isEmpty {
                expected.append(line.contains(" ") ? String(line) : "\(line) \(first ?? "")")
            }
        }
        self.files = files
        self.expected = expected.sorted()
        self.compiled = compiled ?? []
    }
}
