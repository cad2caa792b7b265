import Foundation
import Testing
import WorkflowConfiguration

/// The files that the pages of the reference show: blocks of YAML that begin with a comment which says where the file stands. All of them
/// together are one small organisation.
struct ReferenceExamples {
    /// Text by path, of configuration and of scenarios.
    private(set) var configuration: [String: String] = [:]
    private(set) var scenarios: [String: String] = [:]
    private(set) var people: [String: String] = [:]
    /// What is no file: `page:line`.
    private(set) var nameless: [String] = []
    /// Paths that several blocks have.
    private(set) var repeated: [String] = []

    static let folder = Folders.configuration.appending(path: "reference")

    static func pages() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }.sorted()
    }

    /// Of all pages but the one about findings, whose examples are wrong by intention.
    init() throws {
        for page in try Self.pages() where page != "diagnostics.md" {
            add(try String(contentsOf: Self.folder.appending(path: page), encoding: .utf8), page)
        }
        add(try String(contentsOf: Folders.configuration.appending(path: "README.md"), encoding: .utf8), "README.md")
    }

    private mutating func add(_ text: String, _ page: String) {
        var block: [String]?
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            if let lines = block {
                if line == "```" {
                    block = nil; take(lines, "\(page):\(index - lines.count)")
                } else {
                    block = lines + [line]
                }
            } else if line == "```yaml" || line == "```csv" {
                block = []
            }
        }
    }

    private mutating func take(_ lines: [String], _ place: String) {
        let text = lines.joined(separator: "\n") + "\n"
        if lines.first?.hasPrefix("handle,") == true {
            people["demo/people.csv"] = text
            return
        }
        guard let first = lines.first, first.hasPrefix("# "), first.hasSuffix(".yaml"),
            !first.dropFirst(2).contains(" ")
        else {
            nameless.append(place)
            return
        }
        let path = String(first.dropFirst(2))
        if configuration[path] != nil || scenarios[path] != nil { repeated.append(path) }
        if path.contains("/tests/") { scenarios[path] = text } else { configuration[path] = text }
    }
}
