import Glibc

@testable import bureaud

/// A folder for one test, which every account may enter.
enum TemporaryFolder {
    static func make() throws -> String {
        var template = Array("/tmp/bureaud-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Files.Failure(operation: "make", path: "/tmp", code: errno) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        chmod(path, 0o711)
        return path
    }

    static func remove(_ path: String) {
        // A folder that stays behind in /tmp fails no test.
        try? Files.removeDirectory(path)
    }
}
