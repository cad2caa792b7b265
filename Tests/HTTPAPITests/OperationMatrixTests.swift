import FoundationEssentials
import HTTPAPI
import Testing
import WorkflowCore

@Suite("The access matrix of the API")
struct OperationMatrixTests {
    @Test("Every operation comes to a row of the access matrix")
    func operations() throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "AccessMatrix/matrix.txt")
        let text = try String(contentsOf: url, encoding: .utf8)
        let section = try #require(text.split(separator: "[operations]\n").last)
        var rows: [String: String] = [:]
        for line in section.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            try #require(words.count == 3, "\(line)")
            rows["\(words[0]) \(words[1])"] = words[2]
        }
        var settings = APISettings()
        settings.offersDemoSignIn = true
        #expect(Set(rows.keys) == Set(API(desk: FailingDesk(), settings: settings).everyRoute.map(\.description)))
        let known = Set(Command.Kind.allCases.map(\.rawValue) + Permission.Kind.allCases.map(\.rawValue))
            .union(["see", "everybody"])
        #expect(Set(rows.values).subtracting(known) == [])
    }
}
