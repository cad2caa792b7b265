import Foundation
import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("Loading a folder")
struct BundleLoadingTests {
    @Test("Configuration files are read; readers' texts, people, tests and hidden files are not")
    func reads() throws {
        try withFolder([
            "shared/groups.yaml": "a", "departments/hr/requests/leave.yaml": "b", "README.md": "c",
            "demo/people.csv": "d",
            "demo/more.yaml": "e", "departments/hr/tests/leave.yaml": "f", ".hidden.yaml": "g", ".git/config": "h",
        ]) { folder in
            let bundle = try ConfigurationBundle.load(directory: folder.path)
            #expect(bundle.files == ["shared/groups.yaml": "a", "departments/hr/requests/leave.yaml": "b"])
        }
    }

    @Test("A link is refused, even to a file inside")
    func link() throws {
        try withFolder(["shared/groups.yaml": "a"]) { folder in
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "shared/roles.yaml"),
                withDestinationURL: folder.appending(path: "shared/groups.yaml"))
            #expect(refusal(of: folder.path) == "bundle.link")
        }
    }

    @Test("What is too large, no text or not there is refused")
    func refusals() throws {
        try withFolder(["shared/groups.yaml": String(repeating: "a", count: (1 << 20) + 1)]) { folder in
            #expect(refusal(of: folder.path) == "bundle.too_large")
        }
        try withFolder([:]) { folder in #expect(refusal(of: folder.path + "/nowhere") == "bundle.unreadable") }
    }

    @Test(
        "A file in another encoding is told with the place, and a byte order mark says nothing",
        arguments: [
            ([0xEF, 0xBB, 0xBF] + Array("staff: All staff\n".utf8), String?.none),
            (Array("staff: B".utf8) + [0xFC] + Array("ro\n".utf8), "1:9 This character is not UTF-8"),
            (Array("s: x\n".utf8).flatMap { [$0, 0] }, "1:1 This file is not UTF-8"),
            ([0xFF, 0xFE] + Array("s: x\n".utf8).flatMap { [$0, 0] }, "1:1 This file is not UTF-8"),
        ] as [([UInt8], String?)])
    func encodings(_ bytes: [UInt8], _ complaint: String?) throws {
        try withFolder(["shared/lists.yaml": "a: {b: B}\n"]) { folder in
            try Data(bytes).write(to: folder.appending(path: "shared/groups.yaml"))
            let bundle = try ConfigurationBundle.load(directory: folder.path)
            let found = Compiler.compile(bundle, version: Fixtures.version).diagnostics
                .filter { $0.location.file == "shared/groups.yaml" }
            guard let complaint else {
                #expect(found == [])
                #expect(bundle.files["shared/groups.yaml"] == "staff: All staff\n")
                return
            }
            #expect(found.map(\.code) == ["yaml.encoding"])
            let text = found.first.map { "\($0.location.line):\($0.location.column) \($0.message)" } ?? ""
            #expect(text.hasPrefix(complaint), "\(text)")
        }
    }

    private func refusal(of directory: String) -> String? {
        do throws(BundleError) {
            _ = try ConfigurationBundle.load(directory: directory)
            return nil
        } catch {
            return error.code
        }
    }

    private func withFolder(_ files: [String: String], _ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bundle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // a folder left behind harms nobody
        for (path, text) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(folder)
    }
}
