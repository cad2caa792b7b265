import Foundation
import Testing

/// Keeps Deploy/security.md whole and true: every item of the standard stands there once, and what it names exists.
@Suite struct SecurityDocumentTests {
    private static let answers: Set = ["met", "partly", "not met", "n/a", "yours"]

    private struct Row {
        let items: [String]
        let answer: String
        let text: String
    }

    private func rows() throws -> [Row] {
        let text = try String(
            contentsOf: ImportTests.root.appending(path: "Deploy/security.md"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("| V") }.map { line in
            let cells = line.split(separator: "|", maxSplits: 2).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            return Row(
                items: (cells.first ?? "").split(separator: ",").map {
                    $0.trimmingCharacters(in: .whitespaces)
                },
                answer: cells.count > 1 ? cells[1] : "", text: cells.count > 2 ? cells[2] : "")
        }
    }

    @Test("Every item of levels 1 and 2 is answered once")
    func whole() throws {
        let list = try String(
            contentsOf: ImportTests.root.appending(path: "Tests/HouseTests/asvs-5.0-levels-1-2.txt"),
            encoding: .utf8)
        let numbers = list.split(separator: "\n").map(String.init)
        #expect(numbers.count == 253)
        let answered = try rows().flatMap(\.items)
        #expect(Set(numbers).subtracting(answered) == [], "not answered")
        #expect(Set(answered).subtracting(numbers) == [], "no such items")
        #expect(
            Dictionary(grouping: answered) { $0 }.filter { $0.value.count > 1 }.keys.sorted() == [],
            "answered twice")
    }

    @Test("Every answer is one of the six, says something, and what is met names what shows it")
    func answers() throws {
        for row in try rows() {
            #expect(Self.answers.contains(row.answer), "\(row.items)")
            #expect(row.text.count > 10, "\(row.items)")
            if row.answer == "met" { #expect(!Self.names(in: row.text).isEmpty, "\(row.items)") }
        }
    }

    @Test("Every file and test that an answer names exists")
    func existing() throws {
        for row in try rows() {
            for name in Self.names(in: row.text) {
                let parts = name.components(separatedBy: "::")
                let url = ImportTests.root.appending(path: parts[0])
                #expect(FileManager.default.fileExists(atPath: url.path()), "\(row.items): \(name)")
                guard parts.count == 2 else { continue }
                let text = try String(contentsOf: url, encoding: .utf8)
                #expect(text.contains("def \(parts[1])("), "\(row.items): \(name)")
            }
        }
    }

    /// What stands between backticks and begins with a folder or file of ours.
    private static func names(in text: String) -> [String] {
        let quoted = text.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(
            \.element)
        let tops = ["Sources/", "Tests/", "Config/", "Deploy/", "Schemas/", "Package.", "README.md"]
        return quoted.filter { name in tops.contains { name.hasPrefix($0) } }
    }
}
