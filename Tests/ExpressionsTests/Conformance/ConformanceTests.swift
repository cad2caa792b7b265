import Expressions
import Foundation
import Testing

/// The cases of google/cel-spec, from the folder `../shared/cel` beside the project's root or the one in CEL_CASES.
@Suite struct ConformanceTests {
    @Test("Every conformance case passes that the skip list does not name")
    func cases() throws {
        guard let folder = CelCases.folder else {
            print("Conformance: no cases at ../shared/cel and no CEL_CASES; nothing was run.")
            return
        }
        let cases = try CelCases.all(in: folder)
        let skips = try SkipList.read()
        var passed = 0
        var skipped: [String: Int] = [:]
        for test in cases {
            let failure = test.failure()
            if let prefix = skips.prefix(of: test.name) {
                skipped[prefix, default: 0] += 1
                // A missing function fails as well as a wrong argument does, so only values tell.
                if failure == nil, !test.expectsError {
                    Issue.record("passes although it is skipped: \(test.name)")
                }
            } else if let failure {
                Issue.record("\(test.name): `\(test.expression)` \(failure)")
            } else {
                passed += 1
            }
        }
        print("Conformance: \(passed) of \(cases.count) cases passed, \(skipped.values.reduce(0, +)) skipped.")
        #expect(passed * 100 >= cases.count * 97, "at least 97 % pass")
        let unused = skips.reasons.keys.filter { skipped[$0] == nil }
        #expect(unused.isEmpty, "skips that name no case: \(unused.sorted())")
    }
}

/// Which cases this release leaves out, and why: a name or its beginning, ` = `, the reason.
struct SkipList {
    let reasons: [String: String]

    static func read() throws -> SkipList {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "skips.txt")
        var reasons: [String: String] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.components(separatedBy: " = ")
            try #require(parts.count == 2, "a skip without a reason: \(line)")
            reasons[parts[0]] = parts[1]
        }
        return SkipList(reasons: reasons)
    }

    func prefix(of name: String) -> String? { reasons.keys.first { name.hasPrefix($0) } }
}
