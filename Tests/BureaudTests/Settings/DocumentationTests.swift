import Testing

@testable import bureaud

@Suite struct DocumentationTests {
    @Test("The operators' manual has every setting with its flag, variable and meaning", arguments: SettingKey.allCases)
    func manual(_ key: SettingKey) throws {
        let folder = Files.parent(of: Files.parent(of: Files.parent(of: Files.parent(of: #filePath))))
        let manual = try #require(try Files.text(of: folder + "/Deploy/README.md"))
        let row = manual.split(separator: "\n").first { $0.hasPrefix("| `\(key.rawValue)` |") }
        let text = try #require(row)
        #expect(text.contains("`\(key.flag)`, `\(key.environmentName)`"))
        #expect(text.hasSuffix("| \(key.summary) |"))
        #expect(text.contains(key.standard(isRoot: false)))
    }
}
