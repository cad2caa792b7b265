import Foundation
import Testing

/// Keeps the arrows of the design: who may import whom.
@Suite struct ImportTests {
    /// What each target may import of ours.
    static let arrows: [String: Set<String>] = [
        "Expressions": [],
        "WorkflowCore": ["Expressions"],
        "WorkflowConfiguration": ["Expressions", "WorkflowCore"],
        "CLibPQ": [], "CArgon2": [], "CCrypto": [], "CCurl": [], "CJose": [], "Threads": [],
        "PostgresClient": ["CLibPQ", "Threads"],
        "ServiceDesk": ["Expressions", "WorkflowCore", "JSONText", "CArgon2", "CCrypto", "Threads"],
        "OpenIDConnect": ["Expressions", "WorkflowCore", "ServiceDesk", "JSONText", "CJose"],
        "PostgresStorage": ["Expressions", "WorkflowCore", "ServiceDesk", "PostgresClient"],
        "JSONText": ["WorkflowCore"],
        "HTTPAPI": ["Expressions", "WorkflowCore", "ServiceDesk", "JSONText"],
        "Portal": ["Expressions", "WorkflowCore", "ServiceDesk", "HTTPAPI"],
        "bureaud": [
            "Expressions", "WorkflowCore", "WorkflowConfiguration", "ServiceDesk", "PostgresClient",
            "PostgresStorage", "OpenIDConnect", "HTTPAPI", "Portal", "JSONText", "CCurl", "CLibPQ", "Threads",
        ],
        // The service desk for its chains and digests: exports are verified offline.
        "bureau": ["Expressions", "WorkflowCore", "WorkflowConfiguration", "ServiceDesk", "JSONText", "CCurl"],
    ]

    /// What the pure targets may import besides: nothing that does I/O, reads a clock or draws randomness.
    static let pure: [String: Set<String>] = [
        "Expressions": ["Swift"],
        "WorkflowCore": ["Swift"],
        "WorkflowConfiguration": ["Swift", "CYaml", "Glibc"],
    ]

    @Test("Arrows point to the core", arguments: arrows.keys.sorted())
    func arrowsPointToTheCore(target: String) throws {
        let ours = Set(Self.arrows.keys)
        let allowed = try #require(Self.arrows[target])
        for (file, imported) in try Self.imports(of: target) where ours.contains(imported) {
            #expect(allowed.contains(imported), "\(file) imports \(imported)")
        }
    }

    @Test("The pure targets import nothing that does I/O", arguments: pure.keys.sorted())
    func pureTargetsStayPure(target: String) throws {
        let allowed = try #require(Self.pure[target]).union(Self.arrows[target] ?? [])
        for (file, imported) in try Self.imports(of: target) {
            #expect(allowed.contains(imported), "\(file) imports \(imported)")
        }
    }

    @Test("Every folder of Sources has its arrows")
    func everyTargetIsListed() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path())
        #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(Self.arrows.keys))
    }

    @Test("The top level holds what the design fixes and nothing else")
    func topLevelIsFixed() throws {
        let fixed: Set = ["Package.swift", "Sources", "Tests", "Config", "Deploy", "Schemas", "README.md"]
        let entries = try FileManager.default.contentsOfDirectory(atPath: Self.root.path())
        let others = entries.filter { !$0.hasPrefix(".") && $0 != "Package.resolved" && !fixed.contains($0) }
        #expect(others == [])
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The modules that a target's files import, with the file's path.
    private static func imports(of target: String) throws -> [(file: String, module: String)] {
        let folder = root.appending(path: "Sources/\(target)")
        // `import X`, with or without attributes, an access level and a kind (`import struct X.Y`).
        let importLine =
            /\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public |package |internal |private |fileprivate )?import (?:struct |enum |class |protocol |func |typealias |let |var )?(\w+).*/
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var found: [(String, String)] = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for line in text.split(separator: "\n") {
                if let match = line.wholeMatch(of: importLine) {
                    found.append((file.lastPathComponent, String(match.1)))
                }
            }
        }
        return found
    }
}
