import Testing
import WorkflowCore

@testable import WorkflowConfiguration

@Suite("Reading YAML")
struct YAMLReaderTests {
    @Test(
        "Scalars are text, whatever they look like",
        arguments: ["yes", "on", "null", "~", "10:30", "1e3", "0x10", "2026-11-21", "!= 3 is quoted"])
    func scalarsAreText(_ text: String) throws {
        let findings = Findings()
        let written = text.hasPrefix("!") ? "'\(text)'" : text
        let node = YAMLReader.read("key: \(written)", path: "x.yaml", findings: findings)
        guard case .mapping(let mapping)? = node, case .scalar(let scalar)? = mapping["key"]?.value else {
            Issue.record("no scalar")
            return
        }
        #expect(scalar.text == text)
        #expect(findings.sorted.isEmpty)
    }

    @Test("Nesting far too deep is refused, not followed", arguments: ["[", "{a: ", "- "])
    func deep(_ opening: String) {
        let findings = Findings()
        let node = YAMLReader.read(String(repeating: opening, count: 100_000), path: "x.yaml", findings: findings)
        #expect(node == nil)
        #expect(findings.sorted.map(\.code) == ["yaml.too_deep"])
    }

    @Test("Aliases of aliases cannot blow up")
    func laughs() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1..<40 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        let findings = Findings()
        _ = YAMLReader.read(text, path: "x.yaml", findings: findings)
        #expect(findings.sorted.filter { $0.code == "yaml.alias" }.count == 78)
        #expect(findings.sorted.filter { $0.code == "yaml.anchor" }.count == 40)
    }

    @Test("A file over 1 MiB is refused")
    func large() {
        let findings = Findings()
        let text = "key: " + String(repeating: "a", count: 1 << 20)
        #expect(YAMLReader.read(text, path: "x.yaml", findings: findings) == nil)
        #expect(findings.sorted.map(\.code) == ["yaml.too_large"])
    }

    @Test("A control character is refused at its place")
    func control() {
        let findings = Findings()
        #expect(YAMLReader.read("key: ä\u{1}b", path: "x.yaml", findings: findings) == nil)
        #expect(findings.sorted.map { "\($0.code)@\($0.location.line):\($0.location.column)" } == ["yaml.syntax@1:7"])
    }
}
