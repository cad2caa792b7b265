import Expressions
import FoundationEssentials
import Testing
import WorkflowCore

@testable import Portal

@Suite("Refusals in German")
struct RefusalTests {
    /// What nobody meets on a page: files are checked elsewhere, simulations and principals are of programs.
    private static let elsewhere = [
        "evaluation.", "form.", "simulation.", "principal.", "page.", "message.", "configuration.", "people.invalid",
    ]

    @Test("Every refusal that the engine and the desk know has its own words")
    func words() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        var codes: Set<String> = []
        for folder in ["WorkflowCore", "ServiceDesk"] {
            let path = sources.appending(path: folder).path
            for file in try FileManager.default.subpathsOfDirectory(atPath: path) where file.hasSuffix(".swift") {
                let text = try String(contentsOf: URL(filePath: "\(path)/\(file)"), encoding: .utf8)
                for match in text.matches(of: /code: "([a-z_]+\.[a-z_.]+)"/) { codes.insert(String(match.1)) }
            }
        }
        #expect(codes.count > 100)
        let texts = Texts(language: "de", home: .utc, now: .earliest)
        let missing = codes.filter { code in
            guard !Self.elsewhere.contains(where: code.hasPrefix) else { return false }
            let rejection = Rejection(.invalid, code: code, message: "English")
            return texts.refusal(rejection) == texts[.refusedInvalid] && code != "idempotency.key_too_short"
        }
        #expect(missing.sorted() == [])
    }
}
